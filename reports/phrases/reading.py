"""Numerals read back: what ``numerals`` and ``money`` write, and what people type by hand.

The inverse of writing: ``read_numeral(chinese_numeral(n)) == n``, and so for digits, for counts
with 两 and for capital numerals.
"""

import re
from decimal import Decimal

_PLAIN = str.maketrans(
    "壹贰叁肆伍陆柒捌玖拾佰仟〇两０１２３４５６７８９％", "一二三四五六七八九十百千零二0123456789%"
)
_DIGITS = {word: value for value, word in enumerate("零一二三四五六七八九")}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_GROUPS = {"万": 10**4, "亿": 10**8}
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_YUAN = re.compile(
    r"(?P<yuan>.+?)(?P<more>万)?元(?:整|正)?(?:零?(?P<jiao>.)角)?(?:零?(?P<fen>.)分)?"
)
_CENTS = re.compile(r"(?:(?P<jiao>.)角)?(?:(?P<fen>.)分)?")


def read_numeral(words: str) -> Decimal | None:
    """The number that ``words`` spell, in digits (1,200, full-width too) or in Chinese; else None.

    Chinese numerals need their places (十九, 一百零五, 陆仟); a bare row of them
    (三四, 二〇一七) is an estimate or a year and no count: None.
    """
    plain = words.strip().translate(_PLAIN)
    if _GROUPED.fullmatch(plain):
        return Decimal(plain.replace(",", ""))
    number = _spelled(plain)
    return None if number is None else Decimal(number)


def read_yuan(words: str) -> Decimal | None:
    """The amount in yuan of 6000元, 1,500.50元, 0.6万元, 陆仟元整, 叁元伍角, 伍分; else None."""
    found = _YUAN.fullmatch(words.strip()) or _CENTS.fullmatch(words.strip())
    if found is None or not words.strip():
        return None
    parts = found.groupdict()
    whole = read_numeral(parts["yuan"]) if parts.get("yuan") else Decimal(0)
    cents = [read_numeral(parts[name]) if parts[name] else Decimal(0) for name in ("jiao", "fen")]
    if None in (whole, *cents):
        return None
    return whole * (10_000 if parts.get("more") else 1) + cents[0] / 10 + cents[1] / 100


def _spelled(words: str) -> int | None:
    """A Chinese numeral: groups of 万 and 亿, each of thousands, hundreds, tens and ones."""
    total, group, digit = 0, 0, None
    for word in words:
        if word in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[word]
        elif word in _PLACES:
            group += (1 if digit is None else digit) * _PLACES[word]
            digit = None
        elif word in _GROUPS:
            total = (
                (total + group + (digit or 0)) * _GROUPS[word]
                if word == "亿"
                else (total + (group + (digit or 0)) * _GROUPS[word])
            )
            group, digit = 0, None
        else:
            return None
    return total + group + (digit or 0) if words else None
