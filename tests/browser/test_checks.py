"""The checks of a text in a real browser: sound on every screen, a place answered by hand."""

import pytest

from reports.models import Report
from tests import factories
from tests.browser.conftest import WIDTHS
from tests.browser.soundness import faults_of, overflow_of
from units.scoping import scope_of_unit

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

BODY = """民革、民盟、民进、农工四个民主党派的成员共十九人，占比达18%，大多是高级教师。
民进、民盟的同志在2017年09月01日参加座谈会三次,民主党派党员[bookmark: _GoBack]踊跃发言。
九三的同志提出意见××条。"""


@pytest.fixture
def report(case_unit):
    """The report of the case with a section of many faults."""
    with scope_of_unit(case_unit):
        row = Report.objects.get(year=2017)
    factories.section(row, position=90, heading="补充", body=BODY)
    return row


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_page_of_checks_is_sound_on_every_screen(case_unit, report, visit, width, scheme):
    visitor = visit(width, scheme)
    visitor.sign_in()
    visitor.page.wait_for_url("**/2017/")
    page = visitor.page
    page.goto(f"/{case_unit.code}/2017/report/checks/")
    page.locator(".finding-answer summary").first.click()
    assert page.locator(".finding").count() > 10
    assert (faults_of(page), overflow_of(page)) == ([], 0)
    page.goto(f"/{case_unit.code}/2017/report/")
    assert "处提示未处理" in page.locator(".open-findings").inner_text()
    assert (faults_of(page), overflow_of(page)) == ([], 0)
    assert visitor.complaints == []


def test_place_is_answered_and_folded_away(case_unit, report, visit):
    visitor = visit("phone")
    visitor.sign_in()
    visitor.page.wait_for_url("**/2017/")
    page = visitor.page
    page.goto(f"/{case_unit.code}/2017/report/checks/")
    open_before = page.locator(".group .finding").count()
    vague = page.locator(".finding", has_text="大多").first
    vague.locator("summary").click()
    vague.locator("textarea").fill("按上年口径表述")
    vague.locator("button").click()
    page.wait_for_load_state()
    assert "理由已随总结保存" in page.locator(".notices").inner_text()
    assert page.locator(".group .finding").count() == open_before - 1
    assert not page.locator(".answered .finding").is_visible()
    page.locator(".answered > summary").click()
    assert "按上年口径表述" in page.locator(".answered .finding-reason").inner_text()
    page.locator(".group .finding h3 a", has_text="“补充”").first.click()
    page.wait_for_url("**/report/#p*")
    assert page.evaluate("document.querySelector(location.hash) !== null")
    assert visitor.complaints == []
