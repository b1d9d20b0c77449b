"""Counting in working days: Monday to Friday, with the holidays and make-up days entered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from units.models import Holiday

_SATURDAY = 5


@dataclass(frozen=True)
class WorkingCalendar:
    """Which days are worked. ``exceptions`` says of a day whether it is, against its weekday."""

    exceptions: Mapping[date, bool] = field(default_factory=dict)

    @classmethod
    def stored(cls) -> "WorkingCalendar":
        """The calendar as entered in the table of holidays; one query."""
        return cls(dict(Holiday.objects.values_list("day", "works")))

    def works_on(self, day: date) -> bool:
        """Whether ``day`` is a working day."""
        return self.exceptions.get(day, day.weekday() < _SATURDAY)

    def next_working_day(self, day: date) -> date:
        """``day`` itself if it is worked, else the first working day after it."""
        while not self.works_on(day):
            day += timedelta(days=1)
        return day

    def after(self, day: date, working_days: int) -> date:
        """The day that lies ``working_days`` working days after ``day``, which does not count.

        ValueError for less than 0 days; for 0 the day itself, or the first working day after it.
        """
        if working_days < 0:
            raise ValueError(f"cannot count {working_days} working days")
        for _each in range(working_days):
            day = self.next_working_day(day + timedelta(days=1))
        return self.next_working_day(day)

    def between(self, first: date, last: date) -> int:
        """How many working days lie after ``first`` and not after ``last``; 0 if there are none."""
        days = range(1, (last - first).days + 1)
        return sum(self.works_on(first + timedelta(days=number)) for number in days)
