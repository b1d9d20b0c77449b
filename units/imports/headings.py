"""Which column of a spreadsheet is which: by its heading, in whatever row and words it stands."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from units.imports.refusals import SheetReason
from units.refused_files import RefusedFile
from units.sheet_columns import SheetColumn

LOOKED_THROUGH = 10
"""Rows at the top among which the headings are sought, below titles and notes."""
FAULTS_HEADING = "需要改正"
"""The column that a workbook of faults adds; it is not read again."""
_IDENTITY_HEADING = re.compile("身份证|证件号|公民身份|护照")
_IDENTITY = re.compile(r"\d{17}[\dXx]")
_BRACKETS = re.compile(r"\(.*?\)|[*:\s]")


@dataclass
class Table:
    """The rows below the headings. ``columns`` says in which place each column stands."""

    columns: dict[str, int]
    headings: dict[str, str]
    rows: list[tuple[int, list]]
    unread: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def find_table(
    rows: list[tuple[int, list]],
    columns: Sequence[SheetColumn],
    *,
    needed: str,
    names: Mapping[str, str],
) -> Table:
    """The table in ``rows``. ``names`` are the unit's own headings: {heading: column}.

    RefusedFile if no row names the column ``needed``.
    """
    known = _known(columns, names)
    place, height = _heading_rows(rows, known, needed)
    if place is None:
        raise RefusedFile(SheetReason.NO_HEADINGS)
    headings = _together([cells for _number, cells in rows[place : place + height]])
    table = Table(columns={}, headings={}, rows=rows[place + height :])
    for position, heading in enumerate(headings):
        _place_column(table, position, heading, known)
    return table


def plain_heading(text: object) -> str:
    """A heading without what differs from file to file: spaces, stars, remarks in brackets."""
    return _BRACKETS.sub("", unicodedata.normalize("NFKC", _words(text))).lower()


def _known(columns: Sequence[SheetColumn], names: Mapping[str, str]) -> dict[str, list[str]]:
    """{plain heading: the columns it may mean, in order}; the unit's own names come first."""
    known: dict[str, list[str]] = {}
    for column in columns:
        for name in column.names if column.key else ():
            keys = known.setdefault(plain_heading(name), [])
            if column.key not in keys:
                keys.append(column.key)
    for heading, key in names.items():
        known[plain_heading(heading)] = [key]
    return known


def _heading_rows(rows, known, needed: str) -> tuple[int | None, int]:
    """(place, height) of the headings: one row, or two where cells above are merged."""
    found = []
    for place in range(min(LOOKED_THROUGH, len(rows))):
        for height in (1, 2):
            if place + height > len(rows):
                continue
            headings = _together([cells for _number, cells in rows[place : place + height]])
            keys = {key for each in headings for key in known.get(plain_heading(each), ())[:1]}
            if needed in keys:
                found.append((len(keys), -height, -place))
    _count, height, place = max(found, default=(0, -1, None))
    return (None, 1) if place is None else (-place, -height)


def _together(rows: list[list]) -> list[str]:
    """One heading for each place: the lowest that says something."""
    width = max(len(row) for row in rows)
    filled = [[*map(_words, row), *[""] * (width - len(row))] for row in rows]
    return [next((row[n] for row in reversed(filled) if row[n]), "") for n in range(width)]


def _words(cell: object) -> str:
    return (cell if isinstance(cell, str) else str(cell[1])).strip() if cell else ""


def _place_column(table: Table, position: int, heading: str, known: dict[str, list[str]]):
    if _holds_identity_numbers(table, position, heading):
        table.refused.append(heading or str(position + 1))
        return
    free = [key for key in known.get(plain_heading(heading), ()) if key not in table.columns]
    if free:
        table.columns[free[0]] = position
        table.headings[free[0]] = heading
    elif heading and plain_heading(heading) != FAULTS_HEADING and not _is_number(heading):
        table.unread.append(heading)


def _is_number(heading: str) -> bool:
    return plain_heading(heading) in ("序号", "编号", "no.", "no", "#")


def _holds_identity_numbers(table: Table, position: int, heading: str) -> bool:
    """By its heading, or because half of what stands in it looks like one."""
    if _IDENTITY_HEADING.search(heading):
        return True
    cells = [_words(row[position]) for _number, row in table.rows if position < len(row)]
    filled = [cell for cell in cells if cell]
    return 2 * sum(_IDENTITY.fullmatch(cell) is not None for cell in filled) > len(filled)
