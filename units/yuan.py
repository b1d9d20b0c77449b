"""Amounts of money in yuan: in digits for a sentence, in capital numerals for a ledger.

An amount is a ``Decimal`` from 0 on with at most two decimals. A float or int raises
``TypeError``; a negative, endless or finer amount raises ``ValueError``: nothing is rounded here,
sums are exact to the cent.
"""

from decimal import Decimal
from fractions import Fraction

WORDS_BELOW = Decimal(10) ** 12
"""Capital numerals are written for amounts below this many yuan (壹万亿)."""

_CAPITAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_CAPITAL_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿")


def yuan(amount: Decimal) -> str:
    """The amount in digits: 6000元; with 角 or 分 always two decimals: 1500.50元."""
    whole, cents = _parts(amount)
    return f"{whole}.{cents:02d}元" if cents else f"{whole}元"


def yuan_words(amount: Decimal) -> str:
    """The amount in capital numerals: 陆仟元整, 壹万零壹拾元整, 叁元伍角, 零元整.

    《支付结算办法》(银发〔1997〕393号), appendix 正确填写票据和结算凭证的基本规定. Where that rule
    leaves a choice, this is the one made:
    - 整 stands behind 元 only; behind 角 it may be left out and is; behind 分 it must not stand;
    - a zero or a run of zeros inside the yuan is one 零, also at the 万 place (壹拾万零柒仟元);
    - with no 角 but 分, 零 stands behind 元 (壹万陆仟肆佰零玖元零贰分); a zero at the end of the
      yuan needs no 零 before 角 (壹仟陆佰捌拾元叁角贰分);
    - below one yuan there is no 元: 伍角, 伍分.
    ``ValueError`` from ``WORDS_BELOW`` on.
    """
    whole, cents = _parts(amount)
    if amount >= WORDS_BELOW:
        raise ValueError(f"no words for {amount} yuan or more than {WORDS_BELOW}")
    yuan_part = f"{_capitals(whole)}元" if whole else ""
    if not cents:
        return f"{yuan_part or '零元'}整"
    jiao, fen = divmod(cents, 10)
    jiao_part = f"{_CAPITAL_DIGITS[jiao]}角" if jiao else ""
    fen_part = f"{_CAPITAL_DIGITS[fen]}分" if fen else ""
    gap = "零" if whole and not jiao else ""
    return f"{yuan_part}{gap}{jiao_part}{fen_part}"


def _capitals(number: int) -> str:
    return spelled(number, numerals=_CAPITAL_DIGITS, places=_CAPITAL_PLACES)


def _parts(amount: Decimal) -> tuple[int, int]:
    """Whole yuan and cents."""
    if not isinstance(amount, Decimal):
        raise TypeError(f"an amount is a Decimal, not {type(amount).__name__}")
    if not amount.is_finite() or amount < 0:
        raise ValueError(f"an amount is a number from 0 on, not {amount}")
    # A fraction, because arithmetic on a Decimal may round to the context's 28 places.
    cents = Fraction(amount) * 100
    if cents.denominator != 1:
        raise ValueError(f"an amount has at most two decimals: {amount}")
    return divmod(int(cents), 100)


def spelled(number: int, *, numerals: str, places: tuple[str, ...]) -> str:
    """A positive number below 10**12 in words, with the given ten numerals and four place names.

    Every digit but 0 is written with its place, every group of four with 万 or 亿; a run of zeros
    between two other digits is one 零, even where 万 or 亿 stands between them (壹拾万零柒仟).
    """
    words, zero_pending, group_filled = "", False, False
    for power, digit in _by_power(number):
        if digit:
            words += ("零" if zero_pending else "") + numerals[digit] + places[power % 4]
        zero_pending = not digit
        group_filled = group_filled or bool(digit)
        if power % 4 == 0 and group_filled:
            words += _GROUPS[power // 4]
            group_filled = False
    return words


def _by_power(number: int) -> list[tuple[int, int]]:
    """Powers of ten with their digits, from the left: 105 is (2, 1), (1, 0), (0, 5)."""
    text = str(number)
    return [(len(text) - 1 - index, int(digit)) for index, digit in enumerate(text)]
