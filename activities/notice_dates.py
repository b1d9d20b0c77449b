"""Days as notices write them: 2017年12月8日, 12月8日（周五）下午2:00, 二〇一七年十二月八日, 本周五.

A year that is not written is that of the notice's own date, and of the following year where the day
would lie before the notice. Without such a date the year at hand is understood.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

_HAN = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}
_N = r"[\d零〇○一二三四五六七八九十]"
_WEEKDAYS = "一二三四五六日"
_WEEKDAY = r"(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])"
_DAY = re.compile(
    rf"(?:(?P<year>\d{{4}}|[零〇○一二三四五六七八九]{{4}})\s*[年./-]\s*)?"
    rf"(?P<month>{_N}{{1,3}})\s*[月./-]\s*(?P<day>{_N}{{1,3}})\s*[日号]?"
    rf"(?:\s*[(（]?\s*{_WEEKDAY}\s*[)）]?)?"
    r"(?P<time>\s*(?:上午|下午|中午|晚上|晚)?\s*\d{1,2}\s*(?:[:：]\s*\d{2}|[点时]半?))?"
)
_IN_WORDS = re.compile(
    r"(?:(?P<week>本|这|下)(?:个)?" + _WEEKDAY + r"|(?P<near>今天|明天|后天))"
    r"(?P<time>\s*(?:上午|下午|中午|晚上|晚)?\s*\d{1,2}\s*(?:[:：]\s*\d{2}|[点时]半?))?"
)
_UNTIL = re.compile(
    rf"\s*(?:至|到|-|—|–|~)+\s*(?:(?P<month>{_N}{{1,3}})\s*月\s*)?(?P<day>{_N}{{1,3}})\s*[日号]"
)
_OWN = re.compile(
    rf"^[ \t]*(?P<year>\d{{4}}|[零〇○一二三四五六七八九]{{4}})\s*年\s*(?P<month>{_N}{{1,3}})\s*月"
    rf"\s*(?P<day>{_N}{{1,3}})\s*日[ \t]*$",
    re.M,
)
_NEAR = {"今天": 0, "明天": 1, "后天": 2}


@dataclass(frozen=True)
class Day:
    """A day as it is written: where, its parts, and the last day of several."""

    words: str
    start: int = 0
    end: int = 0
    year: int | None = None
    month: int | None = None
    number: int | None = None
    weekday: int | None = None
    weeks_on: int | None = None
    days_on: int | None = None
    last: "Day | None" = None
    day: date | None = None


@dataclass(frozen=True)
class EventDay:
    """The day that was meant; None where that cannot be known. ``doubt`` says what to look at."""

    day: date | None
    words: str
    doubt: str = ""


def own_date(text: str) -> Day | None:
    """The notice's own date: the last line that is nothing but a whole date."""
    for found in reversed(list(_OWN.finditer(text))):
        parts = [_number(found[name]) for name in ("year", "month", "day")]
        if day := _made(*parts):
            return Day(found[0].strip(), found.start(), found.end(), day=day)
    return None


def days_in(text: str) -> list[Day]:
    """Every day that ``text`` writes, in its order."""
    found = [_written(hit, text) for hit in _DAY.finditer(text) if _is_day(hit)]
    found += [_in_words(hit) for hit in _IN_WORDS.finditer(text)]
    return sorted(found, key=lambda day: day.start)


def day_of_event(written: Day, *, signed: date | None, year: int) -> EventDay:
    """Which day ``written`` means, for a notice of the day ``signed``."""
    if written.month is None:
        return _relative(written, signed)
    day = _made(written.year or (signed.year if signed else year), written.month, written.number)
    if day and signed and written.year is None and day < signed:
        day = _made(day.year + 1, written.month, written.number) or day
    if day is None:
        return EventDay(None, written.words, _("There is no such day."))
    doubt = ""
    if written.weekday is not None and day.weekday() != written.weekday:
        doubt = _("%(day)s is a %(weekday)s: check the year.") % {
            "day": day.isoformat(),
            "weekday": WEEKDAYS[day.weekday()],
        }
    return EventDay(day, written.words, doubt)


def _relative(written: Day, signed: date | None) -> EventDay:
    if signed is None:
        return EventDay(
            None, written.words, _("The notice has no date of its own, so the day is not known.")
        )
    if written.days_on is not None:
        return EventDay(signed + timedelta(days=written.days_on), written.words)
    monday = signed - timedelta(days=signed.weekday())
    day = monday + timedelta(weeks=written.weeks_on, days=written.weekday)
    return EventDay(day, written.words)


def _written(hit: re.Match, text: str) -> Day:
    until = _UNTIL.match(text, hit.end())
    month = _number(hit["month"])
    last = until and Day(
        until[0].strip(), month=_number(until["month"]) or month, number=_number(until["day"])
    )
    return Day(
        hit[0].strip(),
        hit.start(),
        hit.end(),
        year=_number(hit["year"]),
        month=month,
        number=_number(hit["day"]),
        weekday=_weekday(hit["weekday"]),
        last=last or None,
    )


def _in_words(hit: re.Match) -> Day:
    return Day(
        hit[0].strip(),
        hit.start(),
        hit.end(),
        weekday=_weekday(hit["weekday"]),
        weeks_on=None if hit["week"] is None else int(hit["week"] == "下"),
        days_on=_NEAR.get(hit["near"]),
    )


def _is_day(hit: re.Match) -> bool:
    """12.8 and 12-8 may be anything: without a year only 12月8日 is a day."""
    month, day = _number(hit["month"]) or 0, _number(hit["day"]) or 0
    says_so = hit["year"] is not None or "月" in hit[0]
    return says_so and 1 <= month <= 12 and 1 <= day <= 31


def _weekday(sign: str | None) -> int | None:
    return None if sign is None else _WEEKDAYS.index("日" if sign == "天" else sign)


def _number(text: str | None) -> int | None:
    """12, 十二, 二十一, 二〇一七 as numbers."""
    if text is None or text.isdecimal():
        return int(text) if text else None
    if "十" in text:
        tens, _ten, ones = text.partition("十")
        return _digits(tens or "一") * 10 + (_digits(ones) if ones else 0)
    return _digits(text)


def _digits(text: str) -> int:
    return int("".join(sign if sign.isdecimal() else str(_HAN[sign]) for sign in text) or 0)


def _made(year: int | None, month: int | None, day: int | None) -> date | None:
    try:
        return date(year, month, day)
    except (TypeError, ValueError):
        return None
