"""The form of an activity, sent as a browser sends it: its fields as they stand, and some typed."""

from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from lxml import html

from activities.models import Activity
from tests.html_forms import forms_on
from units.editing import STAMP_FIELD, TOKEN_FIELD
from units.models import Unit, User


def browser_of(user: User) -> Client:
    """A browser in which ``user`` is signed in."""
    browser = Client()
    browser.force_login(user)
    return browser


def address_of_new(unit: Unit, kind: str) -> str:
    """Where an activity of ``kind`` is entered."""
    return reverse("enter-activity", args=[unit.code, kind])


def address_of(activity: Activity, name: str = "edit-activity") -> str:
    """The activity's page called ``name``."""
    return reverse(name, args=[activity.unit.code, activity.pk])


def fields_of(answer) -> QueryDict:
    """What the form on the page would send as it stands."""
    forms = forms_on(answer.content.decode(), answer.request["PATH_INFO"], {}.__getitem__)
    form = next(each for each in forms if each.data.keys() & {TOKEN_FIELD, STAMP_FIELD})
    data = QueryDict(mutable=True)
    for name, values in form.data.items():
        data.setlist(name, values)
    return data


def typed_into(browser: Client, address: str, **typed) -> QueryDict:
    """What the form at ``address`` sends after ``typed`` was filled in; ``__`` stands for ``-``."""
    data = fields_of(browser.get(address))
    for name, value in typed.items():
        values = value if isinstance(value, list) else [value]
        data.setlist(name.replace("__", "-"), [str(each) for each in values])
    return data


def send(browser: Client, address: str, **typed):
    """What the server answers to that form."""
    data = typed_into(browser, address, **typed)
    return browser.post(address, data.urlencode(), content_type="application/x-www-form-urlencoded")


def entered(browser: Client, unit: Unit, kind: str, **typed) -> int:
    """The key of the activity that the form for a new one of ``kind`` makes."""
    answer = send(browser, address_of_new(unit, kind), **typed)
    assert answer.status_code == 302, faults_on(answer)
    return int(answer["Location"].rstrip("/").split("/")[-1])


def faults_on(answer) -> list[str]:
    """What the page says is wrong."""
    page = html.fromstring(answer.content.decode())
    return [" ".join(each.text_content().split()) for each in page.find_class("field-error")]
