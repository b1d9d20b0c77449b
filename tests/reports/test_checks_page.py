"""The page of the checks of a text: what it shows, how a place is answered, and who may."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reports.annual import annual_report
from reports.models import TextAnswer
from reports.text_checks.answers import answer, checked
from tests import factories
from tests.reports.addresses import address
from units.acting import Act, acting
from units.models import Event
from units.recording import ChangeRefused
from units.scoping import scope_of_unit

BODY = "多次走访教师。\n学院[bookmark: _GoBack]工作有序。"


@pytest.fixture
def report(school, cast):
    """A draft with a vague word and a leftover."""
    factories.unit_year(school)
    row = factories.report(school)
    factories.section(row, heading="共建", body=BODY)
    return row


def browser_of(user) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def text(answer) -> str:
    return answer.content.decode()


def found(school):
    with scope_of_unit(school):
        return checked(annual_report(school, 2017))


def change_body(report, body: str):
    with scope_of_unit(report.unit):
        section = report.sections.get()
        section.body = body
        section.save()


def post(user, school, fingerprint: str, reason: str):
    page = address("report-checks", school)
    return browser_of(user).post(page, {"fingerprint": fingerprint, "reason": reason}, follow=True)


def test_page_lists_the_findings_by_kind_with_where_why_and_what(report, cast, school):
    shown = text(browser_of(cast.clerk).get(address("report-checks", school)))
    assert "2处提示未处理" in shown
    assert re.findall(r'<h2 id="(\w+)">', shown) == ["vague", "leftover"]
    # Heading 1, paragraphs 2 and 3.
    preview = address("report-preview", school)
    assert f'<a href="{preview}#p2">“共建”第1段</a>' in shown
    assert f'<a href="{preview}#p3">“共建”第2段</a>' in shown
    assert "<mark>多次</mark>走访教师。" in shown
    assert "学院<mark>[bookmark: _GoBack]</mark>工作有序。" in shown
    assert "“[bookmark: _GoBack]”是写作时留下的，请补写或删去。" in shown
    paragraphs = text(browser_of(cast.clerk).get(preview))
    assert '<p id="p2">多次走访教师。</p>' in paragraphs


def test_who_writes_is_led_to_the_place_at_the_desk(report, cast, school):
    page = address("report-checks", school)
    with scope_of_unit(school):
        desk = address("report-section", school, report.sections.get().pk)
    assert text(browser_of(cast.clerk).get(page)).count(f'href="{desk}"') == 2
    assert f'href="{desk}"' not in text(browser_of(cast.viewer).get(page))
    assert f'href="{page}"' in text(browser_of(cast.clerk).get(desk))
    factories.handed_in(report, cast.clerk)
    assert f'href="{desk}"' not in text(browser_of(cast.secretary).get(page))


def test_answered_place_is_folded_away_with_its_reason_and_by_whom(report, cast, school):
    vague, leftover = found(school).open
    answer = post(cast.clerk, school, vague.fingerprint, "走访为日常工作，不作统计")
    assert "理由已随总结保存。" in text(answer)
    assert "1处提示未处理" in text(answer)
    assert "走访为日常工作，不作统计" in text(
        browser_of(cast.viewer).get(address("report-checks", school))
    )
    now = found(school)
    assert now.open == (leftover,)
    assert [(each.finding, each.answer.reason, each.answer.by) for each in now.answered] == [
        (vague, "走访为日常工作，不作统计", cast.clerk)
    ]


def test_answer_stays_with_its_place_over_unrelated_edits(report, cast, school):
    vague = found(school).open[0]
    post(cast.clerk, school, vague.fingerprint, "日常工作")
    change_body(report, "新加的一段话。\n全年平稳，多次走访教师。\n学院工作有序。")
    now = found(school)
    assert [each.answer.reason for each in now.answered] == ["日常工作"]
    assert now.open == ()


def test_answer_does_not_hold_once_its_words_change(report, cast, school):
    vague = found(school).open[0]
    post(cast.clerk, school, vague.fingerprint, "日常工作")
    change_body(report, "多次走访退休教师和学生家庭。")
    now = found(school)
    assert now.answered == ()
    assert [each.excerpt.place for each in now.open] == ["多次"]


def test_answer_does_not_hold_once_the_records_say_otherwise(report, cast, school):
    change_body(report, "民主党派成员九人。")
    (typed,) = found(school).open
    post(cast.clerk, school, typed.fingerprint, "按上年口径")
    factories.member(school, party="民盟")
    now = found(school)
    assert now.answered == ()
    assert len(now.open) == 1


def test_places_that_read_alike_are_answered_one_by_one(report, cast, school):
    change_body(report, "多次走访教师。\n多次走访教师。")
    first, second = found(school).open
    post(cast.clerk, school, second.fingerprint, "同上")
    now = found(school)
    assert now.open == (first,)
    assert [each.finding for each in now.answered] == [second]


def test_latest_answer_holds_and_the_same_is_kept_once(report, cast, school):
    vague = found(school).open[0]
    for reason in ("日常工作", "日常工作", "不作统计"):
        post(cast.clerk, school, vague.fingerprint, reason)
    with scope_of_unit(school):
        assert [row.reason for row in TextAnswer.objects.all()] == ["日常工作", "不作统计"]
    assert [each.answer.reason for each in found(school).answered] == ["不作统计"]


def test_answer_without_a_reason_is_asked_again_at_its_place(report, cast, school):
    vague = found(school).open[0]
    shown = text(post(cast.clerk, school, vague.fingerprint, "  "))
    assert shown.count("请写明理由，或修改正文。") == 1
    assert shown.count('<details class="finding-answer" open>') == 1
    assert len(found(school).open) == 2


def test_answer_to_a_place_that_is_gone_is_refused_in_words(report, cast, school):
    vague = found(school).open[0]
    change_body(report, "学院工作有序。")
    shown = text(post(cast.clerk, school, vague.fingerprint, "日常工作"))
    assert "这处提示已不存在" in shown
    with scope_of_unit(school):
        assert TextAnswer.objects.count() == 0


def test_only_who_writes_the_report_answers(report, cast, school):
    vague = found(school).open[0]
    assert post(cast.viewer, school, vague.fingerprint, "看过").status_code == 403
    assert post(cast.colleague, school, vague.fingerprint, "看过").status_code == 404
    viewed = text(browser_of(cast.viewer).get(address("report-checks", school)))
    assert "finding-answer" not in viewed
    with scope_of_unit(school), acting(Act(user=cast.viewer)):
        annual = annual_report(school, 2017)
        for by in (cast.viewer, cast.clerk):
            with pytest.raises(PermissionDenied):
                answer(
                    annual,
                    fingerprint=vague.fingerprint,
                    reason="看过",
                    by=by,
                    moment=timezone.now(),
                )


def test_answers_are_written_once_logged_and_closed_with_the_seal(report, cast, school):
    vague = found(school).open[0]
    post(cast.clerk, school, vague.fingerprint, "日常工作")
    logged = Event.objects.filter(model="reports.textanswer")
    assert [(event.action, event.actor) for event in logged] == [("create", cast.clerk)]
    with scope_of_unit(school):
        row = TextAnswer.objects.get()
        row.reason = "改"
        with pytest.raises(PermissionDenied):
            row.save()
        with pytest.raises(DatabaseError), transaction.atomic():
            TextAnswer._base_manager.filter(pk=row.pk)._raw_delete("default")
    factories.sealed(report, author=cast.clerk, signer=cast.secretary)
    page = browser_of(cast.clerk).get(address("report-checks", school))
    assert "finding-answer" not in text(page)
    with scope_of_unit(school), pytest.raises(ChangeRefused):
        answer(
            annual_report(school, 2017),
            fingerprint=found(school).open[0].fingerprint,
            reason="补",
            by=cast.clerk,
            moment=timezone.now(),
        )


def test_open_places_are_counted_before_signing_and_keep_nobody_from_it(report, cast, school):
    words = "送审前还有2处提示未处理。"
    assert words in text(browser_of(cast.clerk).get(address("report-preview", school)))
    handed_in = browser_of(cast.clerk).post(address("report-submit", school), follow=True)
    assert "总结已提交。" in text(handed_in)
    assert "提交时正文还有2处提示未处理。" in text(handed_in)
    assert words in text(browser_of(cast.secretary).get(address("report-sign", school)))


def test_outline_is_read_and_not_answered(cast, school):
    factories.unit_year(school)
    shown = text(browser_of(cast.clerk).get(address("report-checks", school)))
    assert "总结尚未起草，以下检查的是提纲。" in shown
    assert "finding-answer" not in shown


def test_one_finding_and_three_cost_the_same_queries(report, cast, school):
    browser, page = browser_of(cast.clerk), address("report-checks", school)
    numbers = []
    for body in ("学院××有序。", "学院××有序。\n工作××有序。\n教师××有序。"):
        change_body(report, body)
        browser.get(page)
        with CaptureQueriesContext(connection) as asked:
            browser.get(page)
        numbers.append(len(asked))
    assert numbers[0] == numbers[1] < 40
