"""Titles, schooling, posts, branches and honours of a day or a year."""

from datetime import date

import pytest
from django_scopes import scope

from members import statistics
from members.codes import EducationLevel
from members.models import Appointment, Organisation
from tests import factories
from units.dates import Period
from units.statistic import Gap, Ratio

YEAR_END = date(2017, 12, 31)
YEAR = Period(date(2017, 1, 1), YEAR_END)
EVE, DAY, NEXT = date(2017, 6, 14), date(2017, 6, 15), date(2017, 6, 16)
THREE_DAYS = (EVE, DAY, NEXT)


def secretary(unit, name, *, branch, **dates):
    """A secretary of the general branch."""
    person = factories.member(unit, name)
    return factories.appointment(
        person, "书记", kind="cpc", level="unit", organisation=branch, **dates
    )


@pytest.fixture
def general_branch(in_scope):
    """The unit's general branch."""
    return factories.organisation(in_scope, "总支", level=Organisation.Level.GENERAL_BRANCH)


# --- titles ---


def test_senior_title_members_on_the_day_of_the_title(in_scope):
    person = factories.member(in_scope, party="民盟")
    factories.title_of(person, started_on=DAY)
    found = [statistics.senior_title_members(unit=in_scope, day=d).value() for d in THREE_DAYS]
    assert found == [Ratio(0, 1), Ratio(1, 1), Ratio(1, 1)]


def test_senior_title_members_by_level_and_not_by_name(in_scope):
    senior = [
        factories.member(in_scope, party="民盟", title=title)
        for title in ("正高级教师", "高级教师", "中学高级教师", "高级讲师")
    ]
    for title in ("小学高级教师", "幼儿园高级教师", "一级教师", None):
        factories.member(in_scope, party="民盟", title=title)
    share = statistics.senior_title_members(unit=in_scope, day=YEAR_END)
    # 4 of 8: two middle-level titles have 高级 in their names.
    assert share.value() == Ratio(4, 8)
    assert set(share.rows) == set(senior)


def test_senior_title_members_with_two_titles_is_one_person(in_scope):
    person = factories.member(in_scope, party="民盟", title="高级教师")
    factories.title_of(person, "教授")
    share = statistics.senior_title_members(unit=in_scope, day=YEAR_END)
    assert share.value() == Ratio(1, 1)


def test_senior_title_members_without_members(in_scope):
    factories.member(in_scope, title="高级教师")
    gap = statistics.senior_title_members(unit=in_scope, day=YEAR_END)
    assert (type(gap), gap.where) == (Gap, "members.Member")


def test_senior_title_members_never_counts_another_unit(school, other_school):
    factories.member(school, party="民盟")
    factories.member(other_school, party="民盟", title="高级教师")
    with scope(unit=[school.pk, other_school.pk]):
        share = statistics.senior_title_members(unit=school, day=YEAR_END)
        assert share.value() == Ratio(0, 1)


# --- schooling ---


def test_masters_members_on_the_day_of_completion(in_scope):
    person = factories.member(in_scope, party="民盟")
    factories.education(person, completed_on=DAY, completed_precision="day")
    found = [statistics.masters_members(unit=in_scope, day=d).value() for d in THREE_DAYS]
    assert found == [0, 1, 1]


def test_masters_members_until_a_doctorate(in_scope):
    person = factories.member(in_scope, party="民盟", schooling=EducationLevel.MASTER)
    factories.education(
        person, level=EducationLevel.DOCTOR, completed_on=DAY, completed_precision="day"
    )
    found = [statistics.masters_members(unit=in_scope, day=d).value() for d in THREE_DAYS]
    assert found == [1, 0, 0]


def test_masters_members_with_a_degree_alone(in_scope):
    person = factories.member(in_scope, party="民盟")
    factories.education(person, level=EducationLevel.BACHELOR, degree="master")
    assert statistics.masters_members(unit=in_scope, day=YEAR_END).value() == 0


def test_masters_members_completed_nobody_knows_when(in_scope):
    person = factories.member(in_scope, party="民盟")
    factories.education(person, completed_on=None)
    factories.education(person, completed_on=date(2008, 7, 1))
    found = statistics.masters_members(unit=in_scope, day=YEAR_END)
    assert list(found.rows) == [person]


def test_masters_members_leaves_out_who_is_in_no_party(in_scope):
    factories.member(in_scope, schooling=EducationLevel.MASTER)
    assert statistics.masters_members(unit=in_scope, day=YEAR_END).value() == 0


# --- posts in the parties ---


def test_leading_party_posts_by_party_then_by_rank(in_scope):
    for brief, post in [("农工", "委员"), ("民盟", "委员"), ("民进", "副主委"), ("民盟", "主委")]:
        person = factories.member(in_scope, party=brief)
        factories.appointment(person, post, party=factories.party(brief))
    posts = statistics.leading_party_posts(unit=in_scope, day=YEAR_END)
    assert posts.value() == ("民盟区委主委", "民盟区委委员", "民进区委副主委", "农工区委委员")


def test_leading_party_posts_on_the_days_of_taking_and_leaving_office(in_scope):
    person = factories.member(in_scope, party="民盟")
    factories.appointment(person, "主委", started_on=DAY, ended_on=NEXT)
    found = [statistics.leading_party_posts(unit=in_scope, day=d).value() for d in THREE_DAYS]
    assert found == [(), ("民盟区委主委",), ()]


def test_leading_party_posts_two_of_one_person_are_two(in_scope):
    person = factories.member(in_scope, party="民盟")
    rows = [
        factories.appointment(person, "主委"),
        factories.appointment(person, "委员", body="市委", level="provincial"),
    ]
    posts = statistics.leading_party_posts(unit=in_scope, day=YEAR_END)
    assert list(posts.rows) == rows


def test_leading_party_posts_leaves_out_other_posts(in_scope):
    person = factories.member(in_scope, party="民盟")
    factories.appointment(person, "主委", level=Appointment.Level.UNIT, body="支部")
    factories.appointment(person, kind=Appointment.Kind.CONSULTATIVE, body="区政协")
    # Somebody who is no member here on that day has no post to state either.
    factories.appointment(factories.member(in_scope), "主委")
    assert statistics.leading_party_posts(unit=in_scope, day=YEAR_END).value() == ()


def test_leading_party_posts_never_counts_another_unit(school, other_school):
    factories.appointment(factories.member(other_school, party="民盟"), "主委")
    with scope(unit=[school.pk, other_school.pk]):
        assert statistics.leading_party_posts(unit=school, day=YEAR_END).value() == ()


# --- secretaries ---


def test_secretaries_in_order_of_office(in_scope, general_branch):
    new = secretary(in_scope, "刘友霞", branch=general_branch, started_on=DAY)
    old = secretary(in_scope, "徐文清", branch=general_branch, started_on=None, ended_on=DAY)
    found = statistics.secretaries(unit=in_scope, period=YEAR)
    assert found.value() == ("徐文清", "刘友霞")
    assert list(found.rows) == [old, new]


@pytest.mark.parametrize(
    ("dates", "names"),
    [
        ({"started_on": date(2010, 1, 1), "ended_on": date(2016, 12, 31)}, ()),
        # The first day that no longer counts is the year's first: no day of it.
        ({"started_on": date(2010, 1, 1), "ended_on": date(2017, 1, 1)}, ()),
        ({"started_on": date(2010, 1, 1), "ended_on": date(2017, 1, 2)}, ("徐文清",)),
        ({"started_on": date(2017, 12, 30)}, ("徐文清",)),
        ({"started_on": date(2017, 12, 31)}, ("徐文清",)),
        ({"started_on": date(2018, 1, 1)}, ()),
    ],
)
def test_secretaries_at_the_borders_of_the_year(in_scope, general_branch, dates, names):
    secretary(in_scope, "徐文清", branch=general_branch, **dates)
    assert statistics.secretaries(unit=in_scope, period=YEAR).value() == names


def test_secretaries_of_the_general_branch_only(in_scope, general_branch):
    branch = factories.organisation(in_scope, "第一支部")
    secretary(in_scope, "甲", branch=branch)
    factories.appointment(
        factories.member(in_scope, "乙"),
        "副书记",
        kind="cpc",
        level="unit",
        organisation=general_branch,
    )
    assert statistics.secretaries(unit=in_scope, period=YEAR).value() == ()


# --- branches ---


def test_party_branches_on_the_days_of_founding_and_closing(in_scope):
    factories.organisation(in_scope, "第一支部", started_on=DAY, ended_on=NEXT)
    found = [statistics.party_branches(unit=in_scope, day=d).value() for d in THREE_DAYS]
    assert found == [(), ("第一支部",), ()]


def test_party_branches_of_the_communist_party_in_the_units_order(in_scope, other_school):
    for position, name in [(2, "第二支部"), (1, "第一支部"), (3, "第三支部")]:
        factories.organisation(in_scope, name, position=position)
    factories.organisation(in_scope, "总支", level=Organisation.Level.GENERAL_BRANCH)
    factories.organisation(in_scope, "民盟支部", party=factories.party())
    factories.organisation(other_school, "外校支部")
    with scope(unit=[in_scope.pk, other_school.pk]):
        found = statistics.party_branches(unit=in_scope, day=YEAR_END)
        assert found.value() == ("第一支部", "第二支部", "第三支部")
        assert found.rows.count() == 3


# --- honours ---


@pytest.mark.parametrize(("year", "titles"), [(2016, ()), (2017, ("文明单位",)), (2018, ())])
def test_unit_honours_by_the_year_of_performance(in_scope, year, titles):
    factories.honour(in_scope, "文明单位", performance_year=2017, awarded_on=date(2018, 3, 1))
    reporting_year = in_scope.reporting_year(year)
    assert statistics.unit_honours(year=reporting_year).value() == titles


def test_unit_honours_highest_level_first(in_scope):
    factories.honour(in_scope, "区先进", level="district")
    factories.honour(in_scope, "全国文明单位", level="national")
    factories.honour(in_scope, "市先进", level="provincial")
    honours = statistics.unit_honours(year=in_scope.reporting_year(2017))
    assert honours.value() == ("全国文明单位", "市先进", "区先进")
    assert [row.title for row in honours.rows] == ["全国文明单位", "市先进", "区先进"]


def test_unit_honours_are_those_of_the_unit_itself(in_scope, other_school):
    factories.honour(in_scope, "先进个人", member=factories.person(in_scope))
    factories.honour(in_scope, "先进支部", organisation=factories.organisation(in_scope))
    factories.honour(other_school, "外校荣誉")
    with scope(unit=[in_scope.pk, other_school.pk]):
        honours = statistics.unit_honours(year=in_scope.reporting_year(2017))
        assert honours.value() == ()
