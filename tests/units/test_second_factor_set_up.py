"""Setting up the second factor, taking it away, and who must have one."""

import re
from base64 import b64decode
from datetime import datetime, timedelta
from io import StringIO
from urllib.parse import unquote

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from tests.units.signing_in import (
    PASSWORD,
    account,
    code_of,
    give,
    half_signed_in,
    is_signed_in,
    signed_in,
    with_second_factor,
)
from units.events import Action, Event
from units.roles import Role
from units.second_factor import accept, address_of_key, has_second_factor, picture_of_key

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
    client = half_signed_in("secretary")
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
    client = half_signed_in("secretary")
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
