"""Which wordings a value has, by its kind: the bridge from statistics to phrases.

The first wording of a kind is its usual one, printed where a text names none.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import Enum

from reports import phrases

NONE = "无"
"""What a list without entries reads as, so that a sentence never trails off."""


class Kind(Enum):
    """What sort of value a figure has."""

    COUNT = "count"
    MONEY = "money"
    SHARE = "share"
    NAMES = "names"
    AMOUNTS = "amounts"
    NUMBERS = "numbers"
    MONTHS = "months"
    OCCASIONS = "occasions"
    TEXT = "text"


Wording = Callable[[object, str], str]


def _joined(join: Callable[[tuple[str, ...]], str]) -> Wording:
    return lambda names, measure: join(names) or NONE


def _span(say: Callable[[object, str], str]) -> Wording:
    """One value as it is, several as lowest 至 highest: 1500元, 1000元至1500元."""

    def word(values, measure):
        if not values:
            return NONE
        if len(values) == 1:
            return say(values[0], measure)
        return f"{say(values[0], measure)}至{say(values[-1], measure)}"

    return word


def _of_some(say: Callable[[int, int], str]) -> Wording:
    """A share in words; of nothing there is no share."""
    return lambda share, measure: say(share.part, share.base) if share.base else NONE


def _occasions(held, measure: str) -> str:
    named = [phrases.Occasion(each.occasion, each.day, each.times) for each in held]
    return phrases.occasions(named, measure) or NONE


_COUNTED: Mapping[str, Wording] = {
    "digits": phrases.digits,
    "cn": phrases.measured,
    "about": phrases.about,
    "several": phrases.several,
    "bare": lambda number, measure: str(number),
}

WORDINGS: Mapping[Kind, Mapping[str, Wording]] = {
    Kind.COUNT: _COUNTED,
    Kind.MONEY: {
        "yuan": lambda amount, measure: phrases.yuan(Decimal(amount)),
        "words": lambda amount, measure: phrases.yuan_words(Decimal(amount)),
    },
    Kind.SHARE: {
        "percent": _of_some(phrases.percent),
        "fraction": _of_some(phrases.fraction),
        "most": lambda share, measure: phrases.most(share.part, share.base, measure),
        "of": lambda share, measure: phrases.of_base(share.part, share.base, measure) or NONE,
        "rate": lambda share, measure: phrases.rate(share.part, share.base, measure) or NONE,
        "digits": lambda share, measure: phrases.digits(share.part, measure),
    },
    Kind.NAMES: {
        "list": _joined(phrases.enumerate_cn),
        "and": _joined(phrases.join_and),
        "quoted": _joined(phrases.quoted),
        "cn": lambda names, measure: phrases.measured(len(names), measure),
        "digits": lambda names, measure: phrases.digits(len(names), measure),
    },
    Kind.AMOUNTS: {
        "yuan": _span(lambda amount, measure: phrases.yuan(amount)),
        "words": _span(lambda amount, measure: phrases.yuan_words(amount)),
    },
    Kind.NUMBERS: {"cn": _span(phrases.measured), "digits": _span(phrases.digits)},
    Kind.MONTHS: {
        "list": lambda months, measure: phrases.enumerate_cn(f"{m}月" for m in months) or NONE
    },
    Kind.OCCASIONS: {
        "earliest": _occasions,
        "latest": lambda held, measure: _occasions(tuple(reversed(held)), measure),
    },
    Kind.TEXT: {"text": lambda text, measure: str(text)},
}


def usual_wording(kind: Kind) -> str:
    """The name of the wording that is printed where a text names none."""
    return next(iter(WORDINGS[kind]))


def word(value, *, kind: Kind, measure: str = "", wording: str = "") -> str:
    """``value`` in words. KeyError for a wording that the kind does not have."""
    return WORDINGS[kind][wording or usual_wording(kind)](value, measure)
