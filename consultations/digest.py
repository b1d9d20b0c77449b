"""What is to be done on a day (提醒): one digest for the page and for the mail.

An extension moves the deadline, and with it the reminder: what was extended is quiet until the new
day comes near.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from consultations.deadlines import Deadlines
from consultations.models import Promise, State, Step, Suggestion
from units.models import ReportingYear, Unit

_LEFT = Q(outcome__isnull=True) | Q(outcome=Step.Outcome.PARTLY)
"""Neither done nor dropped."""


@dataclass(frozen=True)
class Item:
    """One thing to do. ``due_on`` is None where no day is set, ``since`` where nothing began it."""

    row: Suggestion | Promise
    due_on: date | None = None
    since: date | None = None


@dataclass(frozen=True)
class Part:
    """Things of one kind; the most urgent first."""

    key: str
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Digest:
    """All of it, as of one day."""

    day: date
    parts: tuple[Part, ...]

    @property
    def total(self) -> int:
        """How many things there are."""
        return sum(len(part.items) for part in self.parts)


def digest(unit: Unit, *, day: date) -> Digest:
    """What ``unit`` has to do on ``day``; the number of queries depends on nothing."""
    deadlines = Deadlines.of(unit)
    waiting = [Item(row, due_on=deadlines.due_on(row)) for row in _suggestions(unit).open_on(day)]
    waiting.sort(key=lambda item: (item.due_on, item.row.year, item.row.number))
    warned = deadlines.warn_until(day)
    late = [item for item in waiting if item.due_on < day]
    soon = [item for item in waiting if day <= item.due_on <= warned]
    return Digest(
        day,
        (
            Part("overdue", _("Overdue"), tuple(late)),
            Part("soon", _("Due soon"), tuple(soon)),
            Part("to_tell", _("Result to be told"), tuple(_to_tell(unit, day))),
            Part("planned", _("Planned, to be followed up"), tuple(_planned(unit, day))),
            Part("promised", _("Measures of last year's report"), tuple(_promised(unit, day))),
        ),
    )


def year_of(unit: Unit, *, day: date) -> ReportingYear:
    """The unit's year in which ``day`` lies."""
    year = unit.reporting_year(day.year)
    return year if day <= year.last else unit.reporting_year(day.year + 1)


def _suggestions(unit: Unit) -> QuerySet[Suggestion]:
    return Suggestion.objects.filter(unit=unit).order_by("year", "number")


def _to_tell(unit: Unit, day: date) -> Iterable[Item]:
    """Answered or declined, and the proposers do not know it yet; the longest wait first."""
    states = (State.ANSWERED, State.DECLINED)
    found = _suggestions(unit).with_course(day=day).filter(state__in=states)
    items = [Item(row, since=row.state_since) for row in found]
    return sorted(items, key=lambda item: item.since)


def _planned(unit: Unit, day: date) -> Iterable[Item]:
    """Told or closed as planned, and neither done nor dropped since."""
    found = _suggestions(unit).with_course(day=day)
    found = found.filter(result=Step.Result.PLANNED, state__in=(State.FED_BACK, State.CLOSED))
    return [Item(row, since=row.fed_back_on) for row in found.filter(_LEFT)]


def _promised(unit: Unit, day: date) -> Iterable[Item]:
    """Measures due in the year of ``day`` that are neither done nor dropped by then."""
    year = year_of(unit, day=day)
    due = Promise.objects.filter(unit=unit).measures().due_in(year).with_outcome(day=day)
    rows = due.left().order_by("made_in", "position", "pk")
    return [Item(row, due_on=year.last) for row in rows]
