"""Signing in through the pages, as a browser does it."""

import base64
import re
from datetime import datetime

from django.test import Client
from django.urls import reverse
from django_otp.oath import TOTP

from tests import factories
from units.events import Action, Event
from units.second_factor import new_key, set_up

PASSWORD = "Kite-lantern 47 风筝灯笼"  # noqa: S105 - of accounts that live for one test
NEW = "A quiet harbour, seven boats"
ACTIONS = [
    *(Action.SIGN_IN, Action.SIGN_IN_FAILED, Action.SIGN_OUT),
    *(Action.LOCKED, Action.UNLOCKED),
]


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


def half_signed_in(username: str) -> Client:
    """A browser in which the password was right and the second factor's code is to follow."""
    client = Client()
    answer = try_to_sign_in(client, username, to=reverse("account"))
    assert answer.url == reverse("enter-code")
    return client


def give(client, code: str):
    """Post the second factor's code; the answer."""
    return client.post(reverse("enter-code"), {"code": code})


def fail(client, times: int, username: str = "clerk", **headers):
    """Wrong passwords, one after the other; the last answer."""
    for number in range(times):
        answer = try_to_sign_in(client, username, f"wrong-{number}", **headers)
    return answer


def change(client, new: str = NEW, old: str = PASSWORD, again: str | None = None):
    """Post the form for a new password; the answer."""
    data = {"password": old, "new_password": new, "new_password_again": again or new}
    return client.post(reverse("change-password"), data)


def events_of_accounts() -> list[tuple]:
    """(action, kind of record, its key, detail) of every event about signing in, oldest first."""
    found = Event.objects.filter(action__in=ACTIONS).order_by("number")
    return [(e.action, e.model, e.object_id, _detail(e)) for e in found]


def _detail(event) -> dict:
    return event.detail.content if event.detail_digest else {}
