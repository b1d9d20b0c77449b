"""Entering an activity in a real browser: from a notice to its page, nothing lost on the way."""

import re

import pytest
from playwright.sync_api import expect

from activities.models import Activity, Participation
from consultations.models import AgendaItem, Suggestion
from members.models import Member
from tests import factories
from tests.browser.conftest import PASSWORD, WIDTHS
from tests.browser.soundness import faults_of, overflow_of
from units.scoping import scope_of_unit

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

NO_CONNECTION = re.compile(r"net::ERR_(INTERNET_DISCONNECTED|FAILED)")
NOTICE = """关于召开学期末党派人员座谈会的通知
各民主党派成员：
　　一、时间：12月8日（周五）下午2:00
　　二、地点：学院二楼会议室
　　　　　　2017年12月4日
"""


@pytest.fixture
def clerk(visit):
    """Signs the clerk in: the visitor."""

    def make(*options):
        visitor = visit(*options)
        visitor.sign_in()
        visitor.page.wait_for_url("**/2017/")
        return visitor

    return make


@pytest.fixture
def start(case_unit) -> str:
    return f"/{case_unit.code}/activities/"


@pytest.fixture
def symposium(case_unit) -> Activity:
    with scope_of_unit(case_unit):
        return Activity.objects.get(title="学期末党派人员座谈会")


def stored(unit, title: str) -> Activity:
    with scope_of_unit(unit):
        return Activity.objects.get(title=title)


def key_of(unit, name: str) -> int:
    with scope_of_unit(unit):
        return Member.objects.get(name=name).pk


def save(page):
    page.locator(".entry-actions button").click()
    page.wait_for_url(re.compile(r"/activities/\d+/$"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_pages_are_sound_on_every_screen(clerk, start, symposium, width, scheme):
    visitor = clerk(width, scheme)
    page, checked = visitor.page, []
    own = f"{start}{symposium.pk}/"

    def check():
        checked.append((page.url, faults_of(page), overflow_of(page)))

    for address in (
        *(f"{start}?year=2017", f"{start}new/", f"{start}new/symposium/?year=2017"),
        *(f"{start}new/poll/", own, f"{own}edit/", f"{own}copy/", f"{own}delete/"),
        f"{own}sign-in-sheet/",
    ):
        page.goto(address)
        check()
    page.goto(f"{start}new/")
    page.fill("#id_notice", NOTICE)
    page.click(".notice-read")
    check()
    page.click(".notice-go a")
    page.fill("#id_head_count", "3")
    page.fill("#id_suggestions-pasted", "王无此：一条\n方昇：又一条")
    page.click("text=逐条列出")
    expect(page.locator("#suggestions-rows .field-error")).to_have_count(1)
    page.locator("#all-present").click()
    check()
    assert [each for each in checked if each[1] or each[2] > 0] == []
    assert len(checked) == 11
    assert visitor.complaints == []


def test_from_a_notice_to_the_page_of_the_activity(case_unit, clerk, start):
    visitor = clerk("phone")
    page = visitor.page
    page.goto(start)
    page.click("text=录入活动")
    page.fill("#id_notice", NOTICE)
    page.click(".notice-read")
    assert page.locator("table.records td:nth-child(2)").all_inner_texts() == [
        *("学期末党派人员座谈会", "2017-12-08", "学院二楼会议室", "座谈会"),
    ]
    page.click(".notice-go a")
    expect(page.locator("#id_started_on")).to_have_value("2017-12-08")
    # The roster of that day is there: 19, of whom one is excused and one did not come.
    page.locator("#all-present").click()
    excused, away = key_of(case_unit, "方昇"), key_of(case_unit, "贺兰亭")
    page.select_option(f".seat:has(#present-{excused}) select", label="请假")
    page.uncheck(f"#present-{away}")
    expect(page.locator("#counter")).to_have_text("应到19人 · 实到17人 · 请假1人")
    page.fill("#id_guests-0-capacity", "学院领导")
    page.fill("#id_guests-0-number", "3")
    page.fill("#id_head_count", "21")
    expect(page.locator("#counter")).to_contain_text("21")
    expect(page.locator("#counter")).to_have_class(re.compile("counter-differs"))
    page.fill("#id_head_count", "20")
    expect(page.locator("#counter")).not_to_have_class(re.compile("counter-differs"))
    save(page)
    assert "出席17人" in page.locator(".people").inner_text()
    assert visitor.complaints == []


def test_rows_grow_under_the_keyboard(case_unit, clerk, start):
    visitor = clerk()
    page = visitor.page
    page.goto(f"{start}new/symposium/?year=2017")
    page.fill("#id_started_on", "6.19")
    page.fill("#id_title", "键盘座谈会")
    page.focus("#id_agenda-0-subject")
    for subject in ("甲", "乙", "丙"):
        page.keyboard.type(subject)
        page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "id_agenda-3-subject"
    page.fill("#id_suggestions-0-wording", "增设停车位")
    page.keyboard.press("Tab")
    page.keyboard.type("方昇")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "id_suggestions-1-wording"
    page.keyboard.type("延长开放时间")
    save(page)
    row = stored(case_unit, "键盘座谈会")
    with scope_of_unit(case_unit):
        agenda = AgendaItem.objects.filter(consultation=row.pk).order_by("position")
        assert list(agenda.values_list("subject", flat=True)) == ["甲", "乙", "丙"]
        said = Suggestion.objects.filter(consultation=row.pk).order_by("number")
        assert [(each.wording, each.made_by) for each in said] == [
            ("增设停车位", "方昇"),
            ("延长开放时间", "不署名"),
        ]
    assert visitor.complaints == []


def test_pasted_names_and_suggestions_are_laid_out_for_checking(case_unit, clerk, start):
    visitor = clerk()
    page = visitor.page
    page.goto(f"{start}new/symposium/?year=2017")
    page.fill("#id_started_on", "6.19")
    page.keyboard.press("Tab")
    expect(page.locator(".seat")).to_have_count(19)
    page.fill("#id_names", "方昇、贺兰亭、无此人")
    page.click("#read-names")
    expect(page.locator(".names-found")).to_contain_text("无此人")
    expect(page.locator("[name=present]:checked")).to_have_count(2)
    page.fill("#id_names", "")
    page.fill("#id_suggestions-pasted", "1. 方昇：增设停车位。\n2. 延长开放时间。")
    page.click("text=逐条列出")
    expect(page.locator("#id_suggestions-1-wording")).to_have_value("延长开放时间。")
    expect(page.locator("#id_suggestions-0-signed_by")).to_have_value("方昇")
    expect(page.locator("#id_suggestions-pasted")).to_have_value("")
    assert visitor.complaints == []


def test_somebody_is_picked_by_initials(case_unit, clerk, start):
    secretary = factories.person(case_unit, "曾宪梓")
    visitor = clerk()
    page = visitor.page
    page.goto(f"{start}new/visit/?year=2017")
    page.fill("#id_started_on", "6.19")
    page.fill("#id_title", "参观")
    expect(page.locator(".seat")).to_have_count(19)
    page.click("#id_others-ts-control")
    page.keyboard.type("zxz")
    page.keyboard.press("Enter")
    expect(page.locator("#counter")).to_contain_text("实到1人")
    save(page)
    with scope_of_unit(case_unit):
        rows = Participation.objects.filter(activity__title="参观")
        assert list(rows.values_list("member", flat=True)) == [secretary.pk]
    assert visitor.complaints == []


def test_a_lost_connection_loses_nothing(case_unit, clerk, start):
    visitor = clerk("phone")
    page = visitor.page
    page.goto(f"{start}new/visit/?year=2017")
    page.fill("#id_title", "断网时写的")
    visitor.context.set_offline(True)
    page.locator(".entry-actions button").click()
    expect(page.locator(".entry-offline")).to_be_visible()
    assert page.input_value("#id_title") == "断网时写的"
    visitor.context.set_offline(False)
    expect(page.locator(".entry-offline")).to_have_count(0)
    save(page)
    assert stored(case_unit, "断网时写的").kind == "visit"
    assert [each for each in visitor.complaints if not NO_CONNECTION.search(each)] == []


def test_leaving_with_something_typed_warns(clerk, start):
    page = clerk().page
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(f"{start}new/visit/")
    page.goto(start)
    assert asked == []
    page.goto(f"{start}new/visit/")
    page.fill("#id_title", "没有保存")
    page.goto(start)
    assert asked == ["beforeunload"]


def test_a_session_that_ends_while_writing_loses_nothing(case_unit, clerk, start):
    """Check 7: rows, ticks and all."""
    visitor = clerk()
    page = visitor.page
    page.goto(f"{start}new/symposium/?year=2017")
    page.fill("#id_started_on", "6.19")
    page.fill("#id_title", "中断的座谈会")
    expect(page.locator(".seat")).to_have_count(19)
    page.locator("#all-present").click()
    for place, subject in enumerate(("甲", "乙", "丙")):
        page.fill(f"#id_agenda-{place}-subject", subject)
    page.fill("#id_suggestions-0-wording", "增设停车位")
    with page.expect_response(lambda answer: "/draft/" in answer.url and answer.ok):
        page.fill("#id_place", "会议室")
    visitor.context.clear_cookies(name="sessionid")
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator(".entry-actions button").click()
    page.fill("input[name=username]", "chenjing")
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.goto(f"{start}new/symposium/?year=2017")
    page.locator(".draft-bar button").first.click()
    expect(page.locator("#id_title")).to_have_value("中断的座谈会")
    expect(page.locator("#id_agenda-2-subject")).to_have_value("丙")
    expect(page.locator("#id_suggestions-0-wording")).to_have_value("增设停车位")
    expect(page.locator(".seat [name=present]:checked")).to_have_count(19)
    save(page)
    row = stored(case_unit, "中断的座谈会")
    with scope_of_unit(case_unit):
        assert row.participations.count() == 19
        assert AgendaItem.objects.filter(consultation=row.pk).count() == 3
        assert Suggestion.objects.filter(consultation=row.pk).count() == 1


def test_all_of_it_works_without_scripts(case_unit, new_context, live_server, start):
    context = new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/sign-in/")
    page.fill("input[name=username]", "chenjing")
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.goto(f"{start}new/symposium/?year=2017&started_on=6.19")
    page.fill("#id_title", "没有脚本")
    page.check(f"#present-{key_of(case_unit, '方昇')}")
    page.fill("#id_guests-1-capacity", "学院领导")
    page.fill("#id_agenda-1-subject", "校园文化")
    page.fill("#id_suggestions-pasted", "方昇：甲\n乙\n丙")
    page.locator(".entry-actions button").click()
    row = stored(case_unit, "没有脚本")
    with scope_of_unit(case_unit):
        assert row.participations.count() == 1
        assert row.guest_groups.count() == 1
        assert AgendaItem.objects.filter(consultation=row.pk).count() == 1
        assert Suggestion.objects.filter(consultation=row.pk).count() == 3
