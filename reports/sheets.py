"""What a table of records consists of: sheets, their columns, and dates as cells show them.

A sheet also says what to fetch together with the rows, so that a page asks the same number of
queries for one row and for a hundred.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Model, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from units.dates import DatedRow
from units.written_dates import written


@dataclass(frozen=True)
class Column:
    """One column. ``field`` names the field it shows where a figure can be its sum.

    ``cell`` gives one value, or a tuple of parts that a line should not break. A cell that names
    people has ``covered`` too, which gives it without more than their first character.
    """

    header: str
    cell: Callable[[Model], object]
    field: str = ""
    covered: Callable[[Model], object] | None = None

    def shown(self, row: Model, *, with_names: bool) -> object:
        """The cell of ``row``, people named or covered."""
        return self.cell(row) if with_names or self.covered is None else self.covered(row)


@dataclass(frozen=True)
class Sheet:
    """The columns of one model, and what their cells need: joins and gathered rows.

    ``owner`` names the record on whose form rows of this kind are entered, if they have no form
    of their own.
    """

    columns: tuple[Column, ...]
    joins: tuple[str, ...] = ()
    gathers: tuple[str, ...] = ()
    owner: str = ""

    def fetch(self, rows: QuerySet) -> QuerySet:
        """``rows`` with everything the cells will ask of them."""
        if self.joins:
            rows = rows.select_related(*self.joins)
        return rows.prefetch_related(*self.gathers) if self.gathers else rows


def covered(name: str) -> str:
    """A person's name with its first character alone: 徐＊＊."""
    return name[:1] + "＊" * min(len(name) - 1, 2)


def joined(words: Iterable[object]) -> str:
    """The words in a row, as Chinese lists them."""
    return "、".join(str(word) for word in words)


def since(row: DatedRow) -> str:
    """The first day, as precisely as it is known."""
    return written(row.started_on, row.started_precision)


def until(row: DatedRow) -> str:
    """The first day that no longer counts; "" while it lasts."""
    return written(row.ended_on)


def span(row: DatedRow) -> str:
    """Since when, until when, or both; the end is the first day that no longer counts."""
    dates = {"start": since(row), "end": until(row)}
    if row.started_on and row.ended_on:
        return gettext("%(start)s to %(end)s") % dates
    if row.ended_on:
        return gettext("until %(end)s") % dates
    return gettext("since %(start)s") % dates if row.started_on else ""


def with_dates(rows: Iterable[DatedRow]) -> tuple[str, ...]:
    """Each row and its time, as parts in turn."""
    return tuple(part for row in rows for part in (str(row), span(row)) if part)


def party_or_cpc(organisation: Model) -> str:
    """The party that an organisation belongs to."""
    return str(organisation.party or _("Communist Party of China"))


def happened(activity: Model) -> str:
    """When it took place, as precisely as it is known."""
    return written(activity.started_on, activity.precision)
