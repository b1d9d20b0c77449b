"""Signing in and out: locks, equal answers, cookies, session ids, and what the log says of it."""

import statistics
import time
from datetime import datetime, timedelta
from io import StringIO

import pytest
import time_machine
from axes.models import AccessAttempt
from django.conf import global_settings
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.units.signing_in import (
    FAST,
    PASSWORD,
    account,
    errors,
    is_signed_in,
    signed_in,
    try_to_sign_in,
    without_tokens,
)
from units.events import Action, Event
from units.lockout import unlock
from units.models import OpenSession, User
from units.roles import Role

NINE = datetime.fromisoformat("2026-03-02T09:00:00+08:00")
ACCOUNT_ACTIONS = [
    *(Action.SIGN_IN, Action.SIGN_IN_FAILED, Action.SIGN_OUT),
    *(Action.LOCKED, Action.UNLOCKED),
]


@pytest.fixture
def fast(settings):
    settings.PASSWORD_HASHERS = FAST


@pytest.fixture
def clerk(fast, school):
    return account(Role.CLERK, school, username="clerk")


def events_of_accounts() -> list[tuple]:
    """(action, kind of record, its key, detail) of every event about signing in, oldest first."""
    found = Event.objects.filter(action__in=ACCOUNT_ACTIONS).order_by("number")
    return [
        (
            event.action,
            event.model,
            event.object_id,
            event.detail.content if detailed(event) else {},
        )
        for event in found
    ]


def detailed(event) -> bool:
    return bool(event.detail_digest)


def fail(client, times, username="clerk", **headers):
    """Wrong passwords, one after the other; the last answer."""
    for number in range(times):
        answer = try_to_sign_in(client, username, f"wrong-{number}", **headers)
    return answer


# --- check 1: locks ---


def test_lock_after_five_wrong_passwords_in_thirty_minutes(clerk, client):
    """Check 1."""
    with time_machine.travel(NINE, tick=False):
        assert fail(client, 4).status_code == 200
        assert fail(client, 1).status_code == 429
        locked = try_to_sign_in(client, "clerk")
    assert locked.status_code == 429
    assert "units/account/locked.html" in [each.name for each in locked.templates]
    with time_machine.travel(NINE + timedelta(minutes=29), tick=False):
        assert try_to_sign_in(client, "clerk").status_code == 429
    with time_machine.travel(NINE + timedelta(minutes=31), tick=False):
        assert try_to_sign_in(client, "clerk").status_code == 302


def test_lock_lasts_thirty_minutes_from_the_fifth_failure(clerk, client):
    """Check 1. The first failure is then older than 30 minutes, the lock is not."""
    for minute in (0, 7, 14, 21, 28):
        with time_machine.travel(NINE + timedelta(minutes=minute), tick=False):
            answer = fail(client, 1)
    assert answer.status_code == 429
    with time_machine.travel(NINE + timedelta(minutes=57), tick=False):
        assert try_to_sign_in(client, "clerk").status_code == 429
    with time_machine.travel(NINE + timedelta(minutes=59), tick=False):
        assert try_to_sign_in(client, "clerk").status_code == 302


def test_lock_needs_five_within_thirty_minutes(clerk, client):
    """Check 1. Five failures over forty minutes are no attack."""
    for minute in (0, 10, 20, 30.5, 40.5):
        with time_machine.travel(NINE + timedelta(minutes=minute), tick=False):
            assert fail(client, 1).status_code == 200


def test_lock_is_not_prolonged_by_trying_on(clerk, client):
    """Check 1."""
    with time_machine.travel(NINE, tick=False):
        fail(client, 5)
    with time_machine.travel(NINE + timedelta(minutes=20), tick=False):
        fail(client, 3)
    with time_machine.travel(NINE + timedelta(minutes=31), tick=False):
        assert try_to_sign_in(client, "clerk").status_code == 302


def test_lock_of_a_name_leaves_other_names(clerk, school, client):
    """Check 1."""
    account(Role.VIEWER, school, username="viewer")
    fail(client, 5)
    assert try_to_sign_in(client, "viewer").status_code == 302


def test_address_locked_after_twenty_wrong_passwords(clerk, school, client):
    """Check 1. One password tried on many names."""
    for number in range(19):
        answer = try_to_sign_in(client, f"name-{number}", "wrong", REMOTE_ADDR="10.0.0.9")
        assert answer.status_code == 200
    assert try_to_sign_in(client, "n", "wrong", REMOTE_ADDR="10.0.0.9").status_code == 429
    assert try_to_sign_in(client, "clerk", REMOTE_ADDR="10.0.0.9").status_code == 429
    assert try_to_sign_in(client, "clerk", REMOTE_ADDR="10.0.0.8").status_code == 302


def test_success_forgives_the_name_but_not_the_address(clerk, client):
    """Check 1. Whoever has one account must not wash the address clean with it."""
    fail(client, 4, REMOTE_ADDR="10.0.0.9")
    for number in range(12):
        try_to_sign_in(client, f"name-{number}", "wrong", REMOTE_ADDR="10.0.0.9")
    signed_in("clerk", REMOTE_ADDR="10.0.0.9")
    assert fail(client, 3, REMOTE_ADDR="10.0.0.9").status_code == 200  # 4 + 12 + 3 = 19
    assert fail(client, 1, REMOTE_ADDR="10.0.0.9").status_code == 429


def test_forged_forwarded_address_neither_evades_nor_poisons(clerk, client):
    """Check 1."""
    for number in range(5):
        forged = f"203.0.113.{number}"
        answer = try_to_sign_in(client, "clerk", "wrong", HTTP_X_FORWARDED_FOR=forged)
    assert answer.status_code == 429
    for number in range(16):
        forged = {"HTTP_X_FORWARDED_FOR": "10.0.0.8", "REMOTE_ADDR": "10.0.0.9"}
        try_to_sign_in(client, f"name-{number}", "wrong", **forged)
    addresses = set(AccessAttempt.objects.values_list("ip_address", flat=True))
    assert addresses == {"127.0.0.1", "10.0.0.9"}


def test_known_proxy_is_believed_about_the_address(clerk, client, settings):
    """Check 1. Behind a proxy the browser's address counts, by the last hop's word alone."""
    settings.TRUSTED_PROXIES = ["10.0.0.1"]
    told = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "198.51.100.7, 10.0.0.44"}
    fail(client, 1, **told)
    assert AccessAttempt.objects.get().ip_address == "10.0.0.44"


def test_unlock_by_the_administrator_opens_at_once(clerk, client):
    """Check 1."""
    fail(client, 5)
    assert unlock(clerk) is True
    assert try_to_sign_in(client, "clerk").status_code == 302
    assert unlock(clerk) is False


def test_unlock_command_name_and_address(clerk, client):
    """Check 1."""
    fail(client, 5)
    out = StringIO()
    call_command("unlock_account", "clerk", stdout=out)
    assert try_to_sign_in(client, "clerk").status_code == 302
    for number in range(20):
        try_to_sign_in(client, f"name-{number}", "wrong", REMOTE_ADDR="10.0.0.9")
    call_command("unlock_account", address="10.0.0.9", stdout=out)
    assert try_to_sign_in(client, "clerk", REMOTE_ADDR="10.0.0.9").status_code == 302
    with pytest.raises(CommandError):
        call_command("unlock_account", "nobody")


def test_lock_and_unlock_are_in_the_log(clerk, client):
    """Check 1, 66."""
    fail(client, 6)
    unlock(clerk)
    kind, key = "units.user", str(clerk.pk)
    assert events_of_accounts() == [
        *[("sign_in_failed", kind, key, {"step": "password"})] * 5,
        ("locked", kind, key, {"whose": "name"}),
        ("unlocked", kind, key, {"whose": "name"}),
    ]


def test_table_of_failures_holds_no_name_password_or_browser(clerk, client):
    """Check 1. People type passwords into the field of the name."""
    typed = "my-secret-typed-as-name"
    try_to_sign_in(client, typed, "other-secret", HTTP_USER_AGENT="Mozilla/5.0 Chrome/1")
    stored = str(AccessAttempt.objects.values().get())
    assert typed not in stored
    assert "other-secret" not in stored
    assert "Mozilla" not in stored
    assert events_of_accounts() == [("sign_in_failed", "", "", {"step": "password"})]


# --- check 2: equal answers ---


def test_unknown_name_and_wrong_password_look_the_same(clerk, client):
    """Check 2."""
    known = try_to_sign_in(client, "clerk", "wrong")
    unknown = try_to_sign_in(Client(), "nobody", "wrong")
    assert (known.status_code, unknown.status_code) == (200, 200)
    assert errors(known) == errors(unknown)
    assert without_tokens(known) == without_tokens(unknown)


def test_disabled_account_looks_like_an_unknown_name(clerk, client):
    """Check 2."""
    clerk.is_active = False
    clerk.save()
    disabled, unknown = try_to_sign_in(client, "clerk"), try_to_sign_in(Client(), "nobody")
    assert without_tokens(disabled) == without_tokens(unknown)


def test_unknown_name_takes_as_long_as_a_wrong_password(school, client, settings):
    """Check 2. With the hasher that is used outside of tests."""
    settings.PASSWORD_HASHERS = global_settings.PASSWORD_HASHERS
    account(Role.CLERK, school, username="clerk")

    def median(username):
        times = []
        for _each in range(3):
            begun = time.perf_counter()
            try_to_sign_in(client, username, "wrong")
            times.append(time.perf_counter() - begun)
        return statistics.median(times)

    assert 0.5 < median("clerk") / median("nobody") < 2


def test_locked_unknown_name_looks_like_a_locked_account(clerk, client):
    """Check 2."""
    known, unknown = fail(client, 5), fail(Client(), 5, username="nobody")
    assert (known.status_code, unknown.status_code) == (429, 429)
    assert without_tokens(known) == without_tokens(unknown)


# --- check 4: nothing to begin with ---


def test_fresh_installation_has_no_account(db):
    """Check 4."""
    assert User.objects.count() == 0


# --- check 6: session ids ---


def test_session_id_changes_at_sign_in_and_planted_id_is_not_adopted(clerk):
    """Check 6."""
    planted = "fixationfixationfixationfix01"
    client = Client()
    client.cookies["sessionid"] = planted
    client.get(reverse("login"))
    try_to_sign_in(client, "clerk")
    assert client.cookies["sessionid"].value != planted
    assert not Session.objects.filter(pk=planted).exists()


def test_session_id_of_a_stranger_known_to_an_attacker_is_replaced(clerk):
    """Check 6. The id was made by this very server, for nobody."""
    client = Client()
    session = client.session
    session["language"] = "kept"
    session.save()
    known = session.session_key
    client.cookies["sessionid"] = known
    try_to_sign_in(client, "clerk")
    assert client.cookies["sessionid"].value != known
    assert not Session.objects.filter(pk=known).exists()
    assert client.session["language"] == "kept"


# --- check 8: signing out ---


def test_sign_out_by_get_does_nothing(clerk):
    """Check 8."""
    client = signed_in("clerk")
    assert client.get(reverse("logout")).status_code == 405
    assert is_signed_in(client)


def test_sign_out_kills_the_session_on_the_server(clerk):
    """Check 8."""
    client = signed_in("clerk")
    cookie = client.cookies["sessionid"].value
    answer = client.post(reverse("logout"))
    assert (answer.status_code, answer.url) == (302, reverse("login"))
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert not Session.objects.filter(pk=cookie).exists()
    assert OpenSession.objects.count() == 0
    thief = Client()
    thief.cookies["sessionid"] = cookie
    assert not is_signed_in(thief)


def test_sign_out_of_a_stranger_is_harmless(db, client):
    """Check 8."""
    assert client.post(reverse("logout")).status_code == 302
    assert events_of_accounts() == []


# --- check 10: cookies ---


def test_cookies_are_closed_to_scripts_and_other_sites(clerk):
    """Check 10."""
    client = signed_in("clerk")
    for name in ("sessionid", "csrftoken"):
        cookie = client.cookies[name]
        assert (name, cookie["httponly"], cookie["samesite"]) == (name, True, "Lax")
    # The session's cookie ends with the browser; the server ends it after twelve hours at most.
    assert (client.cookies["sessionid"]["max-age"], client.cookies["sessionid"]["expires"]) == (
        "",
        "",
    )


def test_nothing_personal_is_in_a_cookie(clerk):
    """Check 10. Messages to the person are kept in the session, not in a cookie."""
    client = signed_in("clerk")
    client.post(reverse("end-session"))  # leaves a message
    assert set(client.cookies) == {"sessionid", "csrftoken"}


def test_next_leads_nowhere_else(clerk, client):
    """Check 6 and 36."""
    for evil in ("http://evil.example/", "//evil.example/", "https:evil.example", "javascript:1"):
        assert try_to_sign_in(Client(), "clerk", to=evil).url == reverse("home")
    assert try_to_sign_in(Client(), "clerk", to="/account/").url == "/account/"


# --- check 66: what the log says ---


def test_sign_in_and_out_are_one_event_each(clerk, school):
    """Check 66."""
    before = Event.objects.count()
    client = signed_in("clerk", REMOTE_ADDR="10.0.0.7")
    client.post(reverse("logout"))
    assert Event.objects.count() == before + 2
    came, went = Event.objects.order_by("number")[before:]
    assert [came.action, went.action] == [Action.SIGN_IN, Action.SIGN_OUT]
    for event in (came, went):
        assert (event.actor, event.unit, event.model) == (clerk, school, "units.user")
    assert (came.address, came.source) == ("10.0.0.7", reverse("login"))


def test_last_sign_in_is_noted_on_the_account(clerk):
    """Check 9."""
    with time_machine.travel(NINE, tick=False):
        signed_in("clerk")
    clerk.refresh_from_db()
    assert clerk.last_login == NINE


def test_event_of_sign_in_is_undone_with_it(clerk, client):
    """Check 66. A one-time password that was used already: no session, no event."""
    account_once = factories.user(
        Role.VIEWER,
        unit=clerk.grants.get().unit,
        username="once",
        password=PASSWORD,
        must_change_password=True,
    )
    signed_in("once")
    events = len(events_of_accounts())
    again = try_to_sign_in(client, "once")
    assert again.status_code == 200
    assert len(events_of_accounts()) == events
    assert account_once.open_sessions.count() == 1


def test_sign_out_from_the_admin_is_the_same(clerk):
    """Check 8 and 66."""
    client = signed_in("clerk")
    assert client.get(reverse("admin:logout")).status_code == 405
    assert client.post(reverse("admin:logout")).url == reverse("login")
    assert (OpenSession.objects.count(), Session.objects.count()) == (0, 0)
    assert Event.objects.latest("number").action == Action.SIGN_OUT
    signed_in("clerk")
    client = signed_in("clerk")
    assert client.get(reverse("admin:password_change")).url == reverse("change-password")
