"""By when a suggestion is to be decided and answered: the unit's policy in working days."""

from dataclasses import dataclass
from datetime import date, timedelta

from consultations.models import OPEN, Policy, State, Suggestion
from units.models import Unit
from units.working_days import WorkingCalendar


@dataclass(frozen=True)
class Deadlines:
    """What a unit's policy means for single days; two queries for any number of suggestions."""

    policy: Policy
    calendar: WorkingCalendar

    @classmethod
    def of(cls, unit: Unit) -> "Deadlines":
        """The deadlines of ``unit``."""
        return cls(Policy.of(unit), WorkingCalendar.stored())

    def decide_by(self, registered_on: date) -> date:
        """The last day on which to decide on what was registered then."""
        return self.calendar.after(registered_on, self.policy.accept_within)

    def reply_by(self, registered_on: date) -> date:
        """The usual last day for a reply: so many days, and on to the next working day."""
        last = registered_on + timedelta(days=self.policy.reply_within)
        return self.calendar.next_working_day(last)

    def latest(self, registered_on: date) -> date:
        """The day after which no deadline may lie."""
        return registered_on + timedelta(days=self.policy.longest)

    def end_of_year(self, registered_on: date) -> date:
        """年底前: the last working day of the year."""
        day = date(registered_on.year, 12, 31)
        while not self.calendar.works_on(day):
            day -= timedelta(days=1)
        return day

    def oldest_in_time(self, day: date, rule) -> date:
        """The first day of registration for which ``rule`` still leaves time on ``day``.

        ``rule`` is ``decide_by`` or ``reply_by``: what was registered earlier is late on ``day``.
        """
        first = day - timedelta(days=self.policy.longest + 2 * self.policy.accept_within + 30)
        while rule(first) < day:
            first += timedelta(days=1)
        return first

    def late(self, day: date) -> dict[str, date]:
        """What ``Suggestion.objects.overdue`` has to be given for ``day``."""
        return {
            "day": day,
            "accept_by": self.oldest_in_time(day, self.decide_by),
            "reply_by": self.oldest_in_time(day, self.reply_by),
        }

    def soon(self, day: date) -> dict[str, dict[str, date]]:
        """What ``Suggestion.objects.due_soon`` has to be given for ``day``."""
        after = self.warn_until(day) + timedelta(days=1)
        return {"now": self.late(day), "then": self.late(after)}

    def warn_until(self, day: date) -> date:
        """Deadlines up to this day count as near on ``day``."""
        return self.calendar.after(day, self.policy.remind_before)

    def due_on(self, row: Suggestion) -> date | None:
        """By when somebody has to act on ``row`` (``with_course``); None where nobody waits."""
        if row.state not in OPEN:
            return None
        if row.state == State.REGISTERED:
            return self.decide_by(row.registered_on)
        return row.due_on or self.reply_by(row.registered_on)

    def is_late(self, row: Suggestion, day: date) -> bool:
        """Whether that day has passed on ``day``."""
        due = self.due_on(row)
        return due is not None and due < day
