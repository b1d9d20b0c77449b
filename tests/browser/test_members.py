"""Changes in colleagues' lives in a real browser: the short forms, by mouse and by keyboard."""

import pytest
from playwright.sync_api import expect

from members.models import Employment, Member
from tests import factories
from tests.browser.conftest import WIDTHS
from tests.browser.soundness import faults_of, overflow_of
from units.scoping import scope_of_unit

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def somebody(case_unit) -> Member:
    """徐文清, in service, of 民盟, with a post in the unit and one in the party."""
    person = factories.member(case_unit, "徐文清", party="民盟", title="高级教师")
    factories.appointment(person, "主任", kind="school", level="unit", body="教务处")
    factories.appointment(person, "主委")
    return person


def start(visitor):
    """The page of somebody signed in."""
    visitor.sign_in()
    visitor.page.wait_for_load_state()
    return visitor.page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_forms_of_deeds_are_sound_on_every_screen(case_unit, somebody, visit, width, scheme):
    visitor = visit(width, scheme)
    page = start(visitor)
    page.goto(f"/{case_unit.code}/people/{somebody.pk}/")
    addresses = [link.get_attribute("href") for link in page.locator(".deeds a").element_handles()]
    checked = [(page.url, faults_of(page), overflow_of(page))]
    for address in addresses:
        page.goto(address)
        checked.append((page.url, faults_of(page), overflow_of(page)))
    assert [each for each in checked if each[1] or each[2] > 0] == []
    assert len(checked) == 10
    assert visitor.complaints == []


def test_retiring_is_foretold_done_and_on_the_roster_of_the_day(case_unit, somebody, visit):
    visitor = visit("phone")
    page = start(visitor)
    page.goto(f"/{case_unit.code}/people/{somebody.pk}/")
    page.locator(".deeds a", has_text="退休").click()
    page.locator("#id_day").type("2017.9.1")
    expect(page.locator(".foretold li")).to_have_text(
        [
            "在职情况“在职”：2017-08-31当天仍计入，自2017-09-01起不再计入。",
            "职务“教务处主任”：2017-08-31当天仍计入，自2017-09-01起不再计入。",
            "在职情况“退休”：自2017-09-01起计入。",
        ]
    )
    page.get_by_label("教务处主任").uncheck()
    expect(page.locator(".foretold li")).to_have_count(2)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/people/{somebody.pk}/")
    assert "自2017-09-01起计入" in page.locator("main").inner_text()
    for day, status in (("2017.8.31", "在职"), ("2017.9.1", "退休"), ("2017.9.2", "退休")):
        page.goto(f"/{case_unit.code}/people/{somebody.pk}/?day={day}")
        assert status in page.locator(".person-facts").inner_text()
    with scope_of_unit(case_unit):
        assert Employment.objects.filter(member=somebody).count() == 2
    assert visitor.complaints == []


def test_refused_form_keeps_what_was_typed_and_says_where(case_unit, somebody, visit):
    visitor = visit()
    page = start(visitor)
    page.goto(f"/{case_unit.code}/people/{somebody.pk}/retire/")
    page.locator("#id_day").fill("九月")
    page.locator(".entry-actions button").click()
    page.locator("#id_day_error").wait_for()
    assert page.locator("#id_day").input_value() == "九月"
    assert faults_of(page) == []
