"""Activities and who took part: dates, times, and one entry each."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from activities.models import Activity, Participation
from tests import factories
from units.dates import Period

YEAR = Period(date(2017, 1, 1), date(2017, 12, 31))


def refusal(make, *args, **fields) -> list[str]:
    """The fields of which ``make`` refuses the row."""
    with pytest.raises(ValidationError) as refused:
        make(*args, **fields)
    return list(refused.value.message_dict)


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (date(2016, 12, 31), 0),
        (date(2017, 1, 1), 1),
        (date(2017, 1, 2), 1),
        (date(2017, 12, 30), 1),
        (date(2017, 12, 31), 1),
        (date(2018, 1, 1), 0),
    ],
)
def test_during_at_the_borders_of_the_year(in_scope, day, number):
    factories.activity(in_scope, started_on=day)
    assert Activity.objects.during(YEAR).count() == number


def test_during_counts_an_activity_in_the_year_it_began(in_scope):
    factories.activity(in_scope, started_on=date(2016, 12, 31), ended_on=date(2017, 1, 2))
    assert Activity.objects.during(YEAR).count() == 0


@pytest.mark.parametrize(
    ("precision", "stored"),
    [("day", date(2017, 5, 17)), ("month", date(2017, 5, 1)), ("year", date(2017, 1, 1))],
)
def test_date_is_stored_with_its_precision(in_scope, precision, stored):
    assert (
        factories.activity(in_scope, started_on=date(2017, 5, 17), precision=precision).started_on
        == stored
    )


def test_of_kind_takes_several(in_scope):
    rows = [factories.activity(in_scope, kind=kind) for kind in ("study", "visit", "talk")]
    found = Activity.objects.of_kind("study", "visit").order_by("pk")
    assert list(found) == rows[:2]


def test_activity_ending_on_its_first_day(in_scope):
    day = date(2017, 5, 17)
    assert factories.activity(in_scope, started_on=day, ended_on=day).ended_on == day


def test_activity_ending_before_it_began_is_refused(in_scope):
    fields = {"started_on": date(2017, 5, 17), "ended_on": date(2017, 5, 16)}
    assert "ended_on" in refusal(factories.activity, in_scope, **fields)


def test_activity_that_never_took_place_is_refused(in_scope):
    assert "times" in refusal(factories.activity, in_scope, times=0)


def test_activity_in_a_series_of_another_unit_is_refused(school, other_school):
    series = factories.series(other_school)
    assert refusal(factories.activity, school, series=series) == ["series"]


def test_theme_twice_is_refused_within_a_unit_only(school, other_school):
    factories.theme(school, "中国梦教育行")
    factories.theme(other_school, "中国梦教育行")
    assert refusal(factories.theme, school, "中国梦教育行") == ["__all__"]


def test_probe_21_one_person_attends_a_meeting_once(in_scope):
    meeting, person = factories.activity(in_scope), factories.member(in_scope)
    row = factories.participation(meeting, person)
    assert refusal(factories.participation, meeting, person) == ["__all__"]
    # Merging a second entry of the same person cannot make two of it either.
    second = factories.participation(meeting, factories.member(in_scope))
    with pytest.raises(IntegrityError), transaction.atomic():
        Participation.objects.filter(pk=second.pk).update(member=person)
    assert list(Participation.objects.filter(member=person)) == [row]


def test_participation_of_somebody_of_another_unit_is_refused(school, other_school):
    meeting, stranger = factories.activity(school), factories.member(other_school)
    assert refusal(factories.participation, meeting, stranger) == ["member"]


def test_guests_of_one_capacity_stand_once(in_scope):
    ceremony = factories.activity(in_scope)
    factories.guest_group(ceremony, "辖区警官", number=1)
    assert refusal(factories.guest_group, ceremony, "辖区警官") == ["__all__"]
