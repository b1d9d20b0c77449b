"""Working days: weekends, holidays and the days worked to make up for them."""

from datetime import date

import pytest

from units.models import Holiday
from units.working_days import WorkingCalendar

# The National Day of 2017: 1 to 8 October free, Saturday 30 September worked.
NATIONAL_DAY = {date(2017, 10, day): False for day in range(1, 9)} | {date(2017, 9, 30): True}


@pytest.mark.parametrize(
    ("day", "number", "after"),
    [
        (date(2017, 6, 19), 5, date(2017, 6, 26)),  # Mon: Tue Wed Thu Fri Mon
        (date(2017, 6, 23), 1, date(2017, 6, 26)),  # Friday: Monday
        (date(2017, 6, 24), 0, date(2017, 6, 26)),  # a Saturday itself moves on
        (date(2017, 6, 24), 1, date(2017, 6, 26)),
    ],
)
def test_days_are_counted_over_weekends(day, number, after):
    assert WorkingCalendar().after(day, number) == after


def test_holidays_do_not_count_and_days_made_up_do():
    calendar = WorkingCalendar(NATIONAL_DAY)
    # Thu 28 September: Fri 29, Sat 30 (worked), Mon 9 October.
    assert calendar.after(date(2017, 9, 28), 3) == date(2017, 10, 9)
    assert calendar.between(date(2017, 9, 28), date(2017, 10, 9)) == 3
    assert calendar.between(date(2017, 10, 9), date(2017, 9, 28)) == 0


def test_less_than_no_days_are_refused():
    with pytest.raises(ValueError, match="-1"):
        WorkingCalendar().after(date(2017, 6, 19), -1)


def test_the_calendar_is_what_was_entered(db):
    Holiday.objects.create(day=date(2017, 10, 2), name="国庆节")
    Holiday.objects.create(day=date(2017, 9, 30), name="国庆节", works=True)
    calendar = WorkingCalendar.stored()
    days = [date(2017, 9, 30), date(2017, 10, 1), date(2017, 10, 2), date(2017, 10, 3)]
    assert [calendar.works_on(day) for day in days] == [True, False, False, True]
