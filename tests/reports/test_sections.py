"""The order of a report's sections: putting in, moving, and what stays as it is."""

import pytest
from django.core.exceptions import ValidationError

from reports.models import Section
from reports.models.report import TextLocked
from reports.sections import move, put_in
from tests import factories


@pytest.fixture
def report(in_scope):
    """A draft with the sections 一, 二, 三."""
    report = factories.report(in_scope)
    for position, heading in enumerate("一二三", start=1):
        factories.section(report, position, heading=heading)
    return report


def order(report) -> list[tuple[int, str]]:
    """Number and heading of each section, as stored."""
    return list(report.sections.order_by("position").values_list("position", "heading"))


def named(report, heading) -> Section:
    return report.sections.get(heading=heading)


def new(report, heading) -> Section:
    return Section(unit=report.unit, report=report, heading=heading)


def test_put_in_behind_another(report):
    put_in(new(report, "新"), after=named(report, "一"))
    assert order(report) == [(1, "一"), (2, "新"), (3, "二"), (4, "三")]


def test_put_in_first_of_all(report):
    put_in(new(report, "新"), after=None)
    assert order(report) == [(1, "新"), (2, "一"), (3, "二"), (4, "三")]


def test_put_in_at_the_end_writes_no_other_section(report):
    before = {row.pk: row.version for row in report.sections.all()}
    put_in(new(report, "新"), after=named(report, "三"))
    assert {row.pk: row.version for row in report.sections.all() if row.pk in before} == before


def test_put_in_with_a_fault_moves_nothing(report):
    faulty = new(report, "新")
    faulty.level = 7
    with pytest.raises(ValidationError):
        put_in(faulty, after=None)
    assert order(report) == [(1, "一"), (2, "二"), (3, "三")]


@pytest.mark.parametrize(
    ("heading", "steps", "moved", "after"),
    [("二", -1, True, "二一三"), ("二", 1, True, "一三二"), ("一", 2, True, "二三一")]
    + [("一", -1, False, "一二三"), ("三", 1, False, "一二三")],
)
def test_move(report, heading, steps, moved, after):
    assert move(named(report, heading), steps=steps) is moved
    assert order(report) == list(enumerate(after, start=1))


def test_move_mends_places_that_two_sections_share(report):
    Section.objects.filter(report=report).update(position=4)
    move(named(report, "一"), steps=1)
    assert order(report) == [(1, "二"), (2, "一"), (3, "三")]


def test_a_report_that_is_handed_in_keeps_its_order(report, cast):
    factories.handed_in(report, cast.clerk)
    with pytest.raises(TextLocked):
        move(named(report, "一"), steps=1)
    with pytest.raises(ValidationError):
        put_in(new(report, "新"), after=None)
    assert order(report) == [(1, "一"), (2, "二"), (3, "三")]
