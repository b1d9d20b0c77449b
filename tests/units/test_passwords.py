"""Passwords that open an account once: the first one, and those given by an administrator."""

import re
from datetime import datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from tests.units.signing_in import (
    NEW,
    account,
    change,
    errors,
    is_signed_in,
    signed_in,
    try_to_sign_in,
    with_second_factor,
)
from units.events import Action, Event
from units.roles import Role
from units.second_factor import has_second_factor

NINE = datetime.fromisoformat("2026-03-02T09:00:00+08:00")


@pytest.fixture
def registrar(school):
    return account(Role.CLERK, school, username="registrar", full_name="王小明")


def one_time(school, **fields):
    """An account whose password an administrator has just set."""
    return account(Role.CLERK, school, username="fresh", must_change_password=True, **fields)


# --- check 4: the first sign-in ---


def test_first_administrator_gets_a_one_time_password(db):
    """Check 4. No account comes with a known password."""
    made = {"name": "李平", "unit": "putuo-jy", "unit_name": "普陀区教育学院"}
    password = printed_password("create_administrator", "liping", **made)
    client = signed_in("liping", password)
    assert client.get("/account/others/").url.startswith(reverse("change-password"))
    assert change(client, old=password).status_code == 302
    assert client.get("/account/others/").status_code == 200


def test_one_time_password_leads_every_page_to_the_change(school):
    """Check 4."""
    one_time(school)
    client = signed_in("fresh")
    changes = reverse("change-password")
    for page in (reverse("home"), "/account/", "/admin/", "/admin/members/member/"):
        answer = client.get(page)
        assert (answer.status_code, answer.url.partition("?")[0]) == (302, changes)
    assert client.post("/admin/members/member/add/", {}).url == changes
    assert client.get(changes).status_code == 200
    assert change(client).status_code == 302
    assert client.get("/account/").status_code == 200


def test_one_time_password_lets_people_sign_out(school):
    """Check 4."""
    one_time(school)
    client = signed_in("fresh")
    assert client.post(reverse("logout")).url == reverse("login")


def test_one_time_password_expires_after_a_day(school):
    """Check 4 and 12."""
    with time_machine.travel(NINE, tick=False):
        one_time(school)
    with time_machine.travel(NINE + timedelta(hours=24), tick=False):
        refused = try_to_sign_in(Client(), "fresh")
        assert refused.status_code == 200
        assert len(errors(refused)) == 1
        assert errors(refused) != errors(try_to_sign_in(Client(), "fresh", "wrong"))
    with time_machine.travel(NINE + timedelta(hours=23, minutes=59), tick=False):
        signed_in("fresh")


def test_one_time_password_opens_once(school):
    """Check 12."""
    one_time(school)
    signed_in("fresh")
    assert try_to_sign_in(Client(), "fresh").status_code == 200


def test_one_time_password_dies_with_the_change(school):
    """Check 12."""
    one_time(school)
    change(signed_in("fresh"))
    assert try_to_sign_in(Client(), "fresh").status_code == 200
    signed_in("fresh", NEW)


def test_one_time_password_does_not_switch_the_second_factor_off(school):
    """Check 12."""
    user = account(Role.CLERK, school, username="fresh")
    with_second_factor(user, NINE)
    password = reset("fresh")
    answer = try_to_sign_in(Client(), "fresh", password)
    assert answer.url == reverse("enter-code")
    assert has_second_factor(user)


def test_reset_is_in_the_log_without_the_password(registrar):
    """Check 12 and 66."""
    password = reset("registrar")
    event = Event.objects.filter(action=Action.CHANGE, model="units.user").latest("number")
    assert event.object_id == str(registrar.pk)
    assert event.source == "command reset_password"
    assert event.detail.content["password"] == ["•••", "•••"]
    assert password not in str(event.detail.content)
    assert event.detail.content["must_change_password"] == [False, True]


def test_reset_ends_the_sessions_of_the_account(registrar):
    """Check 8 and 12."""
    client = signed_in("registrar")
    reset("registrar")
    assert not is_signed_in(client)


def reset(username) -> str:
    """Give a one-time password by the command; returns it."""
    return printed_password("reset_password", username)


def printed_password(*command, **options) -> str:
    """The password that a command prints at the end of its only line."""
    out = StringIO()
    call_command(*command, stdout=out, **options)
    return re.search(r"[\w-]{16}$", out.getvalue().strip(), re.ASCII).group()
