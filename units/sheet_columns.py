"""The columns of one kind of spreadsheet, declared once for what goes out and for what comes in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from units.dates import Precision

Reader = Callable[[object], dict[str, object]]
"""From a cell's value to values of a form's fields; ValueError in words for what it cannot be."""


@dataclass(frozen=True)
class SheetColumn:
    """One column.

    ``value`` gives a record's cell. Coming in, the column is known by its heading or by one of
    ``aliases``; ``read`` turns a cell into values for the form of ``part``, and a column without
    it is not read. ``key`` names it in a stored plan. ``example`` stands in the template.
    """

    heading: str
    value: Callable[[object], object]
    part: str = ""
    read: Reader | None = None
    aliases: Sequence[str] = ()
    example: str = ""
    key: str = ""

    @property
    def names(self) -> list[str]:
        """Every heading by which the column is known."""
        return [str(self.heading), *self.aliases]


def date_cell(day: date | None, precision: str = Precision.DAY) -> date | str | None:
    """A whole day as a date; a month or a year as words that no spreadsheet makes a day of."""
    if day is None or precision == Precision.DAY:
        return day
    return f"{day.year}年" if precision == Precision.YEAR else f"{day.year}年{day.month}月"
