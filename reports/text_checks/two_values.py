"""The same thing said with two values."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from django.utils.translation import gettext as _

from reports.text_checks.counting_words import COUNTED_NOUNS
from reports.text_checks.finding import Finding, Kind, where_words
from reports.text_checks.matching import meant_by, nearest_other
from reports.text_checks.passages import Passage
from reports.text_checks.quantities import Quantity
from reports.text_checks.report_text import ReportText
from reports.text_checks.shares import names_its_base

_SAME = {"党派": "民主党派", "党支部": "支部", "老师": "教师"}
_ONE_OF_THEM = (
    "其中",
    "其余",
    "另",
    "另外",
    "有",
    "第",
    "本",
    "这",
    "每",
    "前",
    "后",
    "上述",
    "又",
)
_LINKS = ("共计", "共有", "共", "计", "了", "有", "达", "为")
_FAMILIES = {"人": "人", "名": "人", "位": "人", "场": "次", "次": "次"}

Said = tuple[Passage, Quantity]


def two_values(text: ReportText) -> Iterator[Finding]:
    """Each place that gives what was counted before another value, unless figures account for both.

    Rule: the same figure appears with one value (domain 5.3; issue 7: 四个党派 and 三个民主党派,
    18% and 三分之一: explained by their bases, or contradictory). Counts are the same thing where
    the same noun is counted (两次座谈会, 座谈会三次); shares where the same figure is meant. Two
    values that two figures give are two things and are passed over; two typed shares of different
    bases are explained where a base goes unnamed.
    """
    yield from _counts(text)
    yield from _shares(text)


def _counts(text: ReportText) -> Iterator[Finding]:
    said: dict[tuple[str, str], list[Said]] = defaultdict(list)
    for passage, quantity in text.quantities:
        noun = _counted_noun(passage, quantity)
        if noun and not _is_one_of_them(passage, quantity):
            said[noun, _FAMILIES.get(quantity.measure, quantity.measure)].append(
                (passage, quantity)
            )
    for (noun, _family), places in said.items():
        for earlier, later in pairwise(places):
            if _differ(earlier[1], later[1]) and not _accounted_for(earlier, later, text):
                yield _contradiction(_to_mend(earlier, later, text), noun)


def _shares(text: ReportText) -> Iterator[Finding]:
    seen: dict[str, Said] = {}
    explained: list[tuple[Said, str]] = []
    for passage, quantity in text.quantities:
        if quantity.sort != "share":
            continue
        figure = meant_by(quantity, passage, text.figures)
        other = None if figure else nearest_other(quantity, passage, text.figures)
        key = figure.key if figure else other.figure.key if other else ""
        if key in seen and figure is None and _differ(seen[key][1], quantity):
            yield _contradiction(((passage, quantity), seen[key]), other.figure.name)
        if figure and passage.is_typed(quantity.start, quantity.end):
            explained.append(((passage, quantity), figure.base))
        if key:
            seen.setdefault(key, (passage, quantity))
    for (earlier, base), (later, another) in pairwise(explained):
        if base != another and not (names_its_base(*earlier) and names_its_base(*later)):
            yield _explanation(later, another, earlier, base)


def _counted_noun(passage: Passage, quantity: Quantity) -> str:
    """What is counted, where it stands right behind the number or right before it."""
    if quantity.sort != "count" or quantity.each:
        return ""
    after = passage.spoken[quantity.end :].lstrip("的")
    before = passage.spoken[: quantity.start].rstrip()
    for link in _LINKS:
        before = before.removesuffix(link)
    found = [noun for noun in COUNTED_NOUNS if after.startswith(noun)]
    found = found or [noun for noun in COUNTED_NOUNS if before.endswith(noun)]
    return _SAME.get(found[0], found[0]) if found else ""


def _is_one_of_them(passage: Passage, quantity: Quantity) -> bool:
    first, _last = passage.clause(quantity.start)
    before = passage.spoken[first : quantity.start]
    return quantity.number == 1 or before.endswith(_ONE_OF_THEM) or "其中" in before


def _differ(one: Quantity, other: Quantity) -> bool:
    if one.sort == "share":
        return abs(one.number - other.number) > max(one.step, other.step)
    exact, about = sorted((one, other), key=lambda each: each.more)
    return not about.covers(exact.number) if about.more else exact.number != about.number


def _accounted_for(earlier: Said, later: Said, text: ReportText) -> bool:
    """Whether nobody typed either, or two different figures give the two values."""
    if not any(passage.is_typed(each.start, each.end) for passage, each in (earlier, later)):
        return True
    figures = [meant_by(each, passage, text.figures) for passage, each in (earlier, later)]
    return None not in figures and figures[0].key != figures[1].key


def _to_mend(earlier: Said, later: Said, text: ReportText) -> tuple[Said, Said]:
    """(what is told, what it is held against): rather what no figure accounts for."""
    (passage, quantity), (before, first) = later, earlier
    is_sound = meant_by(quantity, passage, text.figures) is not None
    typed_first = before.is_typed(first.start, first.end)
    return (earlier, later) if is_sound and typed_first else (later, earlier)


def _contradiction(said: tuple[Said, Said], thing: str) -> Finding:
    (passage, quantity), (other_passage, other) = said
    message = _(
        "“%(words)s” here, but “%(other)s” there (%(where)s): the same thing (%(thing)s) has two "
        "values. Keep the right one, or say in what the two differ."
    ) % {
        "words": quantity.words,
        "other": other.words,
        "where": where_words(other_passage.place),
        "thing": thing,
    }
    return passage.finding(
        Kind.TWO_VALUES, quantity.start, quantity.end, message, basis=other.words
    )


def _explanation(later: Said, base: str, earlier: Said, other_base: str) -> Finding:
    (passage, quantity), (_before, first) = later, earlier
    message = _(
        "“%(words)s” and “%(other)s” are shares of different bases (%(base)s; %(other_base)s): "
        "both are right, but only with their bases named."
    ) % {
        "words": quantity.words,
        "other": first.words,
        "base": base,
        "other_base": other_base,
    }
    return passage.finding(
        Kind.TWO_VALUES, quantity.start, quantity.end, message, basis=first.words
    )
