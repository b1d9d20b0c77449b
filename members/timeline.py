"""A person's timeline: what was, and when, in one list.

Rooms above this one have their own things to tell of a person (activities attended, suggestions
signed). They add a source when they are ready, so that nothing here needs to know of them. Nobody
is ranked or measured by it, and it never says where somebody was not.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from members.models import Member
from units.dates import Precision
from units.written_dates import written


@dataclass(frozen=True)
class Entry:
    """One thing: from when (None: nobody knows), until when if it ended, and in words."""

    words: str
    on: date | None
    precision: str = Precision.DAY
    until: date | None = None
    link: str = ""


@dataclass(frozen=True)
class Source:
    """Entries of one kind. ``entries`` takes the person and asks the database once."""

    key: str
    label: str
    entries: Callable[[Member], Iterable[Entry]]


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
    """What happened, the latest year first; of the kind ``only`` where one is named."""
    chosen = [source for source in sources() if only in ("", source.key)]
    lines = [Line(source, entry) for source in chosen for entry in source.entries(member)]
    # The kinds stay in their order within one day: sorting keeps equal lines as they are.
    lines.sort(key=lambda line: line.entry.on or date.min, reverse=True)
    years: dict[int | None, list[Line]] = {}
    for line in lines:
        years.setdefault(line.entry.on.year if line.entry.on else None, []).append(line)
    return [Year(year, lines) for year, lines in years.items()]
