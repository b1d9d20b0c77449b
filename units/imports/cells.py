"""What stands in a cell, as the room's columns read it: ValueError in words for what it cannot be.

A reader is given a text, a number (Decimal), a day (date) or True and False, never an empty cell.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from units.dates import Precision
from units.written_dates import read_date

_LOSSLESS = 10**15
"""From here on a spreadsheet's numbers are rounded: …0028 has become …0000."""
_FIRST_SERIAL, _LAST_SERIAL = 3654, 73050
"""1910 to 2099, as Excel counts days since 1900; what lies between 1900 and 2099 is a year."""
_EXCEL_EPOCH = date(1899, 12, 30)
_AMBIGUOUS_MONTH = re.compile(r"\d{4}\.1")


def value_of(cell: str | list) -> object:
    """The value in a stored cell; None for an empty one. ValueError for a formula or an error."""
    if isinstance(cell, str):
        return cell.strip() or None
    kind, text = cell
    if kind in "fe":
        raise ValueError(
            _("This is a formula or an error of one: copy the column and paste it as values.")
        )
    if kind == "n":
        return Decimal(text)
    return date.fromisoformat(text) if kind == "d" else text == "1"


def as_text(value: object) -> str:
    """A text. A number of more than 15 digits is refused: the spreadsheet has altered it."""
    if isinstance(value, Decimal):
        if abs(value) >= _LOSSLESS:
            raise ValueError(
                _("The spreadsheet has altered this long number: format the column as text.")
            )
        return format(value.normalize(), "f")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)


def as_date(value: object) -> tuple[date, Precision]:
    """A day, month or year, with its precision: as text, as a date, or as the number behind one."""
    if isinstance(value, date):
        return value, Precision.DAY
    text = as_text(value)
    if isinstance(value, Decimal) and _AMBIGUOUS_MONTH.fullmatch(text):
        raise ValueError(
            _("%(text)s may be January or October: write %(year)s年1月 or %(year)s年10月.")
            % {"text": text, "year": text[:4]}
        )
    if re.fullmatch(r"\d{4,5}", text):
        number = int(text)
        if _FIRST_SERIAL <= number <= _LAST_SERIAL and not 1900 <= number < 2100:
            return _EXCEL_EPOCH + timedelta(days=number), Precision.DAY
    return read_date(text)


def as_yes_or_no(value: object) -> bool:
    """Yes, no, and the ticks that offices use for them."""
    if isinstance(value, bool):
        return value
    text = as_text(value).strip().lower()
    if text in ("1", "y", "yes", "是", "√", "✓", "有", _("yes")):
        return True
    if text in ("0", "n", "no", "否", "×", "无", "-", "—", _("no")):
        return False
    raise ValueError(_("Write 是 or 否."))


def one_of(choices: Mapping[str, object], expected: str) -> Callable[[object], object]:
    """A reader for a list of words; ``expected`` says in words what is allowed."""

    def read(value: object) -> object:
        word = as_text(value).replace(" ", "").replace("　", "")
        if word not in choices:
            raise ValueError(pgettext("import", "Expected: %(words)s.") % {"words": expected})
        return choices[word]

    return read
