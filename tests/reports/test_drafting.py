"""From an outline to a report: which sentences fall away, what becomes of tokens."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from reports.annual import annual_report
from reports.document import Heading, Paragraph, Run, plain
from reports.drafting import begin, check_text, document_of, store
from reports.models import Report, Section
from reports.patterns import OUTLINES, shipped_outline
from reports.readings import Figures
from reports.text import TextErrors, UnknownToken
from tests import factories
from units.dates import Period


def outline(*bodies, heading="标题") -> dict:
    """An outline with one section of the first level for each body."""
    sections = [{"level": 1, "heading": heading, "body": body} for body in bodies]
    return {"name": "{report_year}年总结", "title": "总结", "subtitle": "", "sections": sections}


def begun(unit, *bodies) -> list[str]:
    """The bodies of a report begun from an outline."""
    _report, sections, _left_out = begin(unit.reporting_year(2017), outline(*bodies))
    return [section.body for section in sections]


def stored(year, *bodies) -> Report:
    """A stored report begun from an outline."""
    report, sections, _left_out = begin(year, outline(*bodies))
    return store(report, sections)


def document(unit, report, sections):
    """The content with every token replaced."""
    return document_of(report, sections, Figures(unit.reporting_year(2017)))


def faults(unit, report, sections) -> list:
    """Every fault of the texts."""
    with pytest.raises(TextErrors) as found:
        document(unit, report, sections)
    return list(found.value.errors)


# --- beginning ---


def test_begin_takes_over_names_and_positions(in_scope):
    in_scope.signatory = "中共普陀区教育学院总支部委员会"
    report, sections, _left_out = begin(in_scope.reporting_year(2017), outline("一。", "二。"))
    assert (report.pk, report.unit, report.year) == (None, in_scope, 2017)
    assert (report.name, report.signatory) == ("{report_year}年总结", in_scope.signatory)
    assert [(s.position, s.level, s.heading) for s in sections] == [(1, 1, "标题"), (2, 1, "标题")]


def test_begin_leaves_out_a_sentence_that_states_nothing(in_scope):
    body = "开头。{report_year}年参观{visit_places}，共{visits_count}。共{members_total}！结尾"
    found = begin(in_scope.reporting_year(2017), outline(body, "第二节。"))
    assert [section.body for section in found.sections] == ["开头。结尾", "第二节。"]
    assert found.left_out == (
        "{report_year}年参观{visit_places}，共{visits_count}。",
        "共{members_total}！",
    )


def test_begin_keeps_a_sentence_with_one_figure_that_states_something(in_scope):
    factories.activity(in_scope, kind="visit", place="")
    body = "参观{visit_places}，共{visits_count}。"
    assert begun(in_scope, body) == [body]


def test_begin_keeps_a_sentence_with_a_gap(in_scope):
    body = "占教职工总数的{members_share_of_staff}。"
    assert begun(in_scope, body) == [body]


def test_begin_keeps_sentences_without_figures_and_with_the_units_name(in_scope):
    body = "{report_year}年，{unit_name}做好统战工作。没有数字的话？"
    assert begun(in_scope, body) == [body]


def test_begin_leaves_out_a_paragraph_that_became_empty(in_scope):
    assert begun(in_scope, "第一段。\n参观{visit_places}。\n第三段。") == ["第一段。\n第三段。"]


def test_begin_keeps_a_closing_quotation_mark_with_its_sentence(in_scope):
    body = "他说：“参观{visit_places}。”又说：“很好。”"
    assert begun(in_scope, body) == ["又说：“很好。”"]


def test_begin_with_an_unknown_figure_leaves_the_fault_to_the_check(in_scope):
    # The author is told by name; a crash here would tell nobody anything.
    report, sections, _left_out = begin(
        in_scope.reporting_year(2017), outline("共{total_members}。")
    )
    assert [type(fault) for fault in faults(in_scope, report, sections)] == [UnknownToken]


@pytest.mark.parametrize(
    ("name", "headings"),
    [
        ("2017", "党派 本年 共建 共融 共享 存在"),
        ("four_parts", "提高 健全 知情 协商 联谊 围绕 学习 建言 服务 存在"),
        ("party_branch", "思想 组织 参政 社会 不足"),
    ],
)
def test_shipped_outline_knows_every_figure_it_names(in_scope, name, headings):
    """Checked before anything falls away, so that an empty unit hides no fault."""
    sections = [
        Section(position=number, level=row["level"], heading=row["heading"], body=row["body"])
        for number, row in enumerate(shipped_outline(name)["sections"], start=1)
    ]
    report = Report(unit=in_scope, year=2017, **_words_above(shipped_outline(name)))
    text = plain(run for block in document(in_scope, report, sections).blocks for run in block.runs)
    assert "{" not in text
    assert " ".join(section.heading[:2] for section in sections) == headings


def _words_above(shipped: dict) -> dict:
    return {field: shipped[field] for field in ("name", "title", "subtitle")}


def test_shipped_outlines_begin_a_report_of_a_unit_without_records(in_scope):
    names = [path.stem for path in OUTLINES.glob("*.toml")]
    for name in names:
        begun = begin(in_scope.reporting_year(2017), shipped_outline(name))
        assert document(in_scope, begun.report, begun.sections).blocks
    assert len(names) == 3


def test_shipped_outline_of_an_unknown_name():
    with pytest.raises(FileNotFoundError):
        shipped_outline("1949")


# --- storing ---


def test_store_saves_the_report_with_its_sections(in_scope):
    report = stored(in_scope.reporting_year(2017), "一。", "二。")
    assert [section.body for section in report.sections.order_by("position")] == ["一。", "二。"]


def test_store_with_a_bad_section_saves_nothing(in_scope):
    report, sections, _left_out = begin(in_scope.reporting_year(2017), outline("一。", "二。"))
    sections[1].level = 5
    with pytest.raises(ValidationError):
        store(report, sections)
    assert (Report.objects.count(), Section.objects.count()) == (0, 0)


def test_store_twice_for_a_year_is_refused(in_scope):
    year = in_scope.reporting_year(2017)
    stored(year, "一。")
    with pytest.raises(ValidationError):
        stored(year, "一。")
    assert Report.objects.count() == 1


# --- the content ---


def test_document_numbers_headings_and_splits_paragraphs(in_scope):
    factories.member(in_scope, party="民盟")
    report = factories.report(in_scope, name="{report_year}年总结", signed_on=date(2017, 12, 29))
    sections = [
        factories.section(report, 1, heading="队伍", body="共{members_total}。\n\n  第二段。  "),
        factories.section(report, 2, heading="", body="没有标题。"),
        factories.section(report, 3, heading="共建", level=2, body=""),
    ]
    content = document(in_scope, report, sections)
    assert (content.name, content.signed_on) == ("2017年总结", date(2017, 12, 29))
    assert content.blocks == (
        Heading(1, (Run("一、"), Run("队伍"))),
        Paragraph((Run("共"), Run("1人", figure="members_total"), Run("。"))),
        Paragraph((Run("第二段。"),)),
        Paragraph((Run("没有标题。"),)),
        Heading(2, (Run("（一）"), Run("共建"))),
    )


def test_document_marks_a_gap(in_scope):
    report = factories.report(in_scope, title="{members_share_of_staff}")
    (run,) = document(in_scope, report, []).title
    assert (run.figure, run.gap, run.text[0], run.text[-1]) == (
        "members_share_of_staff",
        True,
        "〔" if "〔" in run.text else "[",
        "〕" if "〕" in run.text else "]",
    )


def test_document_tells_every_fault_of_the_whole_report(in_scope):
    report = factories.report(in_scope, title="{total_members}", subtitle="{")
    sections = [
        factories.section(report, 1, heading="队伍 {nobody}", body="{members_total|loud}"),
        factories.section(report, 2, heading="工作", body="没有错。"),
    ]
    found = faults(in_scope, report, sections)
    assert [fault.section for fault in found[2:]] == ["队伍 {nobody}", "队伍 {nobody}"]
    assert len(found) == 4
    assert "{members_total}" in str(found[0])


def test_check_text_of_a_form():
    check_text("共{members_total|cn}。")
    with pytest.raises(ValidationError) as refused:
        check_text("共{members_totl}，{visits_count|loud}。")
    assert len(refused.value.messages) == 2
    assert "{members_total}" in refused.value.messages[0]


# --- the report of a year ---


def test_annual_report_takes_the_stored_one(in_scope):
    report = factories.report(in_scope, title="自己写的")
    later = factories.section(report, 2, heading="二")
    earlier = factories.section(report, 1, heading="一")
    found = annual_report(in_scope, 2017)
    assert (found.report, found.sections) == (report, [earlier, later])
    assert found.year.period == Period(date(2017, 1, 1), date(2017, 12, 31))


def test_annual_report_begins_from_the_outline_where_none_is_stored(in_scope):
    factories.unit_year(in_scope)
    found = annual_report(in_scope, 2017)
    assert (found.report.pk, found.sections[0].heading) == (None, "党派队伍基本情况")
    assert Report.objects.count() == 0
