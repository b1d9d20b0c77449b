"""The desk's pages: writing, previewing, ordering sections, going back, and who may do so."""

import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reports.figures import REGISTER
from reports.models import Report, Section
from tests import factories
from tests.reports.addresses import address
from units.acting import Act, acting
from units.roles import Role
from units.scoping import scope_of_unit


@pytest.fixture
def report(school, cast):
    """A draft of two sections, the first of which names a figure."""
    with acting(Act(user=cast.clerk)):
        factories.unit_year(school)
        factories.activity(school, "参观航海博物馆", kind="visit", place="航海博物馆")
        row = factories.report(school)
        factories.section(row, 1, heading="共建", body="参观{visit_places}。")
        factories.section(row, 2, heading="不足", body="还不够。")
    return row


@pytest.fixture
def first(report) -> Section:
    with scope_of_unit(report.unit):
        return report.sections.get(position=1)


@pytest.fixture
def clerk(cast) -> Client:
    return browser_of(cast.clerk)


def browser_of(user) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def text(answer) -> str:
    return answer.content.decode()


def careful(answer) -> dict:
    """The hidden stamp or token of a page."""
    name, value = re.search(r'name="(_stamp|_token)" value="([^"]+)"', text(answer)).groups()
    return {name: value}


def sections(school) -> list[tuple]:
    with scope_of_unit(school):
        rows = Section.objects.order_by("position")
        return list(rows.values_list("position", "level", "heading", "body"))


def test_desk_opens_at_the_first_section(clerk, school, first):
    page = address("report-section", school, first.pk)
    assert clerk.get(address("report-desk", school)).url == page
    shown = text(clerk.get(page))
    assert "参观{visit_places}。" in shown
    chips = re.search(r'id="desk-chips"[^>]*>(.+?)</script>', shown)[1]
    assert json.loads(chips)["{visit_places}"]["words"] == "航海博物馆"
    assert 'class="current"' in shown
    assert "航海博物馆" in shown


def test_desk_of_a_report_that_is_not_begun(clerk, school):
    factories.unit_year(school)
    answer = clerk.get(address("report-desk", school), follow=True)
    assert "沿用" not in text(answer)
    assert "提纲：队伍–工作–不足" in text(answer)
    assert clerk.get(address("report-head", school)).status_code == 404


def test_begin_says_what_was_left_out(clerk, school):
    factories.unit_year(school)
    factories.report(school, 2016)
    with scope_of_unit(school):
        last = Report.objects.get(year=2016)
    factories.section(last, heading="共建", body="很好。参观{visit_places}。")
    answer = clerk.post(address("report-begin", school), {"pattern": "year:2016"}, follow=True)
    name = REGISTER["visit_places"].name
    assert f"以下语句因本年没有相应记录而略去：参观〔{name}〕。" in text(answer)
    with scope_of_unit(school):
        assert Report.objects.get(year=2017).sections.get().body == "很好。"


@pytest.mark.parametrize("pattern", ["", "year:2015", "shipped:../2017"])
def test_begin_with_what_is_not_offered(clerk, school, pattern):
    factories.unit_year(school)
    answer = clerk.post(address("report-begin", school), {"pattern": pattern}, follow=True)
    assert "请选择起草依据。" in text(answer)
    with scope_of_unit(school):
        assert not Report.objects.exists()


def test_section_is_saved_with_its_tokens(clerk, school, first):
    page = address("report-section", school, first.pk)
    typed = {"level": "2", "heading": "共建共融", "body": "共参观{visits_count|digits}。\n第二段。"}
    answer = clerk.post(page, {**typed, **careful(clerk.get(page))}, follow=True)
    assert "已保存" in text(answer)
    assert ">1次</a>。" in text(answer)
    assert sections(school)[0] == (1, 2, "共建共融", "共参观{visits_count|digits}。\n第二段。")


def test_unknown_figure_is_told_and_nothing_is_lost(clerk, school, first):
    page = address("report-section", school, first.pk)
    typed = {"level": "1", "heading": "共建", "body": "共{visits_cuont}次。"}
    answer = clerk.post(page, {**typed, **careful(clerk.get(page))})
    assert "{visits_count}" in text(answer)
    assert "共{visits_cuont}次。</textarea>" in text(answer)
    assert sections(school)[0][3] == "参观{visit_places}。"


def test_two_write_one_section_and_the_second_sees_both(clerk, cast, school, first):
    page = address("report-section", school, first.pk)
    other = browser_of(cast.secretary)
    mine, theirs = careful(clerk.get(page)), careful(other.get(page))
    typed = {"level": "1", "heading": "共建"}
    clerk.post(page, {**typed, **mine, "body": "先保存的。"})
    answer = text(other.post(page, {**typed, **theirs, "body": "后保存的。"}))
    assert "先保存的。" in answer
    assert "后保存的。" in answer
    assert sections(school)[0][3] == "先保存的。"


def test_two_write_different_sections_and_both_are_kept(clerk, cast, school, report):
    with scope_of_unit(school):
        pages = [address("report-section", school, each.pk) for each in report.sections.all()]
    browsers = (clerk, browser_of(cast.secretary))
    stamps = [careful(each.get(page)) for each, page in zip(browsers, pages, strict=True)]
    for browser, page, stamp in zip(browsers, pages, stamps, strict=True):
        typed = {"level": "1", "heading": "同时", "body": "写的。"}
        assert browser.post(page, {**typed, **stamp}).status_code == 302
    assert [row[3] for row in sections(school)] == ["写的。", "写的。"]


def test_new_section_comes_behind_the_one_it_was_added_to(clerk, school, first):
    page = address("new-section", school) + f"?after={first.pk}"
    typed = {"level": "2", "heading": "新的", "body": "新写的。", "after": str(first.pk)}
    token = careful(clerk.get(page))
    for _each in range(2):
        answer = clerk.post(address("new-section", school), {**typed, **token})
    assert [row[2] for row in sections(school)] == ["共建", "新的", "不足"]
    with scope_of_unit(school):
        assert answer.url == address("report-section", school, Section.objects.get(level=2).pk)


def test_move_and_take_out(clerk, school, first):
    clerk.post(address("move-section", school, first.pk), {"direction": "down"})
    assert [row[2] for row in sections(school)] == ["不足", "共建"]
    page = address("remove-section", school, first.pk)
    assert "删去本节" in text(clerk.get(page))
    assert len(sections(school)) == 2
    clerk.post(page)
    assert [row[2] for row in sections(school)] == ["不足"]


def test_earlier_texts_are_compared_and_opened_again(clerk, school, first):
    page = address("report-section", school, first.pk)
    typed = {"level": "1", "heading": "共建", "body": "参观了博物馆。"}
    clerk.post(page, {**typed, **careful(clerk.get(page))})
    clerk.post(address("move-section", school, first.pk), {"direction": "down"})
    versions = text(clerk.get(address("section-versions", school, first.pk)))
    assert "<del>{visit_places}</del>" in versions
    assert "<ins>了博物馆</ins>" in versions
    assert versions.count('class="sheet"') == 2
    back = re.search(r'href="([^"]+\?version=\d+)"', versions)[1]
    opened = text(clerk.get(back))
    assert "参观{visit_places}。</textarea>" in opened
    assert sections(school)[1][3] == "参观了博物馆。"


def test_version_of_another_section_is_not_opened(clerk, school, report, first):
    with scope_of_unit(school):
        foreign = report.sections.get(position=2).history.get().history_id
    page = address("report-section", school, first.pk)
    assert "参观{visit_places}。</textarea>" in text(clerk.get(f"{page}?version={foreign}"))


def test_head_is_saved_and_its_tokens_are_checked(clerk, school, report):
    page = address("report-head", school)
    typed = {"title": "{unit_name}总结", "subtitle": "", "name": "总结", "signatory": "总支部"}
    answer = clerk.post(page, {**typed, **careful(clerk.get(page)), "signed_on": "12.29"})
    assert answer.status_code == 302
    with scope_of_unit(school):
        row = Report.objects.get()
    assert (row.title, str(row.signed_on)) == ("{unit_name}总结", "2017-12-29")
    answer = clerk.post(page, {**typed, **careful(clerk.get(page)), "title": "{unit_nam}"})
    assert "{unit_name}" in text(answer)
    with scope_of_unit(school):
        assert Report.objects.get().title == "{unit_name}总结"


def test_text_that_is_handed_in_is_not_written_and_nothing_typed_is_lost(
    clerk, cast, school, first
):
    page = address("report-section", school, first.pk)
    stamp = careful(clerk.get(page))
    with scope_of_unit(school):
        factories.handed_in(first.report, cast.secretary)
    answer = clerk.post(page, {**stamp, "level": "1", "heading": "共建", "body": "晚了一步。"})
    assert "总结已提交" in text(answer)
    assert "晚了一步。</textarea>" in text(answer)
    clerk.post(address("move-section", school, first.pk), {"direction": "down"})
    clerk.post(address("remove-section", school, first.pk))
    assert [row[2] for row in sections(school)] == ["共建", "不足"]
    assert clerk.get(page).url == address("report-preview", school)


def test_only_who_keeps_the_units_records_writes(cast, school, other_school, first):
    factories.report(other_school)
    pages = [
        address("report-section", school, first.pk),
        address("section-versions", school, first.pk),
        address("remove-section", school, first.pk),
        address("new-section", school),
        address("report-head", school),
        address("figure-panel", school),
    ]
    answers = {
        part: {browser_of(user).get(page).status_code for page in pages} for part, user in cast
    }
    assert answers == {
        "clerk": {200},
        "secretary": {200},
        "auditor": {403},
        "administrator": {403},
        "viewer": {403},
        "colleague": {404},
    }


def test_section_of_another_school_is_not_reached_by_its_key(cast, school, other_school, first):
    own = factories.report(other_school)
    factories.user(Role.CLERK, unit=other_school)
    browser = browser_of(cast.colleague)
    assert own.pk is not None
    for name in ("report-section", "section-versions", "remove-section"):
        assert browser.get(address(name, other_school, first.pk)).status_code == 404
    answer = browser.post(
        address("typed-preview", other_school), {"section": str(first.pk), "body": "x"}
    )
    assert "航海博物馆" not in text(answer)


def test_desk_takes_the_same_queries_for_one_section_and_for_many(clerk, school, first):
    page = address("report-section", school, first.pk)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert clerk.get(page).status_code == 200
        return len(asked)

    before = queries()
    for position in range(3, 33):
        factories.section(first.report, position, heading=f"第{position}节", body="文字。")
    assert queries() == before
