"""``python -m units.imports.file_reading KIND SOURCE MOST_ROWS``: the cells of one spreadsheet.

Runs in a process of its own, which limits itself before it opens the file. Prints one line of JSON:
``{"sheet": name, "more": names of other sheets, "rows": [[number, cells], …]}`` or ``{"refused":
reason}``. A cell is a text, or ``[kind, text]`` for what the file says is no text: ``n`` a number,
``d`` a day, ``b`` yes or no, ``f`` a formula, ``e`` an error. Empty rows are left out.
"""

import csv
import io
import json
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path

from openpyxl import load_workbook

from units.apart import limit_this_process
from units.imports.refusals import MOST_COLUMNS, MOST_ROWS, MOST_UNPACKED, SheetReason
from units.office_files import refuse_unless_sound
from units.refused_files import MEGABYTE, Reason, RefusedFile

MOST_MEMORY = 512 * MEGABYTE
MOST_SECONDS = 10
"""Of the processor: 5,000 rows of 60 columns take three to five."""
MOST_WRITTEN = 64 * MEGABYTE
MOST_CELLS = 2 * (MOST_ROWS * MOST_COLUMNS)
"""As they stand in the file, empty ones that only have a colour included."""
FARTHEST_ROW = 20_000
"""Rows of a sheet that are looked at, empty ones included: some files claim a million."""
ROWS_ABOVE = 20
"""Titles, notes and headings, besides the rows of a list."""

Cell = str | list[str]
_ZEROS = re.compile(r"0{2,}$")
_PLACES = re.compile(r"0\.(0+)(?:_ )?$")


def cells_of(kind: str, source: Path, most_rows: int) -> dict:
    """What is printed about the file at ``source``, which came in as ``.xlsx`` or ``.csv``."""
    try:
        found = _of_workbook(source) if kind == ".xlsx" else _of_text(source)
        found["rows"] = _filled(found["rows"], most_rows + ROWS_ABOVE)
    except RefusedFile as refused:
        return {"refused": refused.reason}
    return found


def _of_workbook(source: Path) -> dict:
    refuse_unless_sound(source, main_part="xl/workbook.xml", most_unpacked=MOST_UNPACKED)
    _refuse_too_many_cells(source)
    # By its path, openpyxl would go by the name's ending.
    book = load_workbook(source.open("rb"), read_only=True, keep_links=False)
    sheets = [each for each in book.worksheets if each.sheet_state == "visible"]
    if not sheets:
        raise RefusedFile(SheetReason.NO_ROWS)
    sheet, *others = sheets
    # Some programs write wrong dimensions, and some files lie about them.
    sheet.reset_dimensions()
    rows = ([_cell(cell) for cell in row] for row in sheet.iter_rows())
    return {"sheet": sheet.title, "more": [each.title for each in others], "rows": rows}


def _refuse_too_many_cells(source: Path):
    """RefusedFile for more cells or texts than a list can have, before any of them is read."""
    with zipfile.ZipFile(source) as package:
        for name in package.namelist():
            if name.startswith("xl/") and name.endswith(".xml"):
                with package.open(name) as part:
                    _refuse_too_many(part)


def _refuse_too_many(part):
    count = 0
    while piece := part.read(MEGABYTE):
        count += piece.count(b"<c ") + piece.count(b"<si") + piece.count(b":c ")
        if count > MOST_CELLS:
            raise RefusedFile(Reason.UNPACKS_TOO_LARGE)


def _cell(cell) -> Cell:
    value, kind = cell.value, cell.data_type
    if value is None:
        return ""
    if kind == "f":
        return ["f", str(getattr(value, "text", value))]
    if kind == "e":
        return ["e", str(value)]
    if isinstance(value, bool):
        return ["b", "1" if value else ""]
    if isinstance(value, datetime):
        return ["d", value.date().isoformat()]
    if isinstance(value, date):
        return ["d", value.isoformat()]
    if isinstance(value, int | float):
        return _number(value, cell.number_format or "")
    return str(value)


def _number(value: float, shown_as: str) -> Cell:
    """The number; where the sheet shows it with leading or trailing zeros, as it is shown."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if isinstance(value, int) and _ZEROS.match(shown_as):
        return str(value).zfill(len(shown_as))
    if isinstance(value, float) and (places := _PLACES.match(shown_as)):
        return f"{value:.{len(places[1])}f}"
    return ["n", str(value)]


def _of_text(source: Path) -> dict:
    text = _decoded(source.read_bytes())
    if "\0" in text:
        raise RefusedFile(SheetReason.NO_TEXT)
    first = text.partition("\n")[0]
    separator = max(",\t;", key=first.count)
    return {"sheet": "", "more": [], "rows": csv.reader(io.StringIO(text), delimiter=separator)}


def _decoded(content: bytes) -> str:
    """UTF-8 with or without its sign, or GBK as Excel writes it in China."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RefusedFile(SheetReason.NO_TEXT)


def _filled(rows: Iterable[list[Cell]], most: int) -> list[tuple[int, list[Cell]]]:
    """(number of the row, its cells) of the rows in which something stands."""
    found = list(_with_something(rows, most))
    if not found:
        raise RefusedFile(SheetReason.NO_ROWS)
    return found


def _with_something(rows: Iterable[list[Cell]], most: int) -> Iterator[tuple[int, list[Cell]]]:
    count = 0
    for number, row in enumerate(rows, start=1):
        if number > FARTHEST_ROW:
            return
        while row and not _says_something(row[-1]):
            row.pop()
        if not row:
            continue
        count += 1
        if count > most:
            raise RefusedFile(SheetReason.TOO_MANY_ROWS)
        if len(row) > MOST_COLUMNS:
            raise RefusedFile(SheetReason.TOO_MANY_COLUMNS)
        yield number, row


def _says_something(cell: Cell) -> bool:
    return not isinstance(cell, str) or cell.strip() != ""


if __name__ == "__main__":
    limit_this_process(memory=MOST_MEMORY, seconds=MOST_SECONDS, written=MOST_WRITTEN)
    found = cells_of(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
    print(json.dumps(found, ensure_ascii=True))  # noqa: T201
