"""Consultations and suggestions of a year, with the rows behind each figure."""

from datetime import date

import pytest
from django_scopes import scope

from activities.models import Activity
from consultations import statistics
from consultations.models import AgendaItem
from tests import factories
from units.dates import Period
from units.statistic import Occurrence

YEAR = Period(date(2017, 1, 1), date(2017, 12, 31))
BORDERS = [
    date(2016, 12, 31),
    date(2017, 1, 1),
    date(2017, 1, 2),
    date(2017, 12, 30),
    date(2017, 12, 31),
    date(2018, 1, 1),
]
Kind = Activity.Kind
HEARD, REPORTED = AgendaItem.Kind.HEARD, AgendaItem.Kind.REPORTED

LISTS = [
    statistics.symposia_subjects,
    statistics.briefing_subjects,
    statistics.selections_heard,
    statistics.polling_branches,
]
ALL = [("绩效方案",), ("“双评”工作",), ("中层干部选拔",), ("第一支部",)]
NONE = [()] * 4


def value(statistic, unit):
    """The value of one statistic of 2017."""
    return statistic(unit=unit, period=YEAR).value()


def everything_on(unit, day):
    """One symposium, briefing, hearing and poll, all on ``day``."""
    symposium = factories.consultation(unit, started_on=day)
    factories.agenda_item(symposium, "绩效方案", kind=HEARD)
    briefing = factories.consultation(unit, kind=Kind.BRIEFING, started_on=day)
    factories.agenda_item(briefing, "“双评”工作")
    factories.consultation(unit, "中层干部选拔", kind=Kind.HEARING, started_on=day)
    branch = factories.organisation(unit, "第一支部")
    factories.consultation(unit, kind=Kind.POLL, started_on=day, organisers=[branch])


def states(unit) -> list[int]:
    """Suggestions raised, answered, fed back."""
    return [
        value(statistics.suggestions_raised, unit),
        value(statistics.suggestions_answered, unit),
        value(statistics.suggestions_fed_back, unit),
    ]


# --- consultations ---


@pytest.mark.parametrize(
    ("day", "count", "lists"),
    list(zip(BORDERS, [0, 1, 1, 1, 1, 0], [NONE, ALL, ALL, ALL, ALL, NONE], strict=True)),
)
def test_consultations_at_the_borders_of_the_year(in_scope, day, count, lists):
    everything_on(in_scope, day)
    assert value(statistics.symposia_count, in_scope) == count
    assert value(statistics.symposia_occasions, in_scope) == (Occurrence("", day, 1),) * count
    assert [value(listed, in_scope) for listed in LISTS] == lists


def test_consultations_of_another_unit_are_never_counted(school, other_school):
    everything_on(other_school, date(2017, 6, 15))
    with scope(unit=[school.pk, other_school.pk]):
        assert value(statistics.symposia_count, school) == 0
        assert value(statistics.symposia_occasions, school) == ()
        assert [value(listed, school) for listed in LISTS] == NONE


def test_symposia_count_adds_times_and_leaves_other_kinds_out(in_scope):
    rows = [factories.consultation(in_scope, times=times) for times in (1, 2)]
    for kind in (Kind.BRIEFING, Kind.HEARING, Kind.POLL, Kind.WRITTEN_REQUEST):
        factories.consultation(in_scope, kind=kind)
    symposia = statistics.symposia_count(unit=in_scope, period=YEAR)
    # 1 + 2 = 3, in two rows.
    assert (symposia.value(), list(symposia.rows)) == (3, rows)


def test_symposia_occasions_earliest_first(in_scope):
    autumn = factories.consultation(
        in_scope, occasion="迎“中秋国庆”双节", started_on=date(2017, 9, 28)
    )
    june = factories.consultation(in_scope, occasion="学期结束前", started_on=date(2017, 6, 22))
    occasions = statistics.symposia_occasions(unit=in_scope, period=YEAR)
    assert occasions.value() == (
        Occurrence("学期结束前", date(2017, 6, 22), 1),
        Occurrence("迎“中秋国庆”双节", date(2017, 9, 28), 1),
    )
    assert list(occasions.rows) == [june, autumn]


def test_symposia_subjects_heard_in_the_order_of_the_agendas(in_scope):
    autumn = factories.consultation(in_scope, started_on=date(2017, 9, 28))
    june = factories.consultation(in_scope, started_on=date(2017, 6, 22))
    factories.agenda_item(autumn, "绩效方案", kind=HEARD)
    factories.agenda_item(june, "工作计划", kind=HEARD, position=2)
    factories.agenda_item(june, "“三创”规划", kind=HEARD, position=1)
    factories.agenda_item(june, "上半年工作", kind=REPORTED)
    subjects = statistics.symposia_subjects(unit=in_scope, period=YEAR)
    assert subjects.value() == ("“三创”规划", "工作计划", "绩效方案")
    assert [row.subject for row in subjects.rows] == list(subjects.value())


def test_briefing_subjects_reported_at_briefings_only(in_scope):
    briefing = factories.consultation(in_scope, kind=Kind.BRIEFING)
    factories.agenda_item(briefing, "“双评”工作")
    factories.agenda_item(briefing, "下一步打算", kind=HEARD)
    factories.agenda_item(factories.consultation(in_scope), "座谈会上通报的事")
    assert value(statistics.briefing_subjects, in_scope) == ("“双评”工作",)


def test_selections_heard_in_the_order_of_their_days(in_scope):
    for day, title in [(8, "“服务明星”"), (7, "“师德标兵”"), (9, "“服务明星”")]:
        factories.consultation(in_scope, title, kind=Kind.HEARING, started_on=date(2017, 6, day))
    selections = statistics.selections_heard(unit=in_scope, period=YEAR)
    assert selections.value() == ("“师德标兵”", "“服务明星”")
    assert selections.rows.count() == 3


def test_polling_branches_each_once_and_of_the_communist_party(in_scope):
    second = factories.organisation(in_scope, "第二支部", position=2)
    first = factories.organisation(in_scope, "第一支部", position=1)
    league = factories.organisation(in_scope, "民盟支部", party=factories.party())
    factories.organisation(in_scope, "没有测验的支部")
    for organisers in ([second, league], [first], [second]):
        factories.consultation(in_scope, kind=Kind.POLL, organisers=organisers)
    branches = statistics.polling_branches(unit=in_scope, period=YEAR)
    assert branches.value() == ("第一支部", "第二支部")
    assert list(branches.rows) == [first, second]


# --- suggestions ---


@pytest.mark.parametrize(("day", "number"), list(zip(BORDERS, [0, 1, 1, 1, 1, 0], strict=True)))
def test_suggestions_raised_at_the_borders_of_the_year(in_scope, day, number):
    factories.suggestion(in_scope, registered_on=day, year=day.year)
    assert states(in_scope) == [number, 0, 0]


@pytest.mark.parametrize(
    ("day", "number"), [(date(2017, 12, 30), 1), (date(2017, 12, 31), 1), (date(2018, 1, 1), 0)]
)
def test_suggestions_answered_and_fed_back_by_the_closing_day(in_scope, day, number):
    row = factories.suggestion(in_scope, registered_on=min(day, factories.HAPPENED_ON))
    factories.reply(row, replied_on=day)
    factories.told(row, day)
    assert states(in_scope) == [1, number, number]


def test_suggestions_of_the_year_before_are_not_those_of_this_one(in_scope):
    old = factories.suggestion(in_scope, year=2016, registered_on=date(2016, 12, 31))
    factories.reply(old, replied_on=date(2017, 2, 1))
    factories.told(old, date(2017, 2, 1))
    assert states(in_scope) == [0, 0, 0]


def test_suggestions_answered_twice_count_once(in_scope):
    row = factories.suggestion(in_scope)
    factories.reply(row)
    factories.reply(row, replied_on=date(2017, 5, 10))
    answered = statistics.suggestions_answered(unit=in_scope, period=YEAR)
    assert (answered.value(), list(answered.rows)) == (1, [row])


def test_suggestions_in_the_order_of_their_numbers(in_scope):
    second = factories.suggestion(in_scope, number=2)
    first = factories.suggestion(in_scope, number=1)
    raised = statistics.suggestions_raised(unit=in_scope, period=YEAR)
    assert list(raised.rows) == [first, second]


def test_suggestions_of_another_unit_are_never_counted(school, other_school):
    row = factories.suggestion(other_school)
    factories.reply(row)
    factories.told(row, date(2017, 6, 1))
    with scope(unit=[school.pk, other_school.pk]):
        assert states(school) == [0, 0, 0]
        assert states(other_school) == [1, 1, 1]
