"""What administrators do for other people's accounts, and what nobody else may do."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories
from tests.units.signing_in import (
    account,
    is_signed_in,
    signed_in,
    try_to_sign_in,
    with_second_factor,
)
from units.account_care import accounts_in_care_of, is_unused
from units.events import Action, Event
from units.models import User
from units.roles import Role
from units.second_factor import has_second_factor

NINE = datetime.fromisoformat("2026-03-02T09:00:00+08:00")
DEEDS = [
    *("unlock-account", "sign-account-out", "disable-account"),
    *("reset-password-of", "reset-second-factor-of"),
]


@pytest.fixture
def administrator(school):
    return account(Role.ADMINISTRATOR, school, username="administrator")


@pytest.fixture
def clerk(school):
    return account(Role.CLERK, school, username="clerk")


def do(client, deed, user, **data):
    return client.post(reverse(deed, args=[user.pk]), data)


def lock(username):
    for number in range(5):
        try_to_sign_in(Client(), username, f"wrong-{number}")


# --- check 9: the list ---


def test_list_shows_locks_sessions_and_unused_accounts(administrator, clerk, school):
    """Check 1 and 9."""
    with time_machine.travel(NINE, tick=False):
        account(Role.VIEWER, school, username="leaver")
        signed_in("leaver")
    factories.user(Role.VIEWER, unit=school, username="gone", is_active=False)
    now = NINE + timedelta(days=90)
    with time_machine.travel(now, tick=False):
        User.objects.filter(username="clerk").update(last_login=now)
        signed_in("clerk")
        lock("clerk")
        page = signed_in("administrator").get(reverse("other-accounts"))
    lines = {line.account.username: line for line in page.context["lines"]}
    assert set(lines) == {"clerk", "leaver"}
    assert (lines["clerk"].sessions, lines["clerk"].unused) == (1, False)
    assert lines["clerk"].locked_until == now + timedelta(minutes=30)
    assert (lines["leaver"].sessions, lines["leaver"].unused) == (0, True)
    assert [line.account.username for line in page.context["disabled"]] == ["gone"]


@pytest.mark.parametrize(("days", "unused"), [(89, False), (90, True), (91, True)])
def test_account_is_unused_after_ninety_days(clerk, days, unused):
    """Check 9."""
    clerk.last_login = NINE
    assert is_unused(clerk, now=NINE + timedelta(days=days)) is unused


def test_account_never_used_counts_from_its_making(clerk):
    """Check 9."""
    made = clerk.created_at
    assert clerk.last_login is None
    assert is_unused(clerk, now=made + timedelta(days=90)) is True
    assert is_unused(clerk, now=made + timedelta(days=89)) is False


def test_list_asks_the_same_number_of_questions_for_one_and_three(administrator, clerk, school):
    client = signed_in("administrator")

    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("other-accounts")).status_code == 200
        return len(asked)

    with_one = queries()
    for number in range(2):
        account(Role.VIEWER, school, username=f"viewer-{number}")
        signed_in(f"viewer-{number}")
    assert queries() == with_one


# --- check 1, 8, 9, 12: the deeds ---


def test_unlock_opens_the_account(administrator, clerk):
    """Check 1."""
    lock("clerk")
    assert try_to_sign_in(Client(), "clerk").status_code == 429
    do(signed_in("administrator"), "unlock-account", clerk)
    assert try_to_sign_in(Client(), "clerk").status_code == 302
    event = Event.objects.filter(action=Action.UNLOCKED).get()
    assert (event.actor, event.object_id) == (administrator, str(clerk.pk))


def test_disable_closes_the_account_in_one_step(administrator, clerk):
    """Check 8 and 9."""
    theirs, client = signed_in("clerk"), signed_in("administrator")
    assert do(client, "disable-account", clerk).status_code == 302
    assert not is_signed_in(theirs)
    assert try_to_sign_in(Client(), "clerk").status_code == 200
    assert client.get(reverse("other-account", args=[clerk.pk])).status_code == 200


def test_sessions_of_others_are_ended_one_or_all(administrator, clerk):
    """Check 9."""
    first, second, third = (signed_in("clerk") for _each in range(3))
    client = signed_in("administrator")
    row = clerk.open_sessions.get(session_key=first.cookies["sessionid"].value)
    do(client, "sign-account-out", clerk, session=row.pk)
    assert [is_signed_in(each) for each in (first, second)] == [False, True]
    do(client, "sign-account-out", clerk)
    assert [is_signed_in(each) for each in (second, third)] == [False, False]
    events = Event.objects.filter(action=Action.SIGN_OUT, actor=administrator)
    assert [event.detail.content["sessions"] for event in events] == [2, 1]


def test_reset_shows_a_password_once_that_works_once(administrator, clerk):
    """Check 12."""
    page = do(signed_in("administrator"), "reset-password-of", clerk)
    password = page.context["password"]
    assert page.content.decode().count(password) == 1
    client = signed_in("clerk", password)
    assert client.get(reverse("home")).url.startswith(reverse("change-password"))
    assert try_to_sign_in(Client(), "clerk", password).status_code == 200


def test_reset_leaves_the_second_factor_and_its_own_reset_takes_it(administrator, clerk):
    """Check 12."""
    with_second_factor(clerk, NINE)
    client = signed_in("administrator")
    do(client, "reset-password-of", clerk)
    assert has_second_factor(clerk)
    do(client, "reset-second-factor-of", clerk)
    assert not has_second_factor(clerk)
    event = Event.objects.filter(action=Action.DELETE, actor=administrator).get()
    assert event.object_id == str(clerk.pk)


# --- check 15: who may ---


def test_accounts_of_other_units_and_ones_own_are_not_in_care(
    administrator, clerk, school, other_school, district
):
    """Check 15."""
    factories.user(Role.CLERK, unit=other_school, username="colleague")
    both = factories.user(Role.CLERK, unit=school, username="both")
    factories.role_grant(both, other_school, Role.CLERK)
    upper = account(Role.ADMINISTRATOR, district, username="upper")
    names = [each.username for each in accounts_in_care_of(administrator)]
    assert names == ["clerk"]
    seen_above = [each.username for each in accounts_in_care_of(upper)]
    assert seen_above == ["administrator", "both", "clerk", "colleague"]


@pytest.mark.parametrize("deed", DEEDS)
def test_account_outside_ones_care_is_not_there(administrator, other_school, deed):
    """Check 15."""
    strange = factories.user(Role.CLERK, unit=other_school)
    client = signed_in("administrator")
    assert do(client, deed, strange).status_code == 404
    assert do(client, deed, administrator).status_code == 404


@pytest.mark.parametrize("role", [Role.CLERK, Role.SECRETARY, Role.AUDITOR, Role.VIEWER])
def test_only_administrators_care_for_accounts(administrator, school, role):
    """Check 15 and 17."""
    account(role, school, username="curious")
    client = signed_in("curious")
    assert client.get(reverse("other-accounts")).status_code == 403
    assert client.get(reverse("other-account", args=[administrator.pk])).status_code == 403
    for deed in DEEDS:
        assert (deed, do(client, deed, administrator).status_code) == (deed, 403)


@pytest.mark.parametrize("deed", DEEDS)
def test_deeds_are_not_done_by_looking(administrator, clerk, deed):
    """Check 20."""
    assert signed_in("administrator").get(reverse(deed, args=[clerk.pk])).status_code == 405


def test_strangers_are_sent_to_sign_in(clerk):
    assert Client().get(reverse("other-accounts")).url.startswith(reverse("login"))


def test_nobody_is_made_administrator_of_two_powers(school, clerk):
    """Check 15."""
    factories.role_grant(clerk, school, Role.SECRETARY)
    with pytest.raises(ValidationError):
        factories.role_grant(clerk, school, Role.ADMINISTRATOR)
