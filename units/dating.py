"""To which years a record belongs, said once for each kind of record.

Every :class:`units.scoping.UnitRow` has a class attribute ``dating``: a tuple of the rules below,
empty for what belongs to no year (a theme, a telephone number). They give a row's *part* in a year:
None where it has none, else the values that a report of that year may rest on. A year that is
closed stays as it was because no change may alter the part of any row in it
(:mod:`units.year_lock`); what a row says of other years is free to change.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import models

from units.dates import Period, next_day

_NO_VALUE = frozenset({"id", "unit", "version"})


@dataclass
class YearOfUnit:
    """One unit's year, as the rules ask about it. Remembers what they looked up."""

    unit_id: int
    number: int
    period: Period
    _known: dict = field(default_factory=dict, repr=False)

    def known(self, name: str, look_up: Callable[[], object]):
        """What ``look_up`` gives; it is asked once for each ``name``."""
        if name not in self._known:
            self._known[name] = look_up()
        return self._known[name]


class Dating:
    """A rule. ``leaves`` are fields that may change afterwards, because no report rests on them;
    with ``only``, no other fields than those named are held. ``may_be_added`` lets rows come to a
    closed year later: once there, they stay as they are.
    """

    def __init__(
        self,
        *,
        leaves: Iterable[str] = (),
        only: Iterable[str] = (),
        may_be_added: bool = False,
    ):
        self.leaves = frozenset(leaves)
        self.only = frozenset(only)
        self.may_be_added = may_be_added

    def part(self, row: models.Model, year: YearOfUnit) -> tuple | None:
        """What ``row`` says of ``year``; None if it says nothing. Within the unit's scope."""
        raise NotImplementedError

    def values(self, row: models.Model, *, but: Iterable[str] = ()) -> tuple:
        """The held fields of ``row`` with their values, as they would be stored."""
        without = _NO_VALUE | self.leaves | {*but}
        return tuple(
            (each.name, each.to_python(getattr(row, each.attname)))
            for each in row._meta.concrete_fields
            if (each.name in self.only if self.only else each.name not in without)
        )


class Inside(Dating):
    """Belongs to the year in which the date in ``name`` lies."""

    def __init__(self, name: str, **options):
        super().__init__(**options)
        self.name = name

    def part(self, row, year):
        """The held values, if the day lies in the year."""
        day = _day(row, self.name)
        return self.values(row) if day is not None and day in year.period else None


class InYear(Dating):
    """Belongs to the year whose number stands in ``name``."""

    def __init__(self, name: str, **options):
        super().__init__(**options)
        self.name = name

    def part(self, row, year):
        """The held values, if the number is the year's."""
        number = row._meta.get_field(self.name).to_python(getattr(row, self.name))
        return self.values(row) if number == year.number else None


class Holds(Dating):
    """Belongs to every year in which it holds on some day: from ``start`` until before ``end``.

    Only what lies within the year is its part there: a membership may be ended after a closed year,
    and neither end nor begin within it. ``counts`` says whether the row is counted at all; a party
    membership of somebody who was not employed here is not.
    """

    def __init__(
        self,
        start: str = "started_on",
        end: str = "ended_on",
        *,
        counts: Callable[[models.Model, YearOfUnit], bool] | None = None,
        **options,
    ):
        super().__init__(**options)
        self.start, self.end, self.counts = start, end, counts

    def part(self, row, year):
        """The days of the year on which it holds, as first and first no longer, with the values."""
        after = next_day(year.period.last)
        first = max(_day(row, self.start) or year.period.first, year.period.first)
        until = min((self.end and _day(row, self.end)) or after, after)
        if first >= until or (self.counts and not self.counts(row, year)):
            return None
        dates = (self.start, self.end, self.start.replace("_on", "_precision"))
        return (first, until, *self.values(row, but=dates))


class With(Dating):
    """Belongs to the years of the record that the foreign key ``name`` leads to."""

    def __init__(self, name: str, **options):
        super().__init__(**options)
        self.name = name

    def part(self, row, year):
        """The held values, if the other record has a part in the year."""
        if getattr(row, row._meta.get_field(self.name).attname) is None:
            return None
        return self.values(row) if part_of(getattr(row, self.name), year) is not None else None


class Behind(Dating):
    """Belongs, besides, to the years of the records that refer to it (``name``: their manager)."""

    def __init__(self, name: str, **options):
        super().__init__(**options)
        self.name = name

    def part(self, row, year):
        """The held values, if one of those records has a part in the year."""
        if row.pk is None:
            return None
        behind = getattr(row, self.name).all()
        return self.values(row) if any(part_of(each, year) is not None for each in behind) else None


def part_of(row: models.Model, year: YearOfUnit, *, added: bool = False) -> tuple | None:
    """What ``row`` says of ``year`` by all rules of its kind; None if nothing.

    With ``added``, rules that let rows be added do not count. Within the unit's scope.
    """
    rules = [rule for rule in row.dating if not (added and rule.may_be_added)]
    parts = tuple(rule.part(row, year) for rule in rules)
    return None if all(part is None for part in parts) else parts


def _day(row: models.Model, name: str):
    return row._meta.get_field(name).to_python(getattr(row, name))
