"""Days, periods and dated rows: the one rule about who counts on a day."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from members.models import Appointment
from tests import factories
from units.dates import Period, Precision, first_day_of, next_day, year_before

JUNE = Period(date(2017, 6, 1), date(2017, 6, 30))

# A week is enough to meet every border: days before, on and after each start and end.
DAYS = st.dates(date(2017, 6, 1), date(2017, 6, 7))


@st.composite
def intervals(draw):
    """A start and an end later than it; either may be unknown."""
    start = draw(st.none() | DAYS)
    end = draw(st.none() | DAYS)
    if start and end and end <= start:
        end = start + timedelta(days=1)
    return start, end


def posts_of(member, held):
    """One post for each interval."""
    return [factories.appointment(member, started_on=start, ended_on=end) for start, end in held]


def days_of(start, end):
    """Every day of the week, and the days around it, that the interval holds: counted by hand."""
    all_days = [date(2017, 5, 31) + timedelta(days=n) for n in range(10)]
    return {d for d in all_days if (not start or start <= d) and (not end or d < end)}


# --- periods ---


def test_period_contains_its_first_and_last_day():
    days = [date(2017, 5, 31), date(2017, 6, 1), date(2017, 6, 30), date(2017, 7, 1)]
    assert [day in JUNE for day in days] == [False, True, True, False]


def test_period_eve_is_the_day_before():
    assert Period(date(2017, 1, 1), date(2017, 12, 31)).eve == date(2016, 12, 31)


def test_period_of_one_day():
    day = date(2017, 6, 1)
    assert day in Period(day, day)


def test_period_reversed():
    with pytest.raises(ValueError, match="2017-06-01"):
        Period(date(2017, 6, 2), date(2017, 6, 1))


# --- single days ---


@pytest.mark.parametrize(
    ("precision", "first"),
    [
        (Precision.DAY, date(2016, 5, 19)),
        (Precision.MONTH, date(2016, 5, 1)),
        (Precision.YEAR, date(2016, 1, 1)),
    ],
)
def test_first_day_of_each_precision(precision, first):
    assert first_day_of(date(2016, 5, 19), precision) == first


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2017, 12, 31), date(2016, 12, 31)),
        (date(2016, 2, 29), date(2015, 2, 28)),
        (date(2017, 2, 28), date(2016, 2, 28)),
    ],
)
def test_year_before(day, before):
    assert year_before(day) == before


def test_next_day_over_the_end_of_a_year():
    assert next_day(date(2016, 12, 31)) == date(2017, 1, 1)


# --- rows on a day ---


def test_on_day_before_start_and_day_before_end(in_scope):
    factories.appointment(
        factories.person(in_scope), started_on=date(2017, 6, 5), ended_on=date(2017, 6, 10)
    )
    days = [date(2017, 6, day) for day in (4, 5, 6, 9, 10, 11)]
    found = [Appointment.objects.on(day).count() for day in days]
    assert found == [0, 1, 1, 1, 0, 0]


def test_on_unknown_start_lies_before_every_day(in_scope):
    post = factories.appointment(
        factories.person(in_scope), started_on=None, ended_on=date(2017, 6, 10)
    )
    assert list(Appointment.objects.on(date(1950, 1, 1))) == [post]
    assert list(Appointment.objects.on(date(2017, 6, 10))) == []


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(held=st.lists(intervals(), max_size=4), day=DAYS)
def test_on_agrees_with_counting_days_by_hand(in_scope, held, day):
    member = factories.person(in_scope)
    posts = posts_of(member, held)
    expected = [post for post in posts if day in days_of(post.started_on, post.ended_on)]
    found = Appointment.objects.filter(member=member).on(day).order_by("pk")
    assert list(found) == expected


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(held=st.lists(intervals(), max_size=4), first=DAYS, length=st.integers(0, 2))
def test_during_agrees_with_counting_days_by_hand(in_scope, held, first, length):
    member = factories.person(in_scope)
    posts = posts_of(member, held)
    period = Period(first, first + timedelta(days=length))
    expected = [
        post for post in posts if any(d in period for d in days_of(post.started_on, post.ended_on))
    ]
    found = Appointment.objects.filter(member=member).during(period).order_by("pk")
    assert list(found) == expected


@given(one=intervals(), other=intervals())
def test_overlaps_agrees_with_counting_days_by_hand(one, other):
    rows = [Appointment(started_on=start, ended_on=end) for start, end in (one, other)]
    expected = bool(days_of(*one) & days_of(*other))
    assert rows[0].overlaps(rows[1]) is expected
    assert rows[1].overlaps(rows[0]) is expected


# --- storing rows ---


def test_clean_stores_a_month_as_its_first_day(in_scope):
    post = factories.appointment(
        factories.person(in_scope),
        started_on=date(2017, 6, 22),
        started_precision=Precision.MONTH,
    )
    assert post.started_on == date(2017, 6, 1)


def test_row_ending_on_its_first_day_is_refused(in_scope):
    with pytest.raises(ValidationError) as refused:
        factories.appointment(
            factories.person(in_scope), started_on=date(2017, 6, 5), ended_on=date(2017, 6, 5)
        )
    assert "__all__" in refused.value.message_dict


def test_row_ending_before_its_start_is_refused_by_the_database(in_scope):
    post = factories.appointment(factories.person(in_scope), started_on=date(2017, 6, 5))
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.filter(pk=post.pk).update(ended_on=date(2017, 6, 4))
