"""Days, months and occasions. No leading zeros (GB/T 9704-2012, 7.3.5.4): 2017年12月5日."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from reports.phrases.lists import enumerate_cn, join_and
from reports.phrases.numerals import measured

FEAST_OPENINGS = ("迎", "庆", "纪念")
"""An occasion that begins so names a feast, and a feast tells its own date."""

WITHOUT_MONTH = "年内"
"""What stands for an occasion of which neither a name nor the month is known."""


class Occasion(NamedTuple):
    """What something was held for, when, and how many times.

    ``name`` may be empty. ``held_on`` is any day of the right month, None where only the year is
    known. ``times`` is 1 or more.
    """

    name: str
    held_on: date | None
    times: int = 1


def month_word(day: date) -> str:
    """The month without the year: 1月."""
    return f"{day.month}月"


def day_word(day: date) -> str:
    """The full date: 2017年12月5日."""
    return date_word(day, precision="day")


def date_word(day: date, *, precision: str) -> str:
    """A date as exactly as it is known, by ``precision``: 2017年12月5日, 2017年12月, 2017年.

    ``precision`` is "day", "month" or "year"; anything else raises ``ValueError``.
    """
    match precision:
        case "day":
            return f"{day.year}年{day.month}月{day.day}日"
        case "month":
            return f"{day.year}年{day.month}月"
        case "year":
            return f"{day.year}年"
    raise ValueError(f"precision is day, month or year, not {precision!r}")


def occasions(held: Iterable[Occasion], measure: str = "次") -> str:
    """When something was held, in the given order: 迎“中秋国庆”双节和6月学期结束前各一次.

    - An occasion that names a feast (``FEAST_OPENINGS``) dates itself; any other gets its month
      in front (6月学期结束前), and one without a name is just its month (6月).
    - Occasions that read the same are one, their times added (6月两次).
    - Once each: a closed list with 各一次; a single one without 各. Otherwise each with its own
      times: 6月学期结束前两次、迎“中秋国庆”双节一次.

    Plain tuples (name, day, times) will do. None held: "". Times below 1: ``ValueError``.
    """
    times = _times_by_words(held)
    if len(times) > 1 and set(times.values()) == {1}:
        return f"{join_and(times)}各{measured(1, measure)}"
    return enumerate_cn(f"{words}{measured(count, measure)}" for words, count in times.items())


def _times_by_words(held: Iterable[Occasion]) -> dict[str, int]:
    times: dict[str, int] = {}
    for name, held_on, count in held:
        if count < 1:
            raise ValueError(f"an occasion that was held was held once at least: {name} {count}")
        words = _occasion_words(name.strip(), held_on)
        times[words] = times.get(words, 0) + count
    return times


def _occasion_words(name: str, held_on: date | None) -> str:
    if name.startswith(FEAST_OPENINGS):
        return name
    month = month_word(held_on) if held_on else ""
    return f"{month}{name}" or WITHOUT_MONTH
