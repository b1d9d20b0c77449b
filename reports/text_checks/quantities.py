"""Quantities in a text: counts with their measure word, amounts of money, shares.

What is no quantity, and why:
- years, dates, ordinals, numbers of documents and sessions: 2017年, 9月1日, 第一, 12号, 十九大 –
  they have no measure word, or one that counts nothing (年, 月, 日, 号, 届, 级, 班);
- whatever is quoted: “三创”, “两学一做”, 《2017年工作要点》 – names, not counts;
- set phrases of public language: 八项规定, 五位一体, 三重一大 (``SET_PHRASES``);
- 一 before a measure word where it is an article: 是一项基本制度, 一支重要的力量; it counts only
  where what is counted follows at once (捐助一个学生) or 各, 共, 仅 stand before it (各一次);
- counts of the author's own headings of thought: 三个方面, 五个显著的特点 (``THOUGHTS``).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from reports.phrases.reading import read_numeral, read_yuan
from reports.text_checks.counting_words import (
    CHINESE,
    COUNTED,
    COUNTED_NOUNS,
    MONEY,
    SET_PHRASES,
    SHARED,
    THOUGHTS,
)
from reports.text_checks.passages import Passage

_ARTICLE_BEFORE = "是这那另又再每任何作为某同唯有成了"
_COUNTS_BEFORE = "各共仅计"
_AHEAD = 10


@dataclass(frozen=True)
class Quantity:
    """A quantity in a passage, from ``start`` to ``end`` of what it says.

    ``sort`` is "count", "money" or "share". ``number`` is the count, the yuan, or the share as a
    fraction of 1; ``more`` tells 20余 from 20. ``step`` is how exact a share is: 18% means half a
    point to both sides. ``noun`` is what is counted, as far as it can be told. ``each`` is true
    where it is said of each of several (各, 每人).
    """

    start: int
    end: int
    words: str
    sort: str
    number: Fraction
    measure: str = ""
    more: bool = False
    step: Fraction = Fraction(0)
    noun: str = ""
    each: bool = False

    @property
    def in_digits(self) -> bool:
        """Whether it is typed in digits."""
        return any(character.isdigit() and character not in CHINESE for character in self.words)

    def covers(self, value) -> bool:
        """Whether ``value`` may be told so: exactly, or for 20余 more than 20 and below 30."""
        if not self.more:
            return value == self.number
        step = 10 if self.number < 100 else 100 if self.number < 1000 else 1000
        return self.number < value < self.number + step


def quantities(passage: Passage) -> tuple[Quantity, ...]:
    """Every quantity that ``passage`` states, typed or from a figure, in its order."""
    found = [*_amounts(passage), *_shares(passage)]
    taken = [(each.start, each.end) for each in found]
    counted = [
        each
        for each in _counts(passage)
        if not any(first < each.end and each.start < last for first, last in taken)
    ]
    return tuple(sorted([*found, *counted], key=lambda each: each.start))


def _counts(passage: Passage) -> Iterator[Quantity]:
    spoken = passage.spoken
    for found in COUNTED.finditer(spoken):
        number = read_numeral(found["number"])
        if number is None or number != int(number) or _is_no_count(passage, found):
            continue
        noun = _noun_after(spoken, found.end(), passage.clause(found.end())[1])
        typed = passage.is_typed(*found.span())
        if typed and not _counts_something(passage, found, noun):
            continue
        yield _quantity(
            passage,
            found,
            sort="count",
            number=Fraction(number),
            measure=found["measure"],
            more=bool(found["more"]),
            noun="" if noun in THOUGHTS else noun,
        )


def _amounts(passage: Passage) -> Iterator[Quantity]:
    for found in MONEY.finditer(passage.spoken):
        amount = read_yuan(found[0].replace("余", "").replace("多", ""))
        if amount is not None and not _is_no_count(passage, found):
            yield _quantity(
                passage, found, sort="money", number=Fraction(amount), more=bool(found["more"])
            )


def _shares(passage: Passage) -> Iterator[Quantity]:
    for found in SHARED.finditer(passage.spoken):
        share = share_of(found[0])
        if share is not None and not _is_no_count(passage, found):
            yield _quantity(passage, found, sort="share", number=share[0], step=share[1])


def share_of(words: str) -> tuple[Fraction, Fraction] | None:
    """(share, how exact it is told) of 18%, 百分之十八, 三分之一, 六成, 半数; else None."""
    plain = words.replace(" ", "").replace("％", "%")
    if plain in ("半数", "一半"):
        return Fraction(1, 2), Fraction(1, 100)
    if plain.endswith("成"):
        number = read_numeral(plain[:-1])
        return (Fraction(number) / 10, Fraction(1, 20)) if number is not None else None
    if plain.endswith("%"):
        number = read_numeral(plain[:-1])
        places = -number.as_tuple().exponent if number is not None else 0
        half = Fraction(1, 200) / 10**places
        return (Fraction(number) / 100, half) if number is not None else None
    return _spelled_share(plain)


def _spelled_share(words: str) -> tuple[Fraction, Fraction] | None:
    base, _, part = words.partition("分之")
    whole, share = read_numeral(base), read_numeral(part)
    if not whole or share is None:
        return None
    exact = Fraction(1, 200) if whole == 100 else Fraction(1, 100)
    return Fraction(share) / Fraction(whole), exact


def _noun_after(spoken: str, at: int, end: int) -> str:
    """What is counted by the measure word that ends at ``at``: a known noun nearby, or ""."""
    window = re.split("[、（(“”]", spoken[at : min(end, at + _AHEAD)])[0]
    places = [
        (window.index(noun), -len(noun), noun)
        for noun in (*COUNTED_NOUNS, *THOUGHTS)
        if noun in window
    ]
    return min(places)[2] if places else ""


def _is_no_count(passage: Passage, found: re.Match[str]) -> bool:
    """Quoted, or part of a set phrase."""
    if passage.is_typed(*found.span()) and passage.is_quoted(*found.span()):
        return True
    return any(
        first <= found.start() < last
        for first, last in (each.span() for each in SET_PHRASES.finditer(passage.spoken))
    )


def _counts_something(passage: Passage, found: re.Match[str], noun: str) -> bool:
    """Whether a reader takes it for a count: see the module."""
    if noun in THOUGHTS:
        return False
    after = passage.spoken[found.end() : found.end() + _AHEAD].lstrip("的")
    if found["number"] == "一":
        before = passage.spoken[: found.start()][-1:]
        return _is_one_of_them(before, after)
    # 三大平台 are three; 十九大 is a congress.
    return found["measure"] != "大" or (
        len(found["number"]) == 1 and after.startswith(COUNTED_NOUNS)
    )


def _is_one_of_them(before: str, after: str) -> bool:
    """Whether 一 counts: 各一次, 捐助一个学生; in 是一所学校 and 一个支部一个品牌 it does not."""
    if before and before in _COUNTS_BEFORE:
        return True
    if before and before in _ARTICLE_BEFORE or "一" in after:
        return False
    return after.startswith(COUNTED_NOUNS)


def _quantity(passage: Passage, found: re.Match[str], **fields) -> Quantity:
    first, _ = passage.clause(found.start())
    before = passage.spoken[first : found.start()]
    return Quantity(
        found.start(), found.end(), found[0], each=bool(re.search("各|每", before)), **fields
    )
