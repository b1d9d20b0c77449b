"""The second factor: signing in with a code of the app, or with a recovery code."""

from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.units.signing_in import (
    account,
    code_of,
    give,
    half_signed_in,
    is_signed_in,
    try_to_sign_in,
    with_second_factor,
)
from units.events import Action, Event
from units.models import OpenSession, RecoveryCode, SecondFactor
from units.roles import Role
from units.second_factor import accept

NINE = datetime.fromisoformat("2026-03-02T09:00:10+08:00")  # ten seconds into a step of thirty
CODE_PAGE = "/account/code/"


@pytest.fixture
def secretary(school):
    return account(Role.SECRETARY, school, username="secretary")


@pytest.fixture
def phone(secretary):
    """The key on the secretary's phone, set up a day before, and the recovery codes."""
    return with_second_factor(secretary, NINE - timedelta(days=1))


def at(**later):
    return time_machine.travel(NINE + timedelta(**later), tick=False)


# --- check 5: signing in ---


def test_code_completes_the_sign_in(secretary, phone):
    """Check 5."""
    key, _codes = phone
    with at():
        client = half_signed_in("secretary")
        answer = give(client, code_of(key, NINE))
        assert (answer.status_code, answer.url) == (302, "/account/")
        assert is_signed_in(client)
        assert OpenSession.objects.get().second_factor is True
    event = Event.objects.filter(action=Action.SIGN_IN).get()
    assert event.detail.content == {"second_factor": "app"}


def test_password_alone_signs_nobody_in(secretary, phone):
    """Check 5. Between the two steps every page is closed."""
    client = half_signed_in("secretary")
    for page in ("/account/", "/account/others/", "/", "/account/password/"):
        assert client.get(page).url.startswith(reverse("login"))
    assert OpenSession.objects.count() == 0


def test_session_id_changes_with_each_step(secretary, phone):
    """Check 6."""
    key, _codes = phone
    with at():
        client = half_signed_in("secretary")
        halfway = client.cookies["sessionid"].value
        give(client, code_of(key, NINE))
        assert client.cookies["sessionid"].value != halfway


def test_code_works_once(secretary, phone):
    """Check 5."""
    key, _codes = phone
    with at():
        code = code_of(key, NINE)
        assert give(half_signed_in("secretary"), code).status_code == 302
        assert give(half_signed_in("secretary"), code).status_code == 200


def test_earlier_code_is_dead_after_a_later_one(secretary, phone):
    """Check 5. Somebody looked over the shoulder."""
    key, _codes = phone
    with at():
        earlier, later = (code_of(key, NINE + timedelta(seconds=s)) for s in (-30, 0))
        assert give(half_signed_in("secretary"), later).status_code == 302
        assert give(half_signed_in("secretary"), earlier).status_code == 200


@pytest.mark.parametrize(
    ("seconds", "status"), [(-60, 200), (-30, 302), (0, 302), (30, 302), (60, 200)]
)
def test_clock_of_the_phone_may_be_one_step_off(secretary, phone, seconds, status):
    """Check 5."""
    key, _codes = phone
    with at():
        code = code_of(key, NINE + timedelta(seconds=seconds))
        assert give(half_signed_in("secretary"), code).status_code == status


def test_five_wrong_codes_lock_the_account(secretary, phone):
    """Check 5."""
    key, _codes = phone
    with at():
        client = half_signed_in("secretary")
        for _each in range(4):
            assert give(client, "000000").status_code == 200
        assert give(client, "000000").status_code == 429
        assert give(client, code_of(key, NINE)).status_code == 429
        assert try_to_sign_in(Client(), "secretary").status_code == 429
    failed = Event.objects.filter(action=Action.SIGN_IN_FAILED)
    assert [event.detail.content for event in failed] == [{"step": "code"}] * 5
    assert Event.objects.filter(action=Action.LOCKED).count() == 1


def test_wrong_codes_are_not_forgiven_by_the_password(secretary, phone):
    """Check 5. Whoever has the password must not get five tries with each use of it."""
    with at():
        for _each in range(4):
            assert give(half_signed_in("secretary"), "000000").status_code == 200
        assert give(half_signed_in("secretary"), "000000").status_code == 429


def test_code_must_follow_within_five_minutes(secretary, phone):
    """Check 5."""
    key, _codes = phone
    with at():
        client = half_signed_in("secretary")
    with at(minutes=5):
        answer = give(client, code_of(key, NINE + timedelta(minutes=5)))
        assert (answer.status_code, answer.url) == (302, reverse("login"))


def test_half_a_sign_in_dies_with_the_password(secretary, phone):
    """Check 5 and 12."""
    key, _codes = phone
    with at():
        client = half_signed_in("secretary")
        secretary.set_password("A quiet harbour, seven boats")
        secretary.save()
        assert give(client, code_of(key, NINE)).url == reverse("login")


def test_nobody_is_asked_for_a_code_without_a_password(db):
    """Check 5."""
    assert Client().get(CODE_PAGE).url == reverse("login")


@pytest.mark.parametrize(
    "code", ["", "12345", "1234567", "１２３４５６", "12345a", "-12345", "0" * 41]
)
def test_what_is_no_code_is_refused(secretary, phone, code):
    """Check 5."""
    with at():
        assert give(half_signed_in("secretary"), code).status_code == 200


# --- check 5: recovery codes ---


def test_recovery_code_works_once(secretary, phone):
    """Check 5."""
    _key, codes = phone
    assert len(set(codes)) == 10
    assert give(half_signed_in("secretary"), codes[3].upper().replace("-", " ")).status_code == 302
    assert give(half_signed_in("secretary"), codes[3]).status_code == 200
    assert give(half_signed_in("secretary"), codes[4]).status_code == 302
    details = [e.detail.content for e in Event.objects.filter(action=Action.SIGN_IN)]
    assert details == [{"second_factor": "recovery code"}] * 2


def test_recovery_codes_and_key_are_not_readable_in_the_database(secretary, phone):
    """Check 5."""
    key, codes = phone
    stored = str([*RecoveryCode.objects.values(), *SecondFactor.objects.values()])
    for code in codes:
        assert code not in stored
        assert code.replace("-", "") not in stored
    assert key not in stored


def test_recovery_codes_of_somebody_else_do_not_work(secretary, phone, school):
    """Check 5."""
    _key, codes = phone
    other = account(Role.VIEWER, school, username="viewer")
    with_second_factor(other, NINE)
    assert accept(other, codes[0], now=NINE) is None


def test_new_recovery_codes_end_the_old_ones(secretary, phone):
    """Check 5."""
    _key, codes = phone
    client = half_signed_in("secretary")
    give(client, codes[0])
    page = client.post(reverse("renew-recovery-codes"))
    new = page.context["codes"]
    assert len(new) == 10
    assert give(half_signed_in("secretary"), codes[1]).status_code == 200
    assert give(half_signed_in("secretary"), new[1]).status_code == 302


# --- check 5: two at once ---


@pytest.mark.django_db(transaction=True)
def test_code_sent_twice_at_the_same_instant_works_once(secretary, phone):
    """Check 5."""
    key, _codes = phone
    code, answers, together = code_of(key, NINE), [], Barrier(4)

    def send():
        together.wait()
        answers.append(accept(secretary, code, now=NINE))
        connection.close()

    threads = [Thread(target=send) for _each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers, key=str) == [None, None, None, "app"]
