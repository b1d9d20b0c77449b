"""Suggestions, proposals, promises and reminders in a real browser, over a year of forty."""

from datetime import date

import pytest
from playwright.sync_api import expect

from consultations.models import Suggestion
from tests import factories
from tests.browser.conftest import WIDTHS
from tests.browser.soundness import faults_of, overflow_of
from tests.consultations.forty import HIDDEN, YEAR, year_of_forty
from units.scoping import scope_of_unit

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

LONG = "建议在新建教学楼旁增设教职工停车位，并为来访家长预留临时停车区，错时向社区开放。" * 4


@pytest.fixture
def forty(case_unit):
    """The case's school with a made-up year, a proposal, promises of each outcome; its rows."""
    made = year_of_forty(case_unit)
    speaker = factories.member(case_unit, "周提案", party="民盟")
    proposal = factories.proposal(case_unit, "关于完善学区停车的提案", proposers=[speaker])
    factories.adoption(proposal, "区政协", level="district", instruction="请教育局研究办理")
    factories.adoption(proposal, "市政协")
    promise = factories.promise(case_unit, "完善责任区工作，使之常态化制度化", made_in=2017)
    visit = factories.activity(case_unit, "责任区访谈", started_on=date(2018, 5, 4))
    kept = factories.review(promise, on=date(2018, 6, 1), outcome="partly", words="半数已访")
    with scope_of_unit(case_unit):
        kept.activities.add(visit)
    factories.promise(case_unit, "改进座谈会的组织", made_in=2017, kind="shortcoming")
    hidden = factories.member(case_unit, HIDDEN, party="民盟")
    factories.participation(factories.activity(case_unit), hidden)
    return {"suggestion": made["planned"][0], "proposal": proposal, "promise": promise}


def addresses(unit, rows) -> list[str]:
    start, row = f"/{unit.code}/", rows["suggestion"]
    return [
        f"{start}suggestions/",
        f"{start}suggestions/board/",
        f"{start}suggestions/new/",
        f"{start}suggestions/{row.pk}/",
        f"{start}suggestions/{row.pk}/edit/",
        f"{start}suggestions/{row.pk}/slip/",
        f"{start}suggestions/{row.pk}/reply/",
        f"{start}suggestions/{row.pk}/assigned/",
        f"{start}{YEAR}/results/",
        f"{start}{YEAR}/suggestion-ledger/",
        f"{start}reminders/",
        f"{start}proposals/",
        f"{start}proposals/new/",
        f"{start}proposals/{rows['proposal'].pk}/",
        f"{start}proposals/{rows['proposal'].pk}/edit/",
        f"{start}promises/?year={YEAR}",
        f"{start}promises/new/",
        f"{start}promises/{rows['promise'].pk}/review/",
        f"{start}2017/report/promises/",
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_pages_are_sound_on_every_screen(case_unit, forty, visit, width, scheme):
    visitor = visit(width, scheme)
    visitor.sign_in()
    visitor.page.wait_for_url("**/2017/")
    page, checked = visitor.page, []
    for address in addresses(case_unit, forty):
        page.goto(address)
        checked.append((page.url, faults_of(page), overflow_of(page)))
        assert HIDDEN not in page.locator("main").inner_text() or page.locator("form.entry").count()
    assert [each for each in checked if each[1] or each[2] > 0] == []
    assert len(checked) == 19
    assert visitor.complaints == []


@pytest.mark.parametrize("width", WIDTHS)
def test_one_goes_the_whole_way_and_comes_back(case_unit, forty, visit, width):
    """Registered, accepted, assigned, answered, told, not satisfied, opened again, and closed."""
    visitor = visit(width)
    visitor.sign_in()
    visitor.page.wait_for_url("**/2017/")
    page = visitor.page
    page.goto(f"/{case_unit.code}/suggestions/new/")
    page.fill("[name=wording]", LONG)
    page.fill("[name=registered_on]", "2018-9-3")
    page.select_option("[name=signature]", "unsigned")
    _save(page)
    with scope_of_unit(case_unit):
        row = Suggestion.objects.get(wording=LONG)
        office = row.unit.pk and factories.department(case_unit, "后勤处")
    assert (row.year, row.number) == (YEAR, 41)
    expect(page.locator(".state").first).to_have_text("已登记")
    for deed, fields, state in (
        ("受理", {"on": "2018-9-4"}, "受理"),
        ("交办", {"on": "2018-9-5", "department": office.pk, "due_on": "2018-10-8"}, "办理中"),
        ("延期", {"on": "2018-9-30", "due_on": "2018-11-1", "words": "需核算"}, "办理中"),
        ("答复", {"replied_on": "2018-10-15", "wording": "已列入计划。"}, "已答复"),
        ("认定结果", {"on": "2018-10-15", "result": "planned", "words": "明年施工"}, "已答复"),
        ("反馈", {"on": "2018-10-16", "way": "face", "satisfaction": "dissatisfied"}, "已反馈"),
        ("再办理", {"on": "2018-10-17", "words": "提出人不满意"}, "办理中"),
        ("答复", {"replied_on": "2018-11-5", "wording": "已提前施工。"}, "已答复"),
        ("认定结果", {"on": "2018-11-20", "result": "planned", "words": "明年完工"}, "已答复"),
        ("反馈", {"on": "2018-11-21", "way": "phone", "satisfaction": "satisfied"}, "已反馈"),
        ("办结", {"on": "2018-11-22"}, "办结"),
        ("跟踪办理", {"on": "2019-3-1", "outcome": "done"}, "办结"),
    ):
        page.locator(".steps a", has_text=deed).first.click()
        for name, value in fields.items():
            _enter(page, name, str(value))
        _save(page)
        expect(page.locator(".state").first).to_have_text(state)
    assert page.locator(".timeline li").count() == 13
    assert page.locator(".timeline .is-reply time").all_inner_texts() == [
        "2018-10-15",
        "2018-11-05",
    ]
    assert visitor.complaints == []


def _enter(page, name: str, value: str):
    field = page.locator(f"form.entry [name={name}]")
    if field.evaluate("each => each.tagName") == "SELECT":
        field.select_option(value, force=True)
    else:
        field.fill(value)


def _save(page):
    page.click(".entry-actions button")
    page.wait_for_load_state()


def test_a_proposal_is_entered_by_keyboard_and_found(case_unit, forty, visit):
    visitor = visit("phone")
    visitor.sign_in()
    visitor.page.wait_for_url("**/2017/")
    page = visitor.page
    page.goto(f"/{case_unit.code}/proposals/new/")
    page.select_option("[name=kind]", "opinion")
    page.fill("[name=title]", "关于课后服务的社情民意")
    page.fill("[name=submitted_on]", "2018-4-2")
    page.fill("[name=adoptions-0-body]", "民盟市委")
    page.select_option("[name=adoptions-0-level]", "provincial")
    page.fill("[name=adoptions-0-adopted_on]", "5.6")
    page.locator(".entry-actions button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/proposals/*/")
    assert "2018-05-06" in page.locator("table.records").inner_text()
    page.goto(f"/{case_unit.code}/proposals/?adopted=provincial")
    names = page.locator("table.records tbody th").all_inner_texts()
    assert names == ["关于课后服务的社情民意", "关于完善学区停车的提案"]
    assert visitor.complaints == []
