"""The start page in a real browser: what needs attention, the charts, what changed lately."""

import pytest

from tests import factories
from tests.browser.conftest import WIDTHS
from tests.browser.soundness import faults_of, overflow_of

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def records(case_unit):
    """The case, with an entry of today and something to see to of most kinds."""
    factories.suggestion(case_unit, number=91)
    factories.talk_pair(case_unit, times_a_year=12)
    factories.activity(case_unit, "参观烈士陵园", kind="visit")
    factories.activity(case_unit, "草稿", started_on=None)
    return case_unit


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_start_page_is_sound_on_every_screen(records, visit, width, scheme, tmp_path):
    visitor = visit(width, scheme)
    visitor.sign_in()
    page = visitor.page
    page.wait_for_url("**/2017/")
    page.screenshot(path=tmp_path / f"start-{width}-{scheme}.png", full_page=True)
    checked = [(faults_of(page), overflow_of(page))]
    for summary in page.locator(".chart-sheet summary").all():
        summary.click()
    page.screenshot(path=tmp_path / f"start-{width}-{scheme}-open.png", full_page=True)
    checked.append((faults_of(page), overflow_of(page)))
    assert [each for each in checked if each[0] or each[1] > 0] == []
    assert page.locator("svg.chart").count() == 4
    assert visitor.complaints == []


def test_a_number_of_a_chart_leads_to_its_list(records, visit):
    visitor = visit()
    visitor.sign_in()
    page = visitor.page
    page.wait_for_url("**/2017/")
    sheet = page.locator(".chart-sheet", has_text="各党派人数")
    drawn = sheet.locator("svg .chart-number").all_text_contents()
    sheet.locator("summary").click()
    rows = sheet.locator("tr td").all_inner_texts()
    assert [row.removesuffix(" 人") for row in rows] == drawn
    first = sheet.locator("a").first
    number = first.inner_text()
    first.click()
    page.wait_for_url("**/people/**")
    assert page.locator("tbody tr").count() == int(number)


def test_what_needs_attention_is_worked_off_from_its_list(records, visit):
    visitor = visit("phone")
    visitor.sign_in()
    page = visitor.page
    page.wait_for_url("**/2017/")
    need = page.locator(".needs a", has_text="逾期未处理")
    number = int(need.locator("strong").inner_text())
    need.click()
    page.wait_for_url("**/suggestions/?state=overdue")
    assert page.locator("tbody tr").count() == min(number, 50)
    assert visitor.complaints == []


def test_what_changed_leads_to_the_record(records, visit):
    visitor = visit()
    visitor.sign_in()
    page = visitor.page
    page.wait_for_url("**/2017/")
    link = page.locator(".changes a[href*='/activities/']").first
    name = link.inner_text()
    link.click()
    page.wait_for_url("**/activities/*/")
    assert name in page.locator("h1").inner_text()
