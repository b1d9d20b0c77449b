"""How long sessions last, and who ends them."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories
from tests.units.signing_in import (
    PASSWORD,
    account,
    is_signed_in,
    signed_in,
    try_to_sign_in,
)
from units.addresses import browser_of
from units.events import Action, Event
from units.models import OpenSession
from units.roles import Role
from units.sessions import end_sessions

NINE = datetime.fromisoformat("2026-03-02T09:00:00+08:00")


@pytest.fixture
def clerk(school):
    return account(Role.CLERK, school, username="clerk")


def at(**later):
    """Nine o'clock and so much later, with the clock standing still."""
    return time_machine.travel(NINE + timedelta(**later), tick=False)


# --- check 7: limits ---


def test_idle_session_ends_after_thirty_minutes(clerk):
    """Check 7."""
    with at():
        client = signed_in("clerk")
    with at(minutes=29):
        assert is_signed_in(client)
    with at(minutes=58):
        assert is_signed_in(client)
    with at(minutes=88):
        answer = client.get(reverse("account"))
        assert (answer.status_code, answer.url) == (302, "/sign-in/?next=/account/")
    assert Session.objects.count() == 0


@pytest.mark.parametrize("minutes", [10, 60])
def test_idle_limit_is_a_setting(clerk, settings, minutes):
    """Check 7."""
    settings.IDLE_MINUTES = minutes
    with at():
        client = signed_in("clerk")
    with at(minutes=minutes - 1):
        assert is_signed_in(client)
    with at(minutes=2 * minutes - 1):
        assert not is_signed_in(client)


def test_session_ends_after_twelve_hours_of_use(clerk):
    """Check 7."""
    with at():
        client = signed_in("clerk")
    for number in range(1, 36):
        with at(minutes=20 * number):
            assert is_signed_in(client)
    with at(hours=12):
        assert not is_signed_in(client)


def test_time_of_last_use_is_kept_once_a_minute(clerk):
    """Check 7. Not every page view may cost a write."""
    with at():
        client = signed_in("clerk")
    for seconds, seen in ((30, 0), (59, 0), (61, 61), (100, 61), (122, 122)):
        with at(seconds=seconds):
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse("account"))
            writes = [q["sql"] for q in queries if q["sql"].startswith(("UPDATE", "INSERT"))]
            assert len(writes) == (1 if seconds == seen else 0)
        assert OpenSession.objects.get().seen_at == NINE + timedelta(seconds=seen)


def test_end_by_time_is_in_the_log(clerk):
    """Check 7 and 66."""
    with at():
        client = signed_in("clerk")
    with at(minutes=31):
        client.get(reverse("account"))
    event = Event.objects.latest("number")
    assert (event.action, event.actor, event.source) == (Action.SIGN_OUT, clerk, "/account/")
    assert event.detail.content == {"why": "idle"}


# --- check 8: ends at once ---


def test_disabling_an_account_ends_its_sessions_for_good(clerk):
    """Check 8."""
    client = signed_in("clerk")
    clerk.is_active = False
    clerk.save()
    assert Session.objects.count() == 0
    clerk.is_active = True
    clerk.save()
    assert not is_signed_in(client)


def test_disabling_by_bulk_update_ends_the_session_at_its_next_page(clerk):
    """Check 8. Through a door that sends no signal."""
    client = signed_in("clerk")
    type(clerk).objects.filter(pk=clerk.pk).update(is_active=False)
    assert not is_signed_in(client)
    type(clerk).objects.filter(pk=clerk.pk).update(is_active=True)
    assert not is_signed_in(client)


def test_new_password_ends_other_sessions_and_keeps_this_one(clerk):
    """Check 8."""
    here, there = signed_in("clerk"), signed_in("clerk")
    before = here.cookies["sessionid"].value
    new = "A quiet harbour, seven boats"
    data = {"password": PASSWORD, "new_password": new, "new_password_again": new}
    assert here.post(reverse("change-password"), data).status_code == 302
    assert is_signed_in(here)
    assert here.cookies["sessionid"].value != before
    assert not is_signed_in(there)
    assert list(clerk.open_sessions.values_list("session_key", flat=True)) == [
        here.cookies["sessionid"].value
    ]


@pytest.mark.parametrize("door", ["given", "taken", "changed"])
def test_change_of_roles_ends_the_sessions_before_the_next_answer(
    clerk, school, other_school, door
):
    """Check 8."""
    client = signed_in("clerk")
    if door == "given":
        factories.role_grant(clerk, other_school, Role.CLERK)
    elif door == "taken":
        clerk.grants.get().delete()
    else:
        grant = clerk.grants.get()
        grant.role = Role.SECRETARY
        grant.save()
    assert not is_signed_in(client)
    assert Event.objects.latest("number").detail.content == {"why": "roles"}


def test_session_without_its_row_is_worth_nothing(clerk):
    """Check 8."""
    client = signed_in("clerk")
    OpenSession.objects.all().delete()
    assert Session.objects.count() == 1
    assert not is_signed_in(client)
    assert Session.objects.count() == 0


# --- check 9: my sessions ---


def test_own_sessions_are_listed_and_ended(clerk, school):
    """Check 9."""
    account(Role.VIEWER, school, username="viewer")
    strange = signed_in("viewer")
    here = signed_in("clerk", HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Firefox/140.0")
    there = signed_in("clerk", REMOTE_ADDR="10.0.0.8")
    page = here.get(reverse("account"))
    assert [each.address for each in page.context["sessions"]] == ["10.0.0.8", "127.0.0.1"]
    assert "Firefox · Windows" in page.content.decode()
    row = clerk.open_sessions.get(address="10.0.0.8")
    assert here.post(reverse("end-session"), {"session": row.pk}).status_code == 302
    assert (is_signed_in(here), is_signed_in(there), is_signed_in(strange)) == (True, False, True)


def test_all_other_own_sessions_end_at_once(clerk):
    """Check 9."""
    here, there, elsewhere = (signed_in("clerk") for _each in range(3))
    here.post(reverse("end-session"))
    assert [is_signed_in(each) for each in (here, there, elsewhere)] == [True, False, False]


def test_session_of_somebody_else_is_not_there_to_end(clerk, school):
    """Check 9."""
    viewer = account(Role.VIEWER, school, username="viewer")
    strange, here = signed_in("viewer"), signed_in("clerk")
    row = viewer.open_sessions.get()
    assert here.post(reverse("end-session"), {"session": row.pk}).status_code == 404
    assert is_signed_in(strange)


def test_session_keys_stand_on_no_page(clerk):
    """Check 9 and 10."""
    here, _there = signed_in("clerk"), signed_in("clerk")
    page = here.get(reverse("account")).content.decode()
    for key in clerk.open_sessions.values_list("session_key", flat=True):
        assert key not in page


def test_one_session_per_account_is_an_option(clerk, settings):
    """Check 9."""
    settings.ONE_SESSION = True
    first, second = signed_in("clerk"), signed_in("clerk")
    assert (is_signed_in(first), is_signed_in(second)) == (False, True)


def test_dead_sessions_are_cleared_at_the_next_sign_in(clerk):
    """Check 9."""
    with at():
        signed_in("clerk")
    with at(hours=1):
        signed_in("clerk")
    assert (OpenSession.objects.count(), Session.objects.count()) == (1, 1)


def test_end_sessions_says_how_many(clerk):
    signed_in("clerk")
    signed_in("clerk")
    assert end_sessions(clerk) == 2


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge · Windows"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/140.0 Mobile Safari/537.36", "Chrome · Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) MicroMessenger/8.0", "微信 · iPhone"),
        ("curl/8", ""),
    ],
)
def test_browser_in_two_words(rf, said, shown):
    assert browser_of(rf.get("/", HTTP_USER_AGENT=said)) == shown


# --- what it costs ---


def test_guarding_a_session_costs_one_query(clerk):
    """Account, what is known of the session and the roles held now: all at once."""
    client = signed_in("clerk")
    with CaptureQueriesContext(connection) as queries:
        client.get("/no/such/page/")
    tables = [query["sql"] for query in queries if "units_opensession" in query["sql"]]
    assert len(tables) == 1


def test_who_asks_is_known_after_three_queries(clerk, other_school):
    """The browser's session; the account with its roles and sessions; the units it sees."""
    factories.role_grant(clerk, other_school, Role.VIEWER)
    client, other = signed_in("clerk"), signed_in("clerk")
    for browser in (client, other):
        with CaptureQueriesContext(connection) as queries:
            assert browser.get("/no/such/page/").status_code == 404
        assert len(queries) == 3


def test_stranger_costs_no_query_about_sessions(db):
    with CaptureQueriesContext(connection) as queries:
        Client().get(reverse("login"))
    assert len(queries) == 0


def test_second_sign_in_in_the_same_browser_replaces_the_first(clerk, school):
    """Check 6. Somebody else signs in at a screen that was left."""
    account(Role.VIEWER, school, username="viewer")
    client = signed_in("clerk")
    client.post(reverse("logout"))
    try_to_sign_in(client, "viewer")
    assert [each.user.username for each in OpenSession.objects.all()] == ["viewer"]


def test_signing_in_over_an_open_session_takes_a_new_id(clerk, school, client):
    """Check 6. Somebody else's session in this browser, or one's own."""
    viewer = account(Role.VIEWER, school, username="viewer")
    keys = []
    for user in (viewer, clerk, clerk):
        client.force_login(user)
        keys.append(client.cookies["sessionid"].value)
        assert is_signed_in(client)
    assert len(set(keys)) == 3
