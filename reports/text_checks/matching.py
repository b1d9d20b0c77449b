"""Which figures a quantity may stand for: by value, by measure word, and by what is spoken of."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from reports.text_checks.counting_words import PERSONS
from reports.text_checks.figure_words import FigureWords, KnownFigure, nearness, pairs
from reports.text_checks.passages import Passage
from reports.text_checks.quantities import Quantity
from reports.wording import Kind

_FAMILIES = ("人名位", "次场批", "条项件个类大所家处支篇份", "人次", "天")
NEAR_ENOUGH = 0.5
"""From how much in common with its clause a figure is taken to be what is spoken of."""

_STYLES = {
    ("count", True): ("digits",),
    ("count", False): ("cn", "digits"),
    ("money", True): ("yuan",),
    ("money", False): ("words", "yuan"),
    ("share", True): ("percent", "rate", "of"),
    ("share", False): ("fraction", "most", "percent"),
}


@dataclass(frozen=True)
class Match:
    """A figure that may be meant; ``token`` is ready to be put in, ``says`` how it then reads."""

    figure: KnownFigure
    token: str
    says: str
    nearness: float


def matches(quantity: Quantity, passage: Passage, words: FigureWords) -> tuple[Match, ...]:
    """The figures with this value that are about what its clause speaks of, the nearest first.

    None where another figure is far more clearly spoken of: it has another value then.
    """
    near = _near(quantity, passage, words)
    clearest = max((how_near for figure, how_near in near if _counts(figure, quantity)), default=0)
    found = [
        _match(figure, quantity, how_near)
        for figure, how_near in near
        if how_near * 2 >= clearest and agrees(quantity, figure)
    ]
    return tuple(sorted(found, key=lambda match: -match.nearness)[:3])


def nearest_other(quantity: Quantity, passage: Passage, words: FigureWords) -> Match | None:
    """The figure of the same sort that is most clearly spoken of, whatever its value."""
    near = [
        (how_near, figure)
        for figure, how_near in _near(quantity, passage, words)
        if how_near >= 2 * NEAR_ENOUGH and _counts(figure, quantity)
    ]
    if not near:
        return None
    how_near, figure = max(near, key=lambda each: each[0])
    return _match(figure, quantity, how_near)


def meant_by(quantity: Quantity, passage: Passage, words: FigureWords) -> KnownFigure | None:
    """The figure that accounts for the quantity: it gave the words, or has the value."""
    token = passage.token_at(quantity.start, quantity.end)
    if token is not None:
        return words.of(token.key)
    known = matches(quantity, passage, words)
    return known[0].figure if known else None


def agrees(quantity: Quantity, figure: KnownFigure) -> bool:
    """Whether the figure's value may be told so."""
    return _same_sort(quantity, figure) and _VALUES[figure.kind](quantity, figure.value)


def _near(
    quantity: Quantity, passage: Passage, words: FigureWords
) -> list[tuple[KnownFigure, float]]:
    """(figure, nearness) of the same sort that the clause is about, or the sentence so far."""
    alike = [figure for figure in words.every if _same_sort(quantity, figure)]
    clause_first, last = passage.clause(quantity.start)
    for first in (clause_first, passage.sentence(quantity.start)[0]):
        said = pairs(passage.spoken[first:last])
        near = [(figure, nearness(figure, said)) for figure in alike]
        near = [each for each in near if each[1] >= NEAR_ENOUGH and each[0].has_value]
        if near:
            return near
    return []


def _same_sort(quantity: Quantity, figure: KnownFigure) -> bool:
    """Whether a value of this kind and measure is told by such a quantity."""
    if quantity.sort != "count":
        return figure.kind in _SORTS[quantity.sort]
    if quantity.each and figure.kind not in _OF_EACH:
        return False
    if figure.kind not in _SORTS["count"]:
        return False
    return _same_measure(quantity, figure.measure)


def _counts(figure: KnownFigure, quantity: Quantity) -> bool:
    """Whether its name or definition speaks of what the quantity counts, where that is known."""
    return quantity.noun in f"{figure.name}{figure.subject.definition}"


def _same_measure(quantity: Quantity, measure: str) -> bool:
    """Whether these measure words may count the same: 19名 and 19人, 三个学生 and 三位."""
    typed = "位" if quantity.measure == "个" and quantity.noun in PERSONS else quantity.measure
    return measure in (typed, quantity.measure) or any(
        typed in family and measure in family for family in _FAMILIES
    )


def _match(figure: KnownFigure, quantity: Quantity, how_near: float) -> Match:
    typed = quantity.words.replace(" ", "")
    wordings = figure.wordings
    exact = [name for name, says in wordings.items() if says == typed]
    styles = [name for name in _STYLES[quantity.sort, quantity.in_digits] if name in wordings]
    if quantity.more:
        styles = [name for name in ("about",) if name in wordings] + styles
    wording = next(iter([*exact, *styles]), "")
    return Match(figure, figure.token(wording), figure.reading.phrase(wording), how_near)


def _is_share(quantity: Quantity, ratio) -> bool:
    if quantity.sort == "count":
        return quantity.covers(ratio.part)
    return bool(ratio.base) and (
        abs(Fraction(ratio.part, ratio.base) - quantity.number) <= quantity.step
    )


def _among(quantity: Quantity, values) -> bool:
    return any(quantity.covers(Fraction(Decimal(value))) for value in values)


_OF_EACH = frozenset({Kind.NUMBERS, Kind.AMOUNTS, Kind.OCCASIONS})
_SORTS = {
    "count": frozenset({Kind.COUNT, Kind.NAMES, Kind.NUMBERS, Kind.OCCASIONS, Kind.SHARE}),
    "money": frozenset({Kind.MONEY, Kind.AMOUNTS}),
    "share": frozenset({Kind.SHARE}),
}
_VALUES = {
    Kind.COUNT: lambda quantity, value: quantity.covers(value),
    Kind.NAMES: lambda quantity, value: quantity.covers(len(value)),
    Kind.NUMBERS: _among,
    Kind.AMOUNTS: _among,
    Kind.MONEY: lambda quantity, value: quantity.covers(Fraction(Decimal(value))),
    Kind.SHARE: _is_share,
    Kind.OCCASIONS: lambda quantity, value: any(quantity.covers(each.times) for each in value),
}
