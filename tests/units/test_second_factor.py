"""The second factor: signing in with a code, setting it up, recovery codes, who must have it."""

import re
from base64 import b64decode
from datetime import datetime, timedelta
from io import StringIO
from threading import Barrier, Thread
from urllib.parse import unquote

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.units.signing_in import (
    FAST,
    PASSWORD,
    account,
    code_of,
    is_signed_in,
    signed_in,
    try_to_sign_in,
    with_second_factor,
)
from units.events import Action, Event
from units.models import OpenSession, RecoveryCode, SecondFactor
from units.roles import Role
from units.second_factor import accept, address_of_key, has_second_factor, picture_of_key

NINE = datetime.fromisoformat("2026-03-02T09:00:10+08:00")  # ten seconds into a step of thirty
CODE_PAGE = "/account/code/"


@pytest.fixture
def secretary(settings, school):
    settings.PASSWORD_HASHERS = FAST
    return account(Role.SECRETARY, school, username="secretary")


@pytest.fixture
def phone(secretary):
    """The key on the secretary's phone, set up a day before, and the recovery codes."""
    return with_second_factor(secretary, NINE - timedelta(days=1))


def at(**later):
    return time_machine.travel(NINE + timedelta(**later), tick=False)


def half_signed_in() -> Client:
    """A browser in which the secretary's password was right and the code is to follow."""
    client = Client()
    assert try_to_sign_in(client, "secretary", to="/account/").url == CODE_PAGE
    return client


def give(client, code):
    return client.post(CODE_PAGE, {"code": code})


# --- check 5: signing in ---


def test_code_completes_the_sign_in(secretary, phone):
    """Check 5."""
    key, _codes = phone
    with at():
        client = half_signed_in()
        answer = give(client, code_of(key, NINE))
        assert (answer.status_code, answer.url) == (302, "/account/")
        assert is_signed_in(client)
        assert OpenSession.objects.get().second_factor is True
    event = Event.objects.filter(action=Action.SIGN_IN).get()
    assert event.detail.content == {"second_factor": "app"}


def test_password_alone_signs_nobody_in(secretary, phone):
    """Check 5. Between the two steps every page is closed."""
    client = half_signed_in()
    for page in ("/account/", "/account/others/", "/", "/account/password/"):
        assert client.get(page).url.startswith(reverse("login"))
    assert OpenSession.objects.count() == 0


def test_session_id_changes_with_each_step(secretary, phone):
    """Check 6."""
    key, _codes = phone
    with at():
        client = half_signed_in()
        halfway = client.cookies["sessionid"].value
        give(client, code_of(key, NINE))
        assert client.cookies["sessionid"].value != halfway


def test_code_works_once(secretary, phone):
    """Check 5."""
    key, _codes = phone
    with at():
        code = code_of(key, NINE)
        assert give(half_signed_in(), code).status_code == 302
        assert give(half_signed_in(), code).status_code == 200


def test_earlier_code_is_dead_after_a_later_one(secretary, phone):
    """Check 5. Somebody looked over the shoulder."""
    key, _codes = phone
    with at():
        earlier, later = (code_of(key, NINE + timedelta(seconds=s)) for s in (-30, 0))
        assert give(half_signed_in(), later).status_code == 302
        assert give(half_signed_in(), earlier).status_code == 200


@pytest.mark.parametrize(
    ("seconds", "status"), [(-60, 200), (-30, 302), (0, 302), (30, 302), (60, 200)]
)
def test_clock_of_the_phone_may_be_one_step_off(secretary, phone, seconds, status):
    """Check 5."""
    key, _codes = phone
    with at():
        code = code_of(key, NINE + timedelta(seconds=seconds))
        assert give(half_signed_in(), code).status_code == status


def test_five_wrong_codes_lock_the_account(secretary, phone):
    """Check 5."""
    key, _codes = phone
    with at():
        client = half_signed_in()
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
            assert give(half_signed_in(), "000000").status_code == 200
        assert give(half_signed_in(), "000000").status_code == 429


def test_code_must_follow_within_five_minutes(secretary, phone):
    """Check 5."""
    key, _codes = phone
    with at():
        client = half_signed_in()
    with at(minutes=5):
        answer = give(client, code_of(key, NINE + timedelta(minutes=5)))
        assert (answer.status_code, answer.url) == (302, reverse("login"))


def test_half_a_sign_in_dies_with_the_password(secretary, phone):
    """Check 5 and 12."""
    key, _codes = phone
    with at():
        client = half_signed_in()
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
        assert give(half_signed_in(), code).status_code == 200


# --- check 5: recovery codes ---


def test_recovery_code_works_once(secretary, phone):
    """Check 5."""
    _key, codes = phone
    assert len(set(codes)) == 10
    assert give(half_signed_in(), codes[3].upper().replace("-", " ")).status_code == 302
    assert give(half_signed_in(), codes[3]).status_code == 200
    assert give(half_signed_in(), codes[4]).status_code == 302
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
    client = half_signed_in()
    give(client, codes[0])
    page = client.post(reverse("renew-recovery-codes"))
    new = page.context["codes"]
    assert len(new) == 10
    assert give(half_signed_in(), codes[1]).status_code == 200
    assert give(half_signed_in(), new[1]).status_code == 302


# --- check 5: setting it up ---


def test_set_up_with_the_first_code_of_the_app(secretary):
    """Check 5. Available to everybody, shown as picture and as text, made on this machine."""
    client, other = signed_in("secretary"), signed_in("secretary")
    page = client.get(reverse("set-up-second-factor"))
    key = page.context["key"].replace(" ", "")
    assert re.fullmatch(r"[A-Z2-7]{32}", key)
    assert page.context["picture"].startswith("data:image/svg+xml")
    wrong = client.post(reverse("set-up-second-factor"), {"code": "000000"})
    assert wrong.status_code == 200
    assert not has_second_factor(secretary)
    assert wrong.context["key"] == page.context["key"]
    code = code_of(key, timezone.now())
    done = client.post(reverse("set-up-second-factor"), {"code": f"{code[:3]} {code[3:]}"})
    assert len(done.context["codes"]) == 10
    assert has_second_factor(secretary)
    assert (is_signed_in(client), is_signed_in(other)) == (True, False)
    assert not client.get(reverse("account")).content.decode().count(key)


def test_picture_is_drawn_here_from_the_key(secretary):
    """Check 5."""
    address = address_of_key(secretary, "A" * 32, issuer="统战")
    assert address == (
        "otpauth://totp/%E7%BB%9F%E6%88%98%3Asecretary?secret="
        + "A" * 32
        + "&issuer=%E7%BB%9F%E6%88%98"
    )
    picture = unquote(picture_of_key(address))
    assert picture.startswith("data:image/svg+xml")
    assert "<svg" in picture or b"<svg" in b64decode(picture.partition(",")[2])
    assert picture != unquote(picture_of_key(address + "x"))


def test_first_code_cannot_be_used_again_to_sign_in(secretary):
    """Check 5."""
    key, _codes = with_second_factor(secretary, NINE)
    assert accept(secretary, code_of(key, NINE), now=NINE) is None


def test_set_up_and_removal_are_in_the_log(secretary, phone):
    """Check 12 and 66."""
    _key, codes = phone
    client = half_signed_in()
    give(client, codes[0])
    client.post(reverse("remove-second-factor"))
    assert not has_second_factor(secretary)
    told = [
        (event.action, event.detail.content["second_factor"])
        for event in Event.objects.filter(model="units.user", object_id=str(secretary.pk))
        if "second_factor" in event.detail.content and event.action != Action.SIGN_IN
    ]
    assert sorted(told) == [("create", "app"), ("create", "recovery codes"), ("delete", "app")]


def test_removal_keeps_other_accounts_as_they_are(secretary, phone, school):
    other = account(Role.VIEWER, school, username="viewer")
    with_second_factor(other, NINE)
    call_command("reset_second_factor", "secretary", stdout=StringIO())
    assert (has_second_factor(secretary), has_second_factor(other)) == (False, True)


# --- check 5: who must have one ---


def test_compulsory_second_factor_leads_every_page_to_its_set_up(secretary, school, settings):
    """Check 5."""
    account(Role.CLERK, school, username="clerk")
    settings.TOTP_ROLES = frozenset({"administrator", "secretary", "auditor"})
    client = signed_in("secretary")
    sets_up = reverse("set-up-second-factor")
    for page in (reverse("home"), "/account/", "/admin/", "/account/others/"):
        assert client.get(page).url.partition("?")[0] == sets_up
    key = client.get(sets_up).context["key"].replace(" ", "")
    client.post(sets_up, {"code": code_of(key, timezone.now())})
    assert is_signed_in(client)
    assert is_signed_in(signed_in("clerk"))


def test_compulsory_second_factor_cannot_be_removed(secretary, phone, settings):
    """Check 5."""
    settings.TOTP_ROLES = frozenset({"secretary"})
    _key, codes = phone
    client = half_signed_in()
    give(client, codes[0])
    client.post(reverse("remove-second-factor"))
    assert has_second_factor(secretary)


def test_password_comes_before_the_second_factor(secretary, settings):
    """Check 4 and 5. A one-time password opens neither pages nor the set-up of a phone."""
    settings.TOTP_ROLES = frozenset({"secretary"})
    secretary.set_password(PASSWORD)
    secretary.must_change_password = True
    secretary.save()
    client = signed_in("secretary")
    answer = client.get(reverse("set-up-second-factor"))
    assert answer.url.partition("?")[0] == reverse("change-password")


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
