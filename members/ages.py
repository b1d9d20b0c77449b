"""How old somebody is on a day, and bands of ages as people write them: 41-50, ≤30, ≥51."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

_OLDEST = 150
_RANGE = re.compile(r"(\d{1,3})(?:-|~|–|—|至|到)(\d{1,3})")
_ONE = re.compile(r"(\d{1,3})")
_AT_MOST = re.compile(r"(?:≤|<=)(\d{1,3})|(\d{1,3})(?:以下|及以下|或以下)")
_AT_LEAST = re.compile(r"(?:≥|>=)(\d{1,3})|(\d{1,3})(?:以上|及以上|或以上)")
_UNDER = re.compile(r"(?:<|不到|不满|未满)(\d{1,3})")
_OVER = re.compile(r"(?:>|超过)(\d{1,3})")

USUAL_BANDS = ("≤30", "31-40", "41-50", "51-60", "≥61")
"""What reports use (domain: owip); anything else may be typed."""
UNKNOWN_AGE = "不详"
"""What is written instead of a band for those whose birth nobody knows."""


def age_on(day: date, *, born_on: date) -> int:
    """Full years; of a birth known by month or year, from its first day."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


@dataclass(frozen=True)
class AgeBand:
    """The ages from ``youngest`` to ``oldest``, both included."""

    youngest: int
    oldest: int

    @classmethod
    def read(cls, text: str) -> "AgeBand":
        """The band that ``text`` names. ValueError, in words for the person who typed it."""
        plain = "".join(unicodedata.normalize("NFKC", text).replace("岁", "").split())
        for form, band in _FORMS:
            if found := form.fullmatch(plain):
                low, high = band(*(int(number) for number in found.groups() if number))
                if low <= high:
                    return cls(low, high)
        raise ValueError(
            _("“%(text)s” is no band of ages. Write 41-50, ≤30, ≥51 or one age.") % {"text": text}
        )

    def born_between(self, day: date) -> tuple[date, date]:
        """The first and the last birthday of those who are of these ages on ``day``."""
        last = _years_before(day, self.youngest)
        before = _years_before(day, self.oldest + 1)
        return _day_after(before), last


_FORMS = (
    (_RANGE, lambda low, high: (low, high)),
    (_ONE, lambda age: (age, age)),
    (_AT_MOST, lambda age: (0, age)),
    (_AT_LEAST, lambda age: (age, _OLDEST)),
    (_UNDER, lambda age: (0, age - 1)),
    (_OVER, lambda age: (age + 1, _OLDEST)),
)


def _years_before(day: date, years: int) -> date:
    """The last day that is not later in its year than ``day``; 29 February may be the 28th."""
    year = max(day.year - years, 1)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def _day_after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)
