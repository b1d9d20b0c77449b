"""Who counted on a day: the day before, the day, and the day after."""

from datetime import date

import pytest
from django_scopes import scope

from members import statistics
from members.models import Employment, Member
from tests import factories
from units.dates import Period
from units.statistic import Gap, Ratio

YEAR_END = date(2017, 12, 31)
YEAR = Period(date(2017, 1, 1), YEAR_END)
EVE, DAY, NEXT = date(2017, 6, 14), date(2017, 6, 15), date(2017, 6, 16)
THREE_DAYS = (EVE, DAY, NEXT)
Status = Employment.Status


def totals(unit, *days, of=statistics.members_total) -> list[int]:
    """The number on each day."""
    return [of(unit=unit, day=day).value() for day in days]


def leaver(unit, ended_on, **membership):
    """A member of 民盟 whose membership ends."""
    person = factories.member(unit)
    factories.membership(person, ended_on=ended_on, **membership)
    return person


# --- members_total ---


def test_members_total_on_the_day_of_joining(in_scope):
    factories.member(in_scope, party="民盟", joined_on=DAY)
    assert totals(in_scope, *THREE_DAYS) == [0, 1, 1]


def test_members_total_on_the_day_of_leaving_the_party(in_scope):
    leaver(in_scope, DAY)
    assert totals(in_scope, *THREE_DAYS) == [1, 0, 0]


def test_members_total_on_the_day_of_coming_to_the_unit(in_scope):
    factories.member(in_scope, party="民盟", employed_on=DAY)
    assert totals(in_scope, *THREE_DAYS) == [0, 1, 1]


def test_members_total_on_the_day_of_leaving_the_unit(in_scope):
    person = factories.person(in_scope)
    factories.membership(person)
    factories.employment(person, ended_on=DAY)
    assert totals(in_scope, *THREE_DAYS) == [1, 0, 0]


def test_members_total_with_unknown_dates(in_scope):
    factories.member(in_scope, party="民盟", joined_on=None, employed_on=None)
    assert totals(in_scope, date(1990, 1, 1), YEAR_END) == [1, 1]


def test_members_total_of_two_parties_is_one_person(in_scope):
    person = factories.member(in_scope, party="民盟")
    factories.membership(person, "民革")
    assert totals(in_scope, YEAR_END) == [1]


def test_members_total_between_two_employments(in_scope):
    person = factories.person(in_scope)
    factories.membership(person)
    factories.employment(person, ended_on=DAY)
    factories.employment(person, started_on=NEXT)
    assert totals(in_scope, *THREE_DAYS) == [1, 0, 1]


def test_members_total_without_anybody(in_scope):
    factories.member(in_scope)
    assert totals(in_scope, YEAR_END) == [0]


def test_members_total_never_counts_another_unit(school, other_school):
    mine = factories.member(school, party="民盟")
    factories.member(other_school, party="民盟")
    with scope(unit=[school.pk, other_school.pk]):
        total = statistics.members_total(unit=school, day=YEAR_END)
        assert (total.value(), list(total.rows)) == (1, [mine])


def test_members_total_evidence_in_order_of_pinyin(in_scope):
    # shàn before zēng and zēng before zhū: as surnames, not dān and céng.
    for name in ("朱安", "曾安", "单安"):
        factories.member(in_scope, name, party="民盟")
    rows = statistics.members_total(unit=in_scope, day=YEAR_END).rows
    assert [member.name for member in rows] == ["单安", "曾安", "朱安"]


# --- probes: mistakes that systems of this kind have made ---


def test_probe_1_retired_veteran_is_a_member_and_not_in_service(in_scope):
    factories.member(in_scope, party="民盟", status=Status.RETIRED_VETERAN)
    assert totals(in_scope, YEAR_END) == [1]
    assert totals(in_scope, YEAR_END, of=statistics.members_in_service) == [0]
    assert totals(in_scope, YEAR_END, of=statistics.members_retired) == [1]


def test_probe_2_party_whose_last_member_left_has_none(in_scope):
    leaver(in_scope, DAY)
    for day, total, parties in [(EVE, 1, ("民盟",)), (DAY, 0, ()), (YEAR_END, 0, ())]:
        assert totals(in_scope, day) == [total]
        assert statistics.parties_present(unit=in_scope, day=day).value() == parties


def test_probe_3_leaving_on_31_december_is_not_in_that_days_roster(in_scope):
    leaver(in_scope, YEAR_END)
    assert totals(in_scope, date(2017, 12, 30), YEAR_END) == [1, 0]


def test_probe_4_joining_next_month_is_no_member_today(in_scope):
    factories.member(in_scope, party="民盟", joined_on=date(2017, 7, 1))
    assert totals(in_scope, DAY, date(2017, 7, 1)) == [0, 1]


def test_probe_5_statistics_exist_although_nobody_ever_left(in_scope):
    factories.member(in_scope, party="民盟")
    assert statistics.members_left(unit=in_scope, period=YEAR).value() == 0
    assert totals(in_scope, YEAR_END) == [1]


def test_probe_6_roster_of_a_june_day_has_those_who_left_since(in_scope):
    gone = leaver(in_scope, date(2017, 9, 1))
    factories.member(in_scope, party="民盟", joined_on=date(2017, 10, 1))
    assert list(Member.objects.of_a_party_on(DAY)) == [gone]


def test_probe_7_december_joiner_typed_later_is_in_the_year_end_roster(in_scope):
    # The rows do not know when they were typed: only the days they hold count.
    late = factories.member(in_scope, party="民盟", joined_on=date(2017, 12, 20))
    assert list(Member.objects.of_a_party_on(YEAR_END)) == [late]


# --- in service and retired ---


def test_members_in_service_and_retired_around_retirement(in_scope):
    person = factories.person(in_scope)
    factories.membership(person)
    factories.employment(person, ended_on=DAY)
    factories.employment(person, started_on=DAY, status=Status.RETIRED)
    assert totals(in_scope, *THREE_DAYS) == [1, 1, 1]
    assert totals(in_scope, *THREE_DAYS, of=statistics.members_in_service) == [1, 0, 0]
    assert totals(in_scope, *THREE_DAYS, of=statistics.members_retired) == [0, 1, 1]


# --- parties ---


def test_parties_present_in_the_official_order(in_scope):
    # Entered in another order, and 农工 with the most members.
    for brief in ("农工", "农工", "民进", "民革", "民盟"):
        factories.member(in_scope, party=brief)
    found = statistics.parties_present(unit=in_scope, day=YEAR_END)
    assert found.value() == ("民革", "民盟", "民进", "农工")
    assert found.rows.count() == 5


def test_parties_present_on_the_days_of_joining_and_leaving(in_scope):
    leaver(in_scope, NEXT, started_on=DAY)
    found = [statistics.parties_present(unit=in_scope, day=day).value() for day in THREE_DAYS]
    assert found == [(), ("民盟",), ()]


def test_parties_present_after_leaving_the_unit(in_scope):
    person = factories.person(in_scope)
    factories.membership(person)
    factories.employment(person, ended_on=DAY)
    found = [statistics.parties_present(unit=in_scope, day=day).value() for day in THREE_DAYS]
    assert found == [("民盟",), (), ()]


def test_parties_present_never_counts_another_unit(school, other_school):
    factories.member(other_school, party="民盟")
    with scope(unit=[school.pk, other_school.pk]):
        assert statistics.parties_present(unit=school, day=YEAR_END).value() == ()


# --- joined and left ---


@pytest.mark.parametrize(
    ("joined_on", "number"),
    [
        (date(2016, 12, 31), 0),
        (date(2017, 1, 1), 1),
        (date(2017, 1, 2), 1),
        (date(2017, 12, 30), 1),
        (date(2017, 12, 31), 1),
        (date(2018, 1, 1), 0),
    ],
)
def test_members_joined_at_the_borders_of_the_year(in_scope, joined_on, number):
    factories.member(in_scope, party="民盟", joined_on=joined_on)
    assert statistics.members_joined(unit=in_scope, period=YEAR).value() == number


@pytest.mark.parametrize(
    ("ended_on", "number"),
    [
        (date(2016, 12, 31), 0),
        (date(2017, 1, 1), 1),
        (date(2017, 1, 2), 1),
        (date(2017, 12, 30), 1),
        (date(2017, 12, 31), 1),
        (date(2018, 1, 1), 0),
    ],
)
def test_members_left_at_the_borders_of_the_year(in_scope, ended_on, number):
    leaver(in_scope, ended_on)
    assert statistics.members_left(unit=in_scope, period=YEAR).value() == number


def test_members_joined_and_left_by_changing_the_party(in_scope):
    person = leaver(in_scope, DAY)
    factories.membership(person, "民进", started_on=DAY)
    assert statistics.members_joined(unit=in_scope, period=YEAR).value() == 0
    assert statistics.members_left(unit=in_scope, period=YEAR).value() == 0


def test_members_opening_joined_left_and_closing_add_up(in_scope):
    factories.member(in_scope, party="民盟")
    leaver(in_scope, DAY)
    leaver(in_scope, NEXT)
    new = factories.member(in_scope, party="民进", joined_on=DAY)
    joined = statistics.members_joined(unit=in_scope, period=YEAR)
    left = statistics.members_left(unit=in_scope, period=YEAR)
    # 3 at the opening + 1 joined − 2 left = 2 at the closing.
    assert totals(in_scope, YEAR.eve, YEAR_END) == [3, 2]
    assert (list(joined.rows), left.value()) == ([new], 2)


# --- shares ---


def test_members_share_of_staff_counts_those_in_service(in_scope):
    factories.unit_year(in_scope)
    for _ in range(2):
        factories.member(in_scope, party="民盟")
    factories.member(in_scope, party="民盟", status=Status.RETIRED)
    share = statistics.members_share_of_staff(year=in_scope.reporting_year(2017))
    # 3 members − 1 retired = 2 of 105.
    assert share.value() == Ratio(2, 105)


def test_members_share_of_teachers_counts_full_time_teachers(in_scope):
    factories.unit_year(in_scope)
    factories.member(in_scope, party="民盟", full_time_teacher=True)
    factories.member(in_scope, party="民盟")
    factories.member(in_scope, full_time_teacher=True)
    share = statistics.members_share_of_teachers(year=in_scope.reporting_year(2017))
    # 1 of the two members; the third teacher belongs to no party.
    assert share.value() == Ratio(1, 57)


@pytest.mark.parametrize("closes_on", [date(2017, 10, 30), date(2017, 10, 31), date(2017, 11, 1)])
def test_members_shares_on_the_closing_day(in_scope, closes_on):
    factories.unit_year(in_scope, closes_on=closes_on)
    factories.member(in_scope, party="民盟", joined_on=date(2017, 10, 31), full_time_teacher=True)
    year = in_scope.reporting_year(2017)
    number = 0 if closes_on == date(2017, 10, 30) else 1
    assert statistics.members_share_of_staff(year=year).value() == Ratio(number, 105)
    assert statistics.members_share_of_teachers(year=year).value() == Ratio(number, 57)


@pytest.mark.parametrize(
    ("share", "field"),
    [
        (statistics.members_share_of_staff, "staff_total"),
        (statistics.members_share_of_teachers, "full_time_teachers"),
    ],
)
def test_members_share_without_a_base(in_scope, share, field):
    factories.member(in_scope, party="民盟")
    before = share(year=in_scope.reporting_year(2017))
    factories.unit_year(in_scope, **{field: None})
    after = share(year=in_scope.reporting_year(2017))
    assert [(type(gap), gap.where) for gap in (before, after)] == [(Gap, "units.UnitYear")] * 2
