"""Signing in through the pages, as a browser does it."""

import base64
import re
from datetime import datetime

from django.test import Client
from django.urls import reverse
from django_otp.oath import TOTP

from tests import factories
from units.second_factor import new_key, set_up

PASSWORD = "Kite-lantern 47 风筝灯笼"  # noqa: S105 - of accounts that live for one test
FAST = ["django.contrib.auth.hashers.MD5PasswordHasher"]
"""For tests that sign in often and do not ask how long it takes."""


def account(role, unit, **fields):
    """An account with ``PASSWORD``."""
    return factories.user(role, unit=unit, password=PASSWORD, **fields)


def try_to_sign_in(client, username, password=PASSWORD, *, to=None, **headers):
    """Post the sign-in form; the answer, redirects not followed."""
    address = reverse("login") + (f"?next={to}" if to else "")
    return client.post(address, {"username": username, "password": password}, **headers)


def signed_in(username, password=PASSWORD, **headers) -> Client:
    """A browser in which that account is signed in."""
    client = Client(**headers)
    answer = try_to_sign_in(client, username, password)
    assert answer.status_code == 302, errors(answer)
    return client


def is_signed_in(client) -> bool:
    """Whether the browser's next page is still one for people who are signed in."""
    answer = client.get(reverse("account"))
    return answer.status_code == 200


def errors(answer) -> list[str]:
    """The messages on a page with a form."""
    form = answer.context["form"]
    return [message for messages in form.errors.values() for message in messages]


def without_tokens(answer) -> str:
    """The text of a page without what differs from one rendering to the next."""
    return re.sub(r'value="[^"]*"', "", answer.content.decode())


def code_of(key: str, at: datetime) -> str:
    """What the app on the phone shows for ``key`` at that time."""
    clock = TOTP(base64.b32decode(key))
    clock.time = at.timestamp()
    return f"{clock.token():06}"


def with_second_factor(user, at: datetime) -> tuple[str, list[str]]:
    """Set up a phone for ``user``; its key and the recovery codes."""
    key = new_key()
    codes = set_up(user, key, code=code_of(key, at), now=at)
    return key, codes
