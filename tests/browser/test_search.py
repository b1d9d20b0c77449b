"""The search in a real browser: from the bar of any page, by key, by thumb, by day and by night."""

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser.conftest import WIDTHS
from tests.browser.soundness import faults_of, overflow_of

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def records(case_unit):
    """More than a few of one kind, and a person with pinyin."""
    factories.person(case_unit, "徐文清")
    for number in range(8):
        factories.activity(
            case_unit, f"第{number}次学习绩点方案", summary="各支部书记就绩点工资方案作了说明。"
        )
    factories.suggestion(case_unit, number=90, wording="建议公开绩点分配的办法。")
    return case_unit


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_search_is_sound_on_every_screen(records, visit, width, scheme, tmp_path):
    visitor = visit(width, scheme)
    visitor.sign_in()
    visitor.page.wait_for_url("**/2017/")
    page, checked = visitor.page, []
    page.goto(f"/{records.code}/search/")
    checked.append(("empty", faults_of(page), overflow_of(page)))
    for words in ("绩点", "没有这个词"):
        page.fill("#id_words", words)
        page.press("#id_words", "Enter")
        page.wait_for_load_state()
        page.screenshot(path=tmp_path / f"{width}-{scheme}-{len(checked)}.png", full_page=True)
        checked.append((words, faults_of(page), overflow_of(page)))
    assert [each for each in checked if each[1] or each[2] > 0] == []
    assert visitor.complaints == []


def test_a_slash_leads_to_the_box_in_the_bar_and_on_to_all_of_a_kind(records, visit):
    visitor = visit()
    visitor.sign_in()
    visitor.page.wait_for_url("**/2017/")
    page = visitor.page
    page.keyboard.press("/")
    expect(page.locator("#bar-words")).to_be_focused()
    page.keyboard.type("绩点")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/")
    assert page.locator(".search-group h2").all_inner_texts() == ["活动 8", "意见建议 1"]
    assert page.locator("mark").first.inner_text() == "绩点"
    page.click("text=活动：查看全部 8 条")
    page.wait_for_load_state()
    assert page.locator(".search-lines li").count() == 8
    assert page.url.endswith("/search/")
    page.click("text=第7次学习")
    page.wait_for_url("**/activities/*/")
    assert visitor.complaints == []


def test_a_slash_that_is_typed_stays_a_slash(records, visit):
    visitor = visit()
    visitor.sign_in()
    visitor.page.wait_for_url("**/2017/")
    page = visitor.page
    page.goto(f"/{records.code}/activities/new/study/")
    page.fill("[name=title]", "")
    page.locator("[name=title]").press_sequentially("1/2")
    assert page.locator("[name=title]").input_value() == "1/2"


def test_on_a_phone_somebody_is_found_by_initials(records, visit):
    visitor = visit("phone")
    visitor.sign_in()
    visitor.page.wait_for_url("**/2017/")
    page = visitor.page
    page.fill("#bar-words", "xwq")
    page.click(".bar-search button")
    page.wait_for_url("**/search/")
    page.click("text=徐文清")
    page.wait_for_url("**/people/*/")
    assert "徐文清" in page.locator("h1").inner_text()
    assert visitor.complaints == []
