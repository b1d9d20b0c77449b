"""A person's timeline: what was, and when, in one list.

Rooms above this one have their own things to tell of a person (activities attended, suggestions
signed). They add a source when they are ready, so that nothing here needs to know of them. All
sources are asked in one query. Nobody is ranked or measured by it, and it never says where somebody
was not.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import DateField, Expression, F, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from members.models import Member
from units.dates import Precision
from units.written_dates import written

_COLUMNS = 5
"""How many columns a source may have to make its words of."""


@dataclass(frozen=True)
class Entry:
    """One thing: from when (None: nobody knows), until when if it ended, and in words."""

    words: str
    on: date | None
    precision: str = Precision.DAY
    until: date | None = None
    link: str = ""
    pk: int | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Source:
    """Entries of one kind, asked for together with those of all other kinds.

    ``rows`` gives what there is to tell of a person. ``columns`` of it, at most five names or
    expressions, are handed to ``words`` as texts, after the person; it gives the words, or the
    words and where they lead. ``on``, ``precision`` and ``until`` are the columns with the dates.
    """

    key: str
    label: str
    rows: Callable[[Member], QuerySet]
    columns: tuple[str | Expression, ...]
    words: Callable[..., str | tuple[str, str]]
    on: str | Expression = "started_on"
    precision: str | Expression = Value(Precision.DAY.value)
    until: str | Expression = Value(None)

    def asked(self, member: Member) -> QuerySet:
        """The rows of ``member`` in the form that all sources share: key, row, dates and texts."""
        empty = [Value("")] * (_COLUMNS - len(self.columns))
        texts = [Cast(each, TextField()) for each in (self.precision, *self.columns, *empty)]
        own, on, until = Value(self.key, TextField()), _day(self.on), _day(self.until)
        return self.rows(member).order_by().values_list(own, "pk", on, until, *texts)

    def entries(self, member: Member) -> list[Entry]:
        """What this kind alone tells of ``member``."""
        return [self.entry(member, *told) for _key, *told in self.asked(member)]

    def entry(self, member: Member, pk: int, on, until, precision, *texts: str) -> Entry:
        """One row of :meth:`asked`, without its key, in words."""
        told = self.words(member, *(text or "" for text in texts[: len(self.columns)]))
        words, link = told if isinstance(told, tuple) else (told, "")
        return Entry(words, on, precision, until, link, pk)


def _day(column: str | Expression) -> Expression:
    return F(column) if isinstance(column, str) else Cast(column, DateField())


@dataclass(frozen=True)
class Line:
    """An entry on the timeline, with the kind it is of."""

    source: Source
    entry: Entry

    @property
    def when(self) -> str:
        """2016-09, 2017-06-19 or 2016-09 to 2017-09-01; the end is the day it no longer held."""
        since = written(self.entry.on, self.entry.precision)
        if self.entry.until is None:
            return since
        until = self.entry.until.isoformat()
        return f"{since} – {until}" if since else _("until %(day)s") % {"day": until}


@dataclass(frozen=True)
class Year:
    """What began in one year, the latest first; ``year`` is None where nobody knows it."""

    year: int | None
    lines: list[Line]


_sources: dict[str, Source] = {}


def add_source(source: Source):
    """Have every timeline tell what ``source`` has; called once, when an app is ready."""
    _sources[source.key] = source


def sources() -> list[Source]:
    """All of them, in the order in which the rooms were made ready."""
    return list(_sources.values())


def timeline(member: Member, *, only: str = "") -> list[Year]:
    """What happened, the latest year first; of the kind ``only`` where one is named. One query."""
    chosen = [source for source in sources() if only in ("", source.key)]
    places = {source.key: place for place, source in enumerate(chosen)}
    rows = _rows(chosen, member)
    # Within one day the kinds stand in their order, and rows in that in which they were entered.
    rows.sort(key=lambda row: (-(row[2] or date.min).toordinal(), places[row[0]], row[1]))
    years: dict[int | None, list[Line]] = {}
    for key, *told in rows:
        line = Line(_sources[key], _sources[key].entry(member, *told))
        years.setdefault(line.entry.on.year if line.entry.on else None, []).append(line)
    return [Year(year, lines) for year, lines in years.items()]


def _rows(chosen: list[Source], member: Member) -> list[tuple]:
    if not chosen:
        return []
    first, *others = (source.asked(member) for source in chosen)
    return list(first.union(*others, all=True))
