"""The desk in a real browser: a report from a fresh draft, its figures put in, not one typed."""

import re

import pytest
from playwright.sync_api import expect

from reports.models import Report, Section
from tests.browser.conftest import WIDTHS
from tests.browser.soundness import faults_of, overflow_of
from units.scoping import scope_of_unit

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def fresh(case_unit):
    """The unit of the 2017 case without its report: every record is there, no text."""
    with scope_of_unit(case_unit):
        Report.objects.all().delete()
    return case_unit


def begin(visitor, unit):
    """Sign in and begin the report from the outline."""
    visitor.sign_in()
    visitor.page.wait_for_url("**/2017/")
    visitor.page.goto(f"/{unit.code}/2017/report/")
    visitor.page.select_option("select[name=pattern]", "shipped:2017")
    visitor.page.click(".begin button")
    visitor.page.wait_for_url("**/report/write/*/")


def section(unit, heading) -> Section:
    with scope_of_unit(unit):
        return Section.objects.get(heading__startswith=heading)


def test_report_is_written_from_a_fresh_draft_without_typing_a_number(fresh, visit):
    visitor = visit()
    begin(visitor, fresh)
    page = visitor.page
    # 19 members, of whom 16 in service: out of the records, as chips.
    editor = page.locator(".chips-text")
    expect(editor.locator(".chip[title='民主党派成员']")).to_have_text("19人")
    assert "19人" in page.locator("#desk-preview .current").nth(1).inner_text()

    page.click(".desk-outline a:has-text('存在不足')")
    page.wait_for_url("**/write/*/")
    editor = page.locator(".chips-text")
    editor.click()
    page.keyboard.type("联系还不够经常，明年再增加座谈，今年为")
    page.click(".desk-figures summary")
    page.fill("#figure-search", "座谈会")
    button = page.locator(".desk-figures-list [data-token='{symposia_count}']")
    expect(button).to_be_visible()
    button.click()
    page.keyboard.type("。")
    words = button.inner_text()
    expect(page.locator("#desk-preview .current").last).to_have_text(
        f"联系还不够经常，明年再增加座谈，今年为{words}。"
    )
    page.click(".entry-actions button")
    expect(page.locator(".notice, .messages").first).to_contain_text("已保存")
    stored = section(fresh, "存在不足").body
    assert stored == "联系还不够经常，明年再增加座谈，今年为{symposia_count}。"
    with scope_of_unit(fresh):
        texts = [row.heading + row.body for row in Section.objects.all()]
    assert [text for text in texts if re.search(r"\d", re.sub(r"\{[^}]*\}", "", text))] == []
    printed = page.locator("#desk-preview article").inner_text()
    facts = ("共19人", "总数的18%", "三个平台", "共计6000元")
    assert [fact for fact in facts if fact not in printed] == []
    assert visitor.complaints == []


def test_a_chip_is_given_another_wording_and_deleted_by_a_key(fresh, visit):
    visitor = visit()
    begin(visitor, fresh)
    page = visitor.page
    chip = page.locator(".chips-text .chip", has_text="19人").first
    chip.click()
    other = page.locator(".desk-figures-list [data-token='{members_total|cn}']")
    expect(other).to_be_visible()
    other.click()
    field = page.locator("textarea[name=body]")
    assert "{members_total|cn}" in field.input_value()
    assert "{members_total}" not in field.input_value()
    page.keyboard.press("Backspace")
    assert "{members_total" not in field.input_value()
    assert visitor.complaints == []


def test_paste_from_word_keeps_the_text_and_drops_the_rest(fresh, visit):
    visitor = visit()
    begin(visitor, fresh)
    page = visitor.page
    page.click(".desk-outline a:has-text('存在不足')")
    page.wait_for_url("**/write/*/")
    page.locator(".chips-text").click()
    page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.setData("text/html", "<p class=MsoNormal style='color:red'><b>第一段。</b></p>"
              + "<table><tr><td>第二段。</td></tr></table>");
            data.setData("text/plain", "第一段。\\r\\n第二段。");
            document.querySelector(".chips-text").dispatchEvent(
              new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }"""
    )
    assert page.locator("textarea[name=body]").input_value() == "第一段。\n第二段。"
    expect(page.locator("#desk-preview p.current")).to_have_text(["第一段。", "第二段。"])
    page.click(".entry-actions button")
    expect(page.locator("#desk-preview p.current")).to_have_text(["第一段。", "第二段。"])
    assert section(fresh, "存在不足").body == "第一段。\n第二段。"
    assert visitor.complaints == []


def test_preview_says_when_it_is_not_what_was_typed(fresh, visit):
    visitor = visit()
    begin(visitor, fresh)
    page = visitor.page
    page.route("**/write/preview/", lambda route: route.abort())
    page.locator(".chips-text").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("新的话")
    expect(page.locator(".desk-stale")).to_be_visible()
    page.unroute("**/write/preview/")
    page.keyboard.type("。")
    expect(page.locator(".desk-stale")).to_have_count(0)
    expect(page.locator("#desk-preview article")).to_contain_text("新的话。")


def test_what_is_typed_is_kept_and_put_back(fresh, visit):
    visitor = visit()
    begin(visitor, fresh)
    page = visitor.page
    page.locator(".chips-text").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("还没有保存的话。")
    expect(page.locator("#desk-kept")).to_contain_text("已暂存", timeout=10_000)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.click(".draft-bar button:has-text('恢复')")
    expect(page.locator(".chips-text")).to_contain_text("还没有保存的话。")
    assert page.locator(".chips-text .chip").count() > 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_pages_of_the_desk_are_sound_on_every_screen(fresh, visit, width, scheme):
    visitor = visit(width, scheme)
    begin(visitor, fresh)
    page = visitor.page
    first = page.url
    page.click(".desk-figures summary")
    expect(page.locator("[data-token='{members_total}']")).to_be_visible()
    checked = [(first, faults_of(page), overflow_of(page))]
    for more in ("versions/", "remove/", "../head/", "../new/"):
        page.goto(f"{first}{more}")
        checked.append((page.url, faults_of(page), overflow_of(page)))
    assert [each for each in checked if each[1] or each[2] > 0] == []
    assert visitor.complaints == []
