"""When the password is asked for again, though somebody is signed in."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from tests.units.signing_in import (
    PASSWORD,
    account,
    signed_in,
)
from units.models import OpenSession
from units.roles import Role

NINE = datetime.fromisoformat("2026-03-02T09:00:00+08:00")


@pytest.fixture
def clerk(school):
    return account(Role.CLERK, school, username="clerk")


def at(**later):
    """Nine o'clock and so much later, with the clock standing still."""
    return time_machine.travel(NINE + timedelta(**later), tick=False)


# --- check 11: the password once more ---


@pytest.fixture
def administrator(clerk, school):
    return account(Role.ADMINISTRATOR, school, username="administrator")


def test_password_is_asked_for_again_after_ten_minutes(administrator, clerk):
    """Check 11. A role change, an MFA reset, a disabled account, a reset password."""
    posts = [
        reverse("admin:units_user_change", args=[clerk.pk]),
        reverse("reset-second-factor-of", args=[clerk.pk]),
        reverse("disable-account", args=[clerk.pk]),
        reverse("reset-password-of", args=[clerk.pk]),
        reverse("renew-recovery-codes"),
        reverse("remove-second-factor"),
    ]
    with at():
        client = signed_in("administrator")
    with at(minutes=11):
        for address in posts:
            answer = client.post(address, {"full_name": "x"})
            asked = answer.url.partition("?")[0]
            assert (address, answer.status_code, asked) == (address, 302, "/account/confirm/")
    clerk.refresh_from_db()
    assert (clerk.is_active, clerk.check_password(PASSWORD)) == (True, True)


def test_password_once_more_opens_the_way_and_renews_the_session_id(administrator, clerk):
    """Check 6 and 11."""
    page = reverse("admin:units_user_change", args=[clerk.pk])
    with at():
        client = signed_in("administrator")
    with at(minutes=9, seconds=59):
        assert client.get(page).status_code == 200
    with at(minutes=11):
        asked = client.get(page)
        before = client.cookies["sessionid"].value
        answer = client.post(asked.url, {"password": PASSWORD, "next": page})
        assert (answer.status_code, answer.url) == (302, page)
        assert client.cookies["sessionid"].value != before
        assert client.get(page).status_code == 200
        session = OpenSession.objects.get()
        assert (session.signed_in_at, session.confirmed_at) == (NINE, NINE + timedelta(minutes=11))
    with at(minutes=22):
        assert client.get(page).status_code == 302


def test_password_once_more_must_be_right_and_counts(administrator):
    """Check 1 and 11."""
    client = signed_in("administrator")
    asks = reverse("confirm-sign-in")
    for _each in range(4):
        assert client.post(asks, {"password": "wrong"}).status_code == 200
    assert client.post(asks, {"password": "wrong"}).status_code == 429
    assert client.post(asks, {"password": PASSWORD}).status_code == 429


def test_password_of_somebody_else_does_not_confirm(administrator, clerk):
    """Check 11."""
    clerk.set_password("another good password")
    clerk.save()
    client = signed_in("administrator")
    answer = client.post(reverse("confirm-sign-in"), {"password": "another good password"})
    assert answer.status_code == 200


def test_password_once_more_leads_nowhere_else(administrator):
    """Check 11 and 36."""
    client = signed_in("administrator")
    data = {"password": PASSWORD, "next": "//evil.example/"}
    assert client.post(reverse("confirm-sign-in"), data).url == reverse("home")
