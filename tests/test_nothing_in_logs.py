"""Whatever happens, no log holds what would open an account or tell of a person."""

import logging
import traceback

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import path, reverse
from django.utils import timezone

from config.urls import urlpatterns as pages
from members.models import Contact
from tests import factories
from tests.admin_forms import form_data
from tests.factories.rows import saved
from tests.units.signing_in import (
    PASSWORD,
    account,
    change,
    give,
    half_signed_in,
    signed_in,
    try_to_sign_in,
    with_second_factor,
)
from units.passwords import give_one_time_password
from units.roles import Role

NAME, PHONE = "张三丰", "13912345678"
WRONG, NEW_PASSWORD = "Wrong horse, no battery", "Seven quiet boats at dawn"  # noqa: S105


def fails(request) -> HttpResponse:
    """A page with a fault, in which everything is at hand that a log could be tempted by."""
    words = {**request.POST.dict(), **request.COOKIES}
    return HttpResponse(words["no such word"])  # KeyError


urlpatterns = [path("fails/", fails), *pages]
handler500 = "units.views.server_error"


class Everything(logging.Handler):
    """Takes down all that is said from INFO on, the level of the program, with its tracebacks."""

    def __init__(self):
        super().__init__(logging.INFO)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord):
        """Keep the line as the most talkative handler would print it."""
        self.lines.append(record.getMessage())
        if record.exc_info:
            self.lines += traceback.format_exception(*record.exc_info)


@pytest.fixture
def said(settings):
    """Everything that any logger says while the test runs."""
    handler, root, django = Everything(), logging.getLogger(), logging.getLogger("django")
    levels = root.level, django.level
    root.addHandler(handler)
    for logger in (root, django):
        logger.setLevel(logging.INFO)
    yield handler.lines
    root.removeHandler(handler)
    root.setLevel(levels[0])
    django.setLevel(levels[1])


def cookies_of(browser: Client) -> list[str]:
    return [cookie.value for cookie in browser.cookies.values()]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.ignore_template_errors
def test_no_log_holds_a_secret_or_a_person(school, said):
    """Check 61: signing in and failing to, codes, people, files, refusals and failures."""
    secrets = [PASSWORD, WRONG, NEW_PASSWORD, NAME, PHONE]
    clerk = account(Role.CLERK, school, username="clerk")
    secretary = account(Role.SECRETARY, school, username="secretary")
    one_time = give_one_time_password(secretary)
    secretary.save()
    try_to_sign_in(Client(), "clerk", WRONG)
    first = signed_in("secretary", one_time)
    change(first, NEW_PASSWORD, one_time)
    key, codes = with_second_factor(clerk, timezone.now())
    browser = half_signed_in("clerk")
    give(browser, "000000")
    give(browser, codes[0])
    secrets += [one_time, key, *codes, *cookies_of(first), *cookies_of(browser)]

    add = reverse("admin:members_member_add")
    browser.post(add, {**form_data(browser.get(add)), "name": NAME})
    browser.post(add, {"name": NAME, "born_on": PHONE})
    person = factories.person(school, NAME)
    saved(Contact(member=person, phone=PHONE))
    browser.post(reverse("people"), {"words": PHONE})
    browser.get(reverse("admin:members_member_changelist"), {"q": NAME})
    browser.post(reverse("person-contact", args=[person.pk]))
    browser.get(reverse("person-sheet-file", args=[person.pk]), {"full": "1"})
    refused = Client(enforce_csrf_checks=True, raise_request_exception=False)
    refused.post(reverse("login"), {"username": NAME, "password": PASSWORD})
    browser.get("/nowhere/", {"q": NAME})
    browser.get(reverse("log"), {"q": NAME})
    browser.raise_request_exception = False
    failure = browser.post("/fails/", {"password": WRONG, "name": NAME, "phone": PHONE})
    assert failure.status_code == 500

    text = "\n".join(said)
    assert "no such word" in text, "failures are taken down, with their tracebacks"
    assert [word for word in secrets if word and word in text] == []
    assert len([word for word in secrets if word]) > 18
