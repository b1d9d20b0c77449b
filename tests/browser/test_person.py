"""A person's page in a real browser."""

import pytest

from tests.browser.conftest import WIDTHS
from tests.browser.soundness import faults_of, overflow_of

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_person_is_sound_on_every_screen(case_unit, visit, width, scheme):
    visitor = visit(width, scheme)
    page = visitor.page
    visitor.sign_in()
    page.wait_for_load_state()
    page.goto(f"/{case_unit.code}/people/")
    page.locator("table.list a", has_text="陆珺").click()
    page.locator("h1", has_text="陆珺").wait_for()
    address = page.url
    checked = []
    for query in ("", "?day=1990-01-01&only=post", "?day=unknown"):
        page.goto(f"{address}{query}")
        checked.append((query, faults_of(page), overflow_of(page)))
    assert [each for each in checked if each[1] or each[2] > 0] == []
    assert visitor.complaints == []


def test_day_is_chosen_by_keyboard_and_the_timeline_leads_to_an_activity(case_unit, visit):
    visitor = visit()
    page = visitor.page
    visitor.sign_in()
    page.wait_for_load_state()
    page.goto(f"/{case_unit.code}/people/")
    page.locator("table.list a", has_text="陆珺").click()
    page.locator("#id_day").fill("2016.11.19")
    page.keyboard.press("Enter")
    page.wait_for_url("**day=2016.11.19")
    facts = page.locator(".person-facts").inner_text()
    assert ("党派职务" in facts, "正高级教师" in facts) == (False, False)
    page.locator(".timeline a", has_text="学期末党派人员座谈会").click()
    page.wait_for_url("**/activities/*/")
    assert visitor.complaints == []
