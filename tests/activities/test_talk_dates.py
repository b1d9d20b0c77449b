"""When a pair's next talk is due: spread over the year, within the days of the pair."""

from datetime import date, timedelta

import pytest

from activities.models import Activity
from activities.talk_dates import due_days, pairs_in, pairs_overdue
from tests import factories
from units.dates import Period

YEAR = Period(date(2017, 1, 1), date(2017, 12, 31))
JUNE = date(2017, 6, 15)


def test_talks_are_spread_evenly_and_the_last_is_due_on_the_last_day():
    assert due_days(1, YEAR) == [date(2017, 12, 31)]
    # 365 / 2 = 182.5, rounded to the even 182 days: 1 July is the 182nd day.
    assert due_days(2, YEAR) == [date(2017, 7, 1), date(2017, 12, 31)]
    # 365 / 4 = 91.25, 182.5, 273.75: days 91, 182, 274.
    assert due_days(4, YEAR) == [
        date(2017, 4, 1),
        date(2017, 7, 1),
        date(2017, 10, 1),
        date(2017, 12, 31),
    ]


def test_a_year_that_closes_in_october_spreads_its_own_days():
    school_year = Period(date(2016, 11, 1), date(2017, 10, 31))
    assert due_days(2, school_year)[-1] == date(2017, 10, 31)
    assert due_days(2, school_year)[0] in school_year


def only_pair(unit, today=JUNE):
    (found,) = pairs_in(YEAR, unit=unit, today=today)
    return found


def test_a_talk_held_moves_the_next_one_on(in_scope):
    pair = factories.talk_pair(in_scope)
    assert (only_pair(in_scope).held, only_pair(in_scope).next_due) == (0, date(2017, 7, 1))
    factories.talk(pair)
    assert (only_pair(in_scope).held, only_pair(in_scope).next_due) == (1, date(2017, 12, 31))
    factories.talk(pair)
    assert only_pair(in_scope).next_due is None


def test_overdue_from_the_day_after(in_scope):
    factories.talk_pair(in_scope)
    due = date(2017, 7, 1)
    assert not only_pair(in_scope, today=due).is_overdue
    assert only_pair(in_scope, today=due + timedelta(days=1)).is_overdue
    assert pairs_overdue(YEAR, unit=in_scope, today=due) == 0
    assert pairs_overdue(YEAR, unit=in_scope, today=due + timedelta(days=1)) == 1


def test_talks_of_another_year_do_not_count(in_scope):
    pair = factories.talk_pair(in_scope)
    for day in (date(2016, 12, 31), date(2018, 1, 1)):
        factories.talk(pair, day=day)
    assert only_pair(in_scope).held == 0
    for day in (date(2017, 1, 1), date(2017, 12, 31)):
        factories.talk(pair, day=day)
    assert only_pair(in_scope).held == 2


def test_nothing_is_due_before_the_two_are_a_pair_nor_after(in_scope):
    factories.talk_pair(in_scope, times_a_year=4, started_on=date(2017, 7, 2))
    assert only_pair(in_scope).due_days == (date(2017, 10, 1), date(2017, 12, 31))
    factories.talk_pair(in_scope, times_a_year=4, started_on=date(2017, 7, 1))
    first = pairs_in(YEAR, unit=in_scope, today=JUNE)[0]
    assert first.due_days[0] == date(2017, 7, 1)


def test_a_pair_that_has_ended_owes_nothing(in_scope):
    factories.talk_pair(in_scope, ended_on=date(2017, 6, 15))
    assert not only_pair(in_scope, today=date(2017, 6, 14)).has_ended
    assert only_pair(in_scope).has_ended
    assert only_pair(in_scope).next_due is None
    assert pairs_in(YEAR, unit=in_scope, today=date(2018, 1, 1))[0].is_overdue is False


def test_a_pair_of_another_year_is_not_listed(in_scope):
    factories.talk_pair(in_scope, ended_on=date(2017, 1, 1))
    factories.talk_pair(in_scope, started_on=date(2018, 1, 1))
    assert pairs_in(YEAR, unit=in_scope, today=JUNE) == []


def test_the_most_overdue_stands_first_and_what_is_over_last(in_scope):
    over = factories.talk_pair(in_scope, ended_on=date(2017, 6, 1))
    done = factories.talk_pair(in_scope, times_a_year=1)
    factories.talk(done)
    later = factories.talk_pair(in_scope, times_a_year=2)
    first = factories.talk_pair(in_scope, times_a_year=12)
    assert [each.pair for each in pairs_in(YEAR, unit=in_scope, today=JUNE)] == [
        *(first, later, done, over)
    ]


def test_an_activity_of_the_kind_without_a_pair_counts_for_nobody(in_scope):
    factories.talk_pair(in_scope)
    factories.activity(in_scope, kind=Activity.Kind.TALK)
    assert only_pair(in_scope).held == 0


@pytest.mark.parametrize("more", [1, 3, 30])
def test_one_query_for_any_number_of_pairs(in_scope, django_assert_num_queries, more):
    for _each in range(more):
        factories.talk(factories.talk_pair(in_scope))
    with django_assert_num_queries(1):
        found = pairs_in(YEAR, unit=in_scope, today=JUNE)
        assert [str(each.pair) for each in found if each.held != 1] == []
