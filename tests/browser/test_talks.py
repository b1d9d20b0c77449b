"""Talks of friends in a real browser: a pair, a talk, the tick, by mouse and by keyboard."""

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser.conftest import WIDTHS
from tests.browser.test_reading import faults_of, overflow_of

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def pair(case_unit):
    """A pair of two people with pinyin of their own."""
    leader = factories.person(case_unit, "徐文清")
    friend = factories.person(case_unit, "曾宪梓")
    return factories.talk_pair(case_unit, leader, friend)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_pages_of_talks_are_sound_on_every_screen(case_unit, pair, visit, width, scheme):
    talk = factories.talk(pair, "岗位与专业发展", follow_up="帮助联系教研组的活动")
    visitor = visit(width, scheme)
    visitor.sign_in()
    visitor.page.wait_for_url("**/2017/")
    page, start = visitor.page, f"/{case_unit.code}/talks/"
    checked = []
    for address in (
        f"{start}?year=2017",
        f"{start}new/",
        f"{start}{talk.pk}/",
        f"{start}{talk.pk}/delete/",
        f"{start}pairs/new/",
        f"{start}pairs/{pair.pk}/",
    ):
        page.goto(address)
        checked.append((page.url, faults_of(page), overflow_of(page)))
    assert [each for each in checked if each[1] or each[2] > 0] == []
    assert len(checked) == 6
    assert visitor.complaints == []


def test_from_a_pair_to_a_talk_that_is_ticked_off(case_unit, pair, visit):
    visitor = visit("phone")
    visitor.sign_in()
    visitor.page.wait_for_url("**/2017/")
    page = visitor.page
    page.goto(f"/{case_unit.code}/talks/?year=2017")
    page.locator("a", has_text="登记谈心").first.click()
    assert "徐文清 – 曾宪梓" in page.locator(".ts-control").inner_text()
    page.fill("[name=started_on]", "4.5")
    page.fill("[name=title]", "岗位与专业发展")
    page.fill("[name=follow_up]", "帮助联系教研组的活动")
    page.click(".entry-actions button")
    page.wait_for_url("**/talks/?year=2017")
    row = page.locator("table.records").nth(1).locator("tbody tr")
    assert row.count() == 1
    assert "2017-04-05" in row.inner_text()
    row.locator("button", has_text="完成").click()
    page.wait_for_load_state()
    assert "已办" in page.locator(".follow-up").inner_text()
    assert visitor.complaints == []


def test_a_pair_is_found_by_its_initials(case_unit, pair, visit):
    factories.talk_pair(case_unit, factories.person(case_unit, "张三"))
    visitor = visit()
    visitor.sign_in()
    visitor.page.wait_for_url("**/2017/")
    page = visitor.page
    page.goto(f"/{case_unit.code}/talks/new/")
    page.locator(".ts-control input").type("zxz")
    expect(page.locator(".ts-dropdown .option")).to_have_text(["徐文清 – 曾宪梓"])
    page.keyboard.press("Enter")
    assert page.locator("[name=pair]").input_value() == str(pair.pk)


def test_a_faulty_talk_keeps_what_was_typed_and_says_where(case_unit, pair, visit):
    visitor = visit()
    visitor.sign_in()
    visitor.page.wait_for_url("**/2017/")
    page = visitor.page
    page.goto(f"/{case_unit.code}/talks/new/?pair={pair.pk}")
    page.fill("[name=started_on]", "昨天")
    page.fill("[name=title]", "岗位与专业发展")
    page.click(".entry-actions button")
    assert page.locator(".field-error").count() == 1
    assert page.locator("[name=started_on]").input_value() == "昨天"
    assert page.locator("[name=title]").input_value() == "岗位与专业发展"
    assert faults_of(page) == []
