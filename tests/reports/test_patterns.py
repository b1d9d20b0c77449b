"""What a report can begin with, and what becomes of it."""

import pytest

from reports.patterns import Pattern, outline_of, patterns_for
from reports.signing import begin_report
from tests import factories


def keys(unit, year=2017) -> list[str]:
    return [pattern.key for pattern in patterns_for(unit, year)]


def test_patterns_are_earlier_years_own_outlines_and_shipped_ones(in_scope):
    for year in (2015, 2016, 2018):
        factories.report(in_scope, year)
    own = factories.outline(in_scope, "支部总结")
    found = patterns_for(in_scope, 2017)
    assert [pattern.key for pattern in found][:4] == [
        *("year:2016", "year:2015", f"own:{own.pk}", "shipped:2017"),
    ]
    assert found[3] == Pattern("shipped:2017", "提纲：队伍–工作–不足")


def test_patterns_hold_nothing_of_another_school(in_scope, other_school):
    factories.report(other_school, 2016)
    factories.outline(other_school, "别校提纲")
    assert [key for key in keys(in_scope) if not key.startswith("shipped:")] == []


def test_pattern_that_is_not_offered(in_scope, other_school):
    foreign = factories.outline(other_school, "别校提纲")
    for key in ("year:2016", f"own:{foreign.pk}", "shipped:../2017", "own:", "rubbish"):
        with pytest.raises(LookupError):
            outline_of(key, in_scope, 2017)


def test_last_years_text_begins_with_this_years_figures(in_scope):
    factories.member(in_scope, party="民盟")
    last = factories.report(in_scope, 2016, title="{report_year}年总结")
    factories.section(last, 2, heading="共建", level=2, body="参观{visit_places}。")
    factories.section(last, 1, heading="队伍", body="共{members_total}，团结奋进。")
    begun = begin_report(in_scope.reporting_year(2017), "year:2016")
    stored = begun.report.sections.order_by("position")
    assert [(row.level, row.heading, row.body) for row in stored] == [
        (1, "队伍", "共{members_total}，团结奋进。"),
        (2, "共建", ""),
    ]
    assert begun.report.title == "{report_year}年总结"
    assert begun.left_out == ("参观{visit_places}。",)


def test_own_outline_with_braces_that_cannot_be_read_still_begins(in_scope):
    own = factories.outline(in_scope, "支部总结")
    factories.outline_section(own, body="共{members_total。")
    begun = begin_report(in_scope.reporting_year(2017), f"own:{own.pk}")
    assert begun.sections[0].body == "共{members_total。"
