"""Where the change log cannot be written, nothing happens, and the person is told."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from members.models import Contact, Member
from tests import factories
from tests.admin_forms import form_data
from tests.test_leaks import browser_of
from tests.units.signing_in import account, is_signed_in, try_to_sign_in
from units.events import Event
from units.roles import Role
from units.scoping import scope_of_unit

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

REFUSE = {
    "sqlite": "BEGIN SELECT RAISE(ABORT, 'the log is full'); END",
    "postgresql": "FOR EACH ROW EXECUTE FUNCTION refuse_change_of_events()",
}


def fill_the_log():
    """From here on the database takes no event."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TRIGGER log_is_full BEFORE INSERT ON units_event {REFUSE[connection.vendor]}"
        )


def assert_nothing_was_done(answer):
    assert answer.status_code == 503
    text = answer.content.decode()
    assert ("没有作任何改动" in text, "the log is full" in text, "Traceback" in text) == (
        *(True, False, False),
    )


@pytest.fixture
def member(school) -> Member:
    row = factories.person(school, "张三丰")
    factories.rows.saved(Contact(member=row, phone="13912345678"))
    return row


@pytest.mark.parametrize("deed", ["change", "delete", "add"])
def test_no_record_is_saved(cast, school, deed):
    """Check 72."""
    browser, row = browser_of(cast.clerk), factories.person(school, "张三丰")
    address = reverse(f"admin:members_member_{deed}", args=[] if deed == "add" else [row.pk])
    data = {"post": "yes"} if deed == "delete" else form_data(browser.get(address))
    fill_the_log()
    assert_nothing_was_done(browser.post(address, {**data, "name": "李四光"}))
    with scope_of_unit(school):
        assert [row.name for row in Member.objects.all()] == ["张三丰"]


def test_no_number_is_shown_and_no_file_handed_out(cast, member):
    """Check 72: a look and an export without their events do not happen either."""
    browser = browser_of(cast.clerk)
    fill_the_log()
    shown = browser.post(reverse("person-contact", args=[member.pk]))
    assert "13912345678" not in shown.content.decode()
    assert_nothing_was_done(shown)
    assert_nothing_was_done(browser.get(reverse("person-sheet-file", args=[member.pk])))


def test_nobody_is_signed_in(school):
    """Check 72."""
    account(Role.CLERK, school, username="clerk")
    browser = Client()
    fill_the_log()
    assert_nothing_was_done(try_to_sign_in(browser, "clerk"))
    assert not is_signed_in(browser)


def test_reading_goes_on(cast, member):
    """Check 72: pages that report nothing open as before."""
    browser, before = browser_of(cast.clerk), Event.objects.count()
    fill_the_log()
    assert browser.get(reverse("people")).status_code == 200
    assert Event.objects.count() == before
