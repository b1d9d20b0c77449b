"""Signing in and out: equal answers, cookies, session ids, and what the log says of it."""

import statistics
import time
from datetime import datetime

import pytest
import time_machine
from django.conf import global_settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.units.signing_in import (
    PASSWORD,
    account,
    errors,
    events_of_accounts,
    fail,
    is_signed_in,
    signed_in,
    try_to_sign_in,
    without_tokens,
)
from units.events import Action, Event
from units.models import OpenSession, User
from units.roles import Role

NINE = datetime.fromisoformat("2026-03-02T09:00:00+08:00")


@pytest.fixture
def clerk(school):
    return account(Role.CLERK, school, username="clerk")


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
