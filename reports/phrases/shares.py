"""Shares of a named base: per cent, simple fractions, and the words for most and several.

A part lies between 0 and its base: more than the whole means that the records contradict each
other, and a base of 0 means that there is no share. Both raise ``ValueError``; who asks for a
figure finds out first and shows a gap or a contradiction instead.
"""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from reports.phrases.numerals import measured, require_count

FRACTION_TOLERANCE = Fraction(1, 100)
"""How far a share may be from a simple fraction that names it: one percentage point, inclusive."""

SEVERAL_FROM = 3
"""The smallest count that is called 多: 多人 for two people would be an exaggeration."""

PERCENT_FROM = 10
"""The smallest base of which a share is told in per cent."""

# No two of these are closer than five points, so at most one can be within the tolerance.
_FRACTIONS = {
    Fraction(1, 5): "五分之一",
    Fraction(1, 4): "四分之一",
    Fraction(1, 3): "三分之一",
    Fraction(2, 5): "五分之二",
    Fraction(1, 2): "半数",
    Fraction(3, 5): "五分之三",
    Fraction(2, 3): "三分之二",
    Fraction(3, 4): "四分之三",
    Fraction(4, 5): "五分之四",
}


def percent(part: int | Decimal, base: int | Decimal, places: int = 0) -> str:
    """The share in per cent, halves rounded up: 18% for 19 of 105, 17% for 18 of 105.

    ``places`` is the number of decimals (18.1% with one). A part is never rounded away: what
    would print as 0% is 不足1%, what would print as 100% without being all is 99%以上 (不足0.1%
    and 99.9%以上 with one decimal). ``ValueError`` as the module says, and for ``places`` < 0.
    """
    _require_share(part, base)
    if places < 0:
        raise ValueError(f"places must not be negative: {places}")
    step = Decimal(1).scaleb(-places)
    share = (Decimal(part) * 100 / Decimal(base)).quantize(step, ROUND_HALF_UP)
    if share == 0 and part > 0:
        return f"不足{step}%"
    if share == 100 and part < base:
        return f"{share - step}%以上"
    return f"{share}%"


def fraction(part: int | Decimal, base: int | Decimal) -> str:
    """The share as a simple fraction, if it is one: 三分之一 for 19 of 57; else ``percent``.

    Halves (半数), thirds, quarters and fifths name a share that is at most one percentage point
    away from them: 三分之一 from 32.33…% to 34.33…%, so 18 of 57 (31.6%) is 32%.
    """
    _require_share(part, base)
    share = Fraction(part) / Fraction(base)
    for named, words in _FRACTIONS.items():
        if abs(share - named) <= FRACTION_TOLERANCE:
            return words
    return percent(part, base)


def of_base(part: int, base: int, measure: str) -> str:
    """The part beside its base: 12条中9条; "" where the base is 0."""
    require_count(part)
    require_count(base)
    return f"{base}{measure}中{part}{measure}" if base else ""


def rate(part: int, base: int, measure: str) -> str:
    """A share of few things as 8条中6条, of ten and more as 75%（12条中9条）; "" where base is 0.

    With fewer than :data:`PERCENT_FROM` a percentage says more than anybody knows.
    """
    beside = of_base(part, base, measure)
    return f"{percent(part, base)}（{beside}）" if base >= PERCENT_FROM else beside


def most(part: int, base: int, measure: str) -> str:
    """How many of a group: 全部, 大多, 半数, the count (八人, 12人), or 没有.

    全部 is every one, 大多 more than one half, 半数 exactly one half; below that the count speaks
    for itself. 没有 for none, also where the group is empty. Part above base: ``ValueError``.
    """
    require_count(part)
    require_count(base)
    if part > base:
        raise ValueError(f"the part {part} is larger than its base {base}")
    if part == 0:
        return "没有"
    if part == base:
        return "全部"
    if part * 2 == base:
        return "半数"
    return "大多" if part * 2 > base else measured(part, measure)


def several(number: int, measure: str) -> str:
    """没有, 一人, 两人, and from three on 多人."""
    require_count(number)
    if number == 0:
        return "没有"
    return f"多{measure}" if number >= SEVERAL_FROM else measured(number, measure)


def _require_share(part: int | Decimal, base: int | Decimal) -> None:
    if not 0 <= part <= base or base == 0:
        raise ValueError(f"no share: part {part} of base {base}")
