"""Tables written as XLSX and CSV: nothing in them is a formula, and nothing is lost on the way.

Offices open these files in Excel and WPS. A text that begins like a formula would be run there
(OWASP: CSV injection), a long code would become 4.3E+17, and 0912 would become 912. In XLSX every
text is a text cell; in CSV, which knows no types, an apostrophe stands before such a text, and
:func:`from_csv_text` takes it away again.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from unicodedata import east_asian_width

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
LONGEST = 32767
"""Characters in one cell of XLSX; a longer text makes Excel call the file damaged."""

MARK_SIGN = "※ "
"""Begins the line of a CSV file that says who made it: no row of the list."""

_FORMULA = r"\s*[=+\-@＝＋－＠]|[\t\r\n]"
_CODE = r"0\d+$|\d{12,}$|\d+[eE]\d+$"
_TO_QUOTE = re.compile(f"'*(?:{_FORMULA}|{_CODE})")
# What XML cannot hold, and what already looks like its escape (ECMA-376, ST_Xstring).
_TO_ESCAPE = re.compile("_x(?=[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_FIRST_DAY_OF_EXCEL = date(1900, 3, 1)
_MEASURED_ROWS = 200


def write_xlsx(
    columns: Sequence[str], rows: Iterable[Sequence], *, title: str, mark: str = ""
) -> bytes:
    """A workbook of one sheet called ``title``: the headings, then ``rows`` in their order.

    Texts are text cells, dates are dates, numbers (int, Decimal) numbers, True and False words.
    What is None stays empty. ``mark`` (who made it, and when) stands at the foot of each printed
    page; no other name and no time of anybody is in the file.
    """
    book = Workbook(write_only=True)
    book.properties.creator = None
    sheet = book.create_sheet(_sheet_name(title))
    rows = iter(rows)
    first = list(islice(rows, _MEASURED_ROWS))
    _lay_out(sheet, columns, first)
    sheet.oddFooter.left.text = mark.replace("&", "&&") or None
    sheet.append([_heading(sheet, column) for column in columns])
    for row in chain(first, rows):
        sheet.append([_cell(sheet, value) for value in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def write_csv(columns: Sequence[str], rows: Iterable[Sequence], *, mark: str = "") -> bytes:
    """The same as comma-separated text, UTF-8 with the sign by which Excel knows it.

    ``mark`` stands alone in a last line that begins with :data:`MARK_SIGN`.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow([to_csv_text(str(column)) for column in columns])
    for row in rows:
        writer.writerow([_csv_value(value) for value in row])
    if mark:
        writer.writerow([f"{MARK_SIGN}{mark}"])
    return file.getvalue().encode("utf-8-sig")


def to_csv_text(text: str) -> str:
    """``text`` with an apostrophe before it where a spreadsheet would make something else of it."""
    return f"'{text}" if _TO_QUOTE.match(text) else text


def from_csv_text(text: str) -> str:
    """What :func:`to_csv_text` was given."""
    return text[1:] if text.startswith("'") and _TO_QUOTE.match(text) else text


def from_xlsx_text(text: str) -> str:
    """A text read from a workbook, with the characters that XML cannot hold put back."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _plain(value):
    """``value`` as one of the kinds that a cell can hold: None, number, date or text."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return local.replace(tzinfo=None, microsecond=0)
    if value is None or isinstance(value, int | Decimal | date):
        return value
    return str(value) or None


def _csv_value(value) -> str:
    plain = _plain(value)
    if plain is None:
        return ""
    return to_csv_text(plain) if isinstance(plain, str) else str(plain)


def _cell(sheet, value) -> WriteOnlyCell:
    plain = _plain(value)
    if isinstance(plain, date) and _before_excel(plain):
        plain = str(plain)
    if isinstance(plain, str):
        return _text(sheet, plain)
    cell = WriteOnlyCell(sheet, plain)
    if isinstance(plain, datetime):
        cell.number_format = "yyyy-mm-dd hh:mm"
    elif isinstance(plain, date):
        cell.number_format = "yyyy-mm-dd"
    elif isinstance(plain, Decimal):
        cell.number_format = f"0.{'0' * -plain.as_tuple().exponent}".rstrip(".")
    return cell


def _text(sheet, text: str) -> WriteOnlyCell:
    """A cell of text, whatever the text looks like, and still text after somebody edits it."""
    cell = WriteOnlyCell(sheet, _in_xml(text))
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = _TO_QUOTE.match(text) is not None
    return cell


def _heading(sheet, column: str) -> WriteOnlyCell:
    cell = _text(sheet, str(column))
    cell.font = Font(bold=True)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell


def _in_xml(text: str) -> str:
    escaped = _TO_ESCAPE.sub(lambda found: f"_x{ord(found[0][0]):04X}_" + found[0][1:], text)
    if len(escaped) <= LONGEST:
        return escaped
    mark = _("[cut here: a cell holds %(most)s characters]") % {"most": LONGEST}
    return escaped[: LONGEST - len(mark)] + mark


def _before_excel(day: date) -> bool:
    """Excel knows no day before 1900, and takes 1900 for a leap year."""
    return (day.date() if isinstance(day, datetime) else day) < _FIRST_DAY_OF_EXCEL


def _sheet_name(title: str) -> str:
    """``title`` as the name of a sheet may be: at most 31 characters, some of them forbidden."""
    return _NOT_IN_SHEET_NAMES.sub(" ", title).strip(" '")[:31] or "1"


def _lay_out(sheet, columns: Sequence[str], rows: list[Sequence]):
    """Wide enough to read, the headings always in sight, on paper sideways and on each page."""
    for number, wide in enumerate(_widths(columns, rows), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = wide
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _widths(columns: Sequence[str], rows: list[Sequence]) -> Iterator[int]:
    for position, column in enumerate(columns):
        values = [column, *(row[position] for row in rows if position < len(row))]
        yield min(2 + max(_width(_csv_value(value)) for value in values), 48)


def _width(text: str) -> int:
    """Columns of a screen: a Chinese character takes two."""
    longest = max(text.splitlines() or [""], key=len)
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in longest[:48])
