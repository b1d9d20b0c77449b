"""Counts in words and in digits.

A count is a whole number from 0 on. Anything else (a float, a truth value, a negative number) is
a mistake of the caller and raises ``ValueError``: a count that is not known must never come here.
"""

from units.yuan import spelled

WORDS_UP_TO = 10
"""The largest count that is written in words before a measure word; larger ones get digits.

Short counts in words beside long ones in digits is what GB/T 15835-2011 leaves open and what
yearly summaries do (四个民主党派, 19人).
"""

LARGEST_NUMERAL = 99_999

_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")


def chinese_numeral(number: int) -> str:
    """A numeral in words, 0 to 99999: 零, 十, 十九, 一百零五, 二百, 一万零一十.

    Rules: ten to nineteen begin with 十, inside a larger number it is 一十 (一百一十二); a run of
    zeros between two other digits is one 零, zeros at the end are not written; the digit 2 is
    always 二, as official texts write it (二百, 二千) – 两 belongs to ``measured``. Beyond the
    range: ``ValueError``.
    """
    require_count(number)
    if number > LARGEST_NUMERAL:
        raise ValueError(f"no numeral in words above {LARGEST_NUMERAL}: {number}")
    if number == 0:
        return _DIGITS[0]
    words = spelled(number, numerals=_DIGITS, places=_PLACES)
    return words.removeprefix("一") if 10 <= number <= 19 else words


def measured(number: int, measure: str) -> str:
    """A count with its measure word: 两次, 四位, 十个, 零次; from 11 on in digits: 19人, 23次.

    Before a measure word 2 is 两; without one (``measure`` empty) it stays 二.
    """
    require_count(number)
    if number > WORDS_UP_TO:
        return digits(number, measure)
    if number == 2 and measure:
        return f"两{measure}"
    return f"{chinese_numeral(number)}{measure}"


def digits(number: int, measure: str) -> str:
    """A count in digits with its measure word, at any size: 19人, 4位, 1200次 (no separators)."""
    require_count(number)
    return f"{number}{measure}"


def about(number: int, measure: str) -> str:
    """A count in round figures, never overstated: 20余次 for 21 to 29, 100余次 for 101 to 199.

    Up to 10 it is exact and in words like ``measured``. Above, it is cut down to full tens (to
    full hundreds from 100 on) with 余 behind; a count that is round already stays exact: 20次.
    """
    require_count(number)
    if number <= WORDS_UP_TO:
        return measured(number, measure)
    step = 10 if number < 100 else 100
    rest = number % step
    return f"{number - rest}余{measure}" if rest else digits(number, measure)


def require_count(number: int) -> None:
    """Raise ``ValueError`` unless ``number`` is a whole number from 0 on."""
    if not isinstance(number, int) or isinstance(number, bool) or number < 0:
        raise ValueError(f"a count is a whole number from 0 on, not {number!r}")
