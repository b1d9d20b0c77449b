"""What needs attention on a unit's start page, and the lists that it leads to."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from activities.models import Activity, Target
from activities.talk_dates import pairs_overdue
from consultations.models import Step
from reports.attention import Attention
from reports.this_year import DEEDS
from tests import factories
from tests.reports.addresses import address

NOON = datetime(2017, 6, 15, 4, tzinfo=UTC)
TODAY = date(2017, 6, 15)
LISTS = {"overdue", "soon", "talks", "terms", "evidence", "attendance", "date"}


@pytest.fixture(autouse=True)
def _in_the_middle_of_2017():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def clerk(client, cast):
    """The clerk's browser."""
    client.force_login(cast.clerk)
    return client


def needs(client, unit, year=2017) -> dict[str, int | None]:
    """The numbers on the page, by what they are about."""
    found = client.get(address("this-year", unit, year=year)).context["needs"]
    return {need.key: need.number for need in found}


def assigned(unit, *, due_on: date):
    suggestion = factories.suggestion(unit)
    department = factories.department(unit)
    factories.course_step(suggestion, Step.Kind.ASSIGNED, department=department, due_on=due_on)
    return suggestion


def everything(unit):
    """Something to see to of each kind, and as many that are in order."""
    assigned(unit, due_on=date(2017, 6, 14))
    assigned(unit, due_on=date(2017, 6, 14))
    assigned(unit, due_on=date(2017, 6, 15))
    assigned(unit, due_on=date(2017, 12, 1))
    factories.talk_pair(unit, times_a_year=24)
    factories.talk_pair(unit, times_a_year=1)
    ends = factories.person(unit)
    factories.appointment(ends, "委员", ended_on=TODAY + timedelta(days=90))
    factories.appointment(ends, "副主委", ended_on=TODAY + timedelta(days=1))
    factories.appointment(factories.person(unit), ended_on=TODAY + timedelta(days=91))
    factories.appointment(factories.person(unit), ended_on=TODAY)
    bare = factories.activity(unit, kind=Activity.Kind.VISIT)
    proved = factories.activity(unit, kind=Activity.Kind.VISIT)
    factories.evidence(proved)
    factories.participation(bare, ends)
    factories.activity(unit, kind=Activity.Kind.VISIT, started_on=date(2017, 7, 1))
    factories.activity(unit, kind=Activity.Kind.OTHER, started_on=None)


def test_a_new_unit_is_asked_for_its_head_count_and_nothing_else(clerk, school):
    assert needs(clerk, school) == {"head_counts": None}


def test_where_nothing_is_missing_nothing_is_shown(clerk, school):
    factories.unit_year(school)
    page = clerk.get(address("this-year", school))
    assert page.context["needs"] == []
    assert "需要处理" not in page.content.decode()


def test_everything_there_is_to_see_to_is_counted(clerk, school):
    factories.unit_year(school)
    everything(school)
    assert needs(clerk, school) == {
        "overdue": 2,  # of the deadlines 14, 14, 15 June and 1 December
        "soon": 1,  # that of today
        "talks": 1,  # of 24 a year eleven are due by mid June, of one a year none
        "terms": 1,  # one person with two posts; 91 days off is too far, today is over
        "evidence": 1,  # the second visit has a file, the third lies ahead
        "attendance": 1,
        "date": 1,
    }


def test_each_number_is_the_size_of_the_list_it_leads_to(clerk, school):
    everything(school)
    found = clerk.get(address("this-year", school)).context["needs"]
    sizes = {}
    for need in found:
        context = clerk.get(need.address).context
        if need.key in LISTS - {"talks"}:
            sizes[need.key] = context["page"].paginator.count
        elif need.key == "talks":
            sizes[need.key] = len(context["pairs"])
    assert set(sizes) == LISTS
    assert sizes == {need.key: need.number for need in found if need.key in LISTS}


@pytest.mark.parametrize(
    ("days", "found"), [(-1, {}), (0, {}), (1, {"terms": 1}), (90, {"terms": 1}), (91, {})]
)
def test_a_term_counts_from_the_day_before_its_end_to_90_days_ahead(clerk, school, days, found):
    factories.unit_year(school)
    factories.appointment(factories.person(school), ended_on=TODAY + timedelta(days=days))
    assert needs(clerk, school) == found


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"staff_total": None}, "教职工总数未填写"),
        ({"full_time_teachers": None}, "专职教师数未填写"),
    ],
)
def test_a_missing_head_count_leads_to_its_form(clerk, school, facts, said):
    row = factories.unit_year(school, **facts)
    (need,) = clerk.get(address("this-year", school)).context["needs"]
    assert said in need.words
    assert clerk.get(need.address).context["original"] == row


def test_another_year_shows_its_own_gaps_and_not_what_is_due_today(clerk, school):
    for year in (2016, 2017):
        factories.unit_year(school, year)
    everything(school)
    factories.activity(school, kind=Activity.Kind.VISIT, started_on=date(2016, 5, 1))
    assert needs(clerk, school, year=2016) == {"evidence": 1, "attendance": 1}


def test_the_latest_year_of_a_unit_that_stopped_shows_what_is_due_today(clerk, school):
    factories.unit_year(school, 2015)
    assigned(school, due_on=date(2017, 6, 14))
    assert needs(clerk, school, year=2015) == {"overdue": 1}


def test_a_year_that_has_not_begun_lacks_no_evidence(clerk, school):
    factories.unit_year(school, 2017)
    factories.unit_year(school, 2018)
    factories.activity(school, kind=Activity.Kind.VISIT, started_on=date(2018, 1, 1))
    assert needs(clerk, school, year=2018) == {}


def test_another_units_needs_are_its_own(clerk, school, other_school):
    factories.unit_year(school)
    everything(other_school)
    assert needs(clerk, school) == {}


def test_a_viewer_is_told_of_a_missing_head_count_without_a_form(client, cast, school):
    client.force_login(cast.viewer)
    (need,) = client.get(address("this-year", school)).context["needs"]
    assert (need.key, need.address) == ("head_counts", "")


def test_the_day_is_an_argument(school, in_scope):
    pair = factories.talk_pair(school, times_a_year=1)
    year = school.reporting_year(2017)
    for day, late in ((date(2017, 12, 31), 0), (date(2018, 1, 1), 1)):
        assert pairs_overdue(year.period, unit=school, today=day) == late
        found = Attention(year, day=day, is_present=True).needs({}, head_counts_at="")
        assert [need.key for need in found] == ["talks"] * late + ["head_counts"]
    assert pair.times_a_year == 1


def test_no_need_is_called_as_a_deed_is(school, in_scope):
    asked = Attention(school.reporting_year(2017), day=TODAY, is_present=True).questions()
    assert set(asked) & set(DEEDS) == set()
    assert set(DEEDS) == set(Target.Deed.values)
