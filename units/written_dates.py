"""Dates as people write them on paper, read with the precision they were written in.

2017-6-19, 2017.06.19, 2017/6/19, 2017年6月19日, 20170619; 2017-6, 2017.06, 2017年6月; 2017, 2017年;
and without the year, where a year is understood: 6-19, 6.19, 6月19日, 0619. Full-width digits count
as digits.
"""

import re
import unicodedata
from datetime import date

from django.utils.translation import gettext as _

from units.dates import Precision

_SEPARATOR = r"[-./年月]"
_WHOLE = re.compile(
    rf"(?P<year>\d{{4}})(?:年|{_SEPARATOR}(?P<month>\d{{1,2}})(?:月|{_SEPARATOR}(?P<day>\d{{1,2}})日?)?)?"
)
_PACKED = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")
_WITHOUT_YEAR = re.compile(rf"(?P<month>\d{{1,2}}){_SEPARATOR}(?P<day>\d{{1,2}})日?")
_PACKED_WITHOUT_YEAR = re.compile(r"(?P<month>\d{2})(?P<day>\d{2})")


def read_date(text: str, *, year: int | None = None) -> tuple[date, Precision]:
    """The first day that ``text`` can mean, and how much of it was written.

    ``year`` is understood where none is written; then 0619 is 19 June of it, and otherwise four
    digits are a year. ValueError, in words for the person who typed it, for anything else.
    """
    parts = _parts("".join(unicodedata.normalize("NFKC", text).split()), year)
    if parts is None:
        raise ValueError(
            _("“%(text)s” is no date. Write it as 2017-6-19, 6.19, 2017年6月 or 2017.")
            % {"text": text}
        )
    try:
        day = date(parts["year"], parts.get("month", 1), parts.get("day", 1))
    except ValueError as error:
        raise ValueError(_("There is no such day: %(text)s.") % {"text": text}) from error
    return day, _precision(parts)


def written(day: date | None, precision: str = Precision.DAY) -> str:
    """2017-03-15, 2017-03 or 2017, as precisely as it is known; "" for no day."""
    if day is None:
        return ""
    length = {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10}[Precision(precision)]
    return day.isoformat()[:length]


def _parts(text: str, year: int | None) -> dict[str, int] | None:
    if year is not None:
        for form in (_WITHOUT_YEAR, _PACKED_WITHOUT_YEAR):
            if (found := form.fullmatch(text)) and not _looks_like_year(text):
                return {"year": year, **_numbers(found)}
    for form in (_PACKED, _WHOLE):
        if found := form.fullmatch(text):
            return _numbers(found)
    return None


def _looks_like_year(text: str) -> bool:
    """1900 to 2099 are years: no month 19 or 20 exists."""
    return re.fullmatch(r"(19|20)\d\d", text) is not None


def _numbers(found: re.Match) -> dict[str, int]:
    return {name: int(number) for name, number in found.groupdict().items() if number}


def _precision(parts: dict[str, int]) -> Precision:
    if "day" in parts:
        return Precision.DAY
    return Precision.MONTH if "month" in parts else Precision.YEAR
