"""The annex that defends the numbers: for each figure of a report, what it means and its records.

It goes with the paper, so that a printed number can be followed without any server. People are
named in it only where it is asked for by somebody who keeps the unit's records.
"""

from collections.abc import Iterator
from dataclasses import replace

from django.utils import translation
from django.utils.translation import gettext as _

from reports.document import AnnexEntry, Document, Table
from reports.presentation import days_of
from reports.readings import DOCUMENT_LANGUAGE, Figures, Reading
from reports.records_table import PrintedRecords, printed_records
from reports.wording import Kind
from units.spreadsheets import write_csv


def with_annex(document: Document, figures: Figures, *, with_names: bool) -> Document:
    """``document`` with an entry for each figure it states, in its order.

    Gaps are left out, and words such as the unit's name, behind which there is no list.
    """
    with translation.override(DOCUMENT_LANGUAGE):
        entries = tuple(_entries(document, figures, with_names=with_names))
    return replace(document, annex=entries)


def records_csv(document: Document) -> bytes:
    """The annex as a CSV file: a line with each figure's name and words, then its records."""
    lines = [line for entry in document.annex for line in _lines(entry)]
    width = max((len(line) for line in lines), default=1)
    with translation.override(DOCUMENT_LANGUAGE):
        return write_csv([document.name, *[""] * (width - 1)], lines)


def _lines(entry: AnnexEntry) -> Iterator[tuple[str, ...]]:
    yield ()
    yield entry.name, entry.words, entry.definition
    if entry.records:
        yield entry.records.header
        yield from entry.records.rows


def _entries(document: Document, figures: Figures, *, with_names: bool) -> Iterator[AnnexEntry]:
    for key in document.figures:
        reading = figures[key]
        if not reading.is_gap and reading.figure.kind is not Kind.TEXT:
            yield _entry(reading, with_names=with_names)


def _entry(reading: Reading, *, with_names: bool) -> AnnexEntry:
    figure = reading.figure
    records = printed_records(reading, with_names=with_names)
    return AnnexEntry(
        key=figure.key,
        name=str(figure.name),
        words=reading.phrase(),
        definition=str(figure.definition),
        base=str(figure.base),
        when="".join(days_of(figure, reading.year)),
        derivation=records.derivation if records else "",
        records=_table(records) if records and records.rows else None,
    )


def _table(records: PrintedRecords) -> Table:
    """The records, the shares of their columns by the longest cell; a sum as the last row."""
    rows = records.rows
    if records.total:
        rows = (*rows, (_("Total"), *[""] * (len(records.header) - 2), records.total))
    columns = zip(records.header, *rows, strict=True)
    widths = tuple(float(min(max(map(len, column), default=1), 24) + 2) for column in columns)
    return Table(caption="", header=records.header, rows=rows, widths=widths)
