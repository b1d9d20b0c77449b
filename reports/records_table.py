"""The records behind a figure as a table, page by page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.paginator import Page, Paginator
from django.db.models import Model
from django.utils.translation import gettext as _

from reports.evidence import NAMING_PEOPLE, SHEETS
from reports.readings import Reading
from reports.sheets import Column
from units.statistic import Count as RowCount
from units.statistic import CountsPer, Distinct, Share, Stated, Total

ROWS_PER_PAGE = 100


@dataclass(frozen=True)
class Row:
    """One record: header and text of each cell, the text in parts that a line should not break.

    ``link`` is the address of its form, "" for none.
    """

    cells: tuple[tuple[str, tuple[str, ...]], ...]
    link: str


@dataclass(frozen=True)
class RecordsTable:
    """One page of a figure's records.

    ``derivation`` says how the value follows from them. ``total`` is the sum of the last column
    over all pages, "" where the figure is no sum. A cell comes with its header, which narrow
    screens print beside it.
    """

    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    page: Page
    derivation: str
    total: str

    @property
    def total_span(self) -> int:
        """How many columns stand before the one that is summed."""
        return len(self.headers) - 1


def records_table(
    reading: Reading, *, page: str | None, link_of: Callable[[Model], str]
) -> RecordsTable | None:
    """Page ``page`` of the records of ``reading``; None where the figure is a gap without records.

    An impossible page number gives the nearest page. ``link_of`` gives the address of a record's
    form. The number of queries does not depend on the number of records.
    """
    if reading.evidence is None:
        return None
    sheet = SHEETS[reading.evidence.model._meta.label]
    shown = Paginator(sheet.fetch(reading.evidence), ROWS_PER_PAGE).get_page(page)
    records = list(shown.object_list)
    columns = _columns_in_use(sheet.columns, records, summed=_summed_field(reading))
    return RecordsTable(
        headers=tuple(str(column.header) for column in columns),
        rows=tuple(
            Row(
                cells=tuple((str(column.header), _parts(column.cell(row))) for column in columns),
                link=link_of(row),
            )
            for row in records
        ),
        page=shown,
        derivation=_derivation(reading, records=shown.paginator.count, column=columns[-1].header),
        total=text_of(reading.value) if _summed_field(reading) else "",
    )


@dataclass(frozen=True)
class PrintedRecords:
    """All records of a figure for paper: header, a text for each cell, and how the value follows.

    ``total`` is the sum of the last column, "" where the figure is no sum.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    derivation: str
    total: str


def printed_records(reading: Reading, *, with_names: bool) -> PrintedRecords | None:
    """The records of ``reading``; None where there can be none. Without names, people have no more
    than the first character of theirs."""
    if reading.evidence is None:
        return None
    sheet = SHEETS[reading.evidence.model._meta.label]
    records = list(sheet.fetch(reading.evidence))
    summed = _summed_field(reading)
    columns = _columns_in_use(sheet.columns, records, summed=summed)
    return PrintedRecords(
        header=tuple(str(column.header) for column in columns),
        rows=tuple(
            tuple(" ".join(_parts(each.shown(row, with_names=with_names))) for each in columns)
            for row in records
        ),
        derivation=_derivation(reading, records=len(records), column=columns[-1].header),
        total=text_of(reading.value) if summed else "",
    )


def lists_people(reading: Reading) -> bool:
    """Whether the records behind the figure are shown with people's names."""
    evidence = reading.evidence
    return evidence is not None and evidence.model._meta.label in NAMING_PEOPLE


def text_of(value: object) -> str:
    """A cell's value as text: yes for true, nothing for false and unknown, money to the cent."""
    match value:
        case None | False:
            return ""
        case True:
            return _("yes")
        case Decimal():
            return f"{value:,.2f}"
        case date():
            return value.isoformat()
    return str(value)


def _parts(value: object) -> tuple[str, ...]:
    values = value if isinstance(value, tuple) else (value,)
    return tuple(text for each in values if (text := text_of(each)))


def _summed_field(reading: Reading) -> str:
    return reading.statistic.field if isinstance(reading.statistic, Total) else ""


def _columns_in_use(
    columns: tuple[Column, ...], records: list[Model], *, summed: str
) -> tuple[Column, ...]:
    """Without columns that are empty all the way down; the one that adds up comes last."""
    used = [column for column in columns if any(_parts(column.cell(row)) for row in records)]
    kept = used or list(columns)
    return tuple(sorted(kept, key=lambda column: bool(summed) and column.field == summed))


def _derivation(reading: Reading, *, records: int, column: str) -> str:
    facts = {"records": records, "column": column, "base": reading.figure.base}
    match reading.statistic:
        case RowCount():
            return _("The value is the number of these records: %(records)s.") % facts
        case Distinct():
            facts["value"] = reading.value
            return _("These %(records)s records name %(value)s different ones.") % facts
        case Total():
            return _("The value is the sum of the column “%(column)s”.") % facts
        case Share():
            facts["whole"] = reading.value.base
            return _("The part: these %(records)s records. The base: %(whole)s, %(base)s.") % facts
        case CountsPer():
            return _("These %(records)s records are counted for each giver.") % facts
        case Stated():
            return _("The value is stated in this record.")
    return _("The value lists what these records say, each wording once.")
