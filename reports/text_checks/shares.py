"""Shares that do not say of what."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from reports.text_checks.counting_words import COUNTED_NOUNS
from reports.text_checks.finding import Finding, Kind
from reports.text_checks.matching import meant_by
from reports.text_checks.passages import Passage
from reports.text_checks.quantities import Quantity
from reports.text_checks.report_text import ReportText

_HAN = "[\u4e00-\u9fff]"
_ABOUT = "(?:比例|比重|近|约|大约|超过|达到?|高达|为|到|有|就有|已有|仅|不足)*"
# 占教职工总数的, 占到专职教师; 占, 占比 and 占总数的 alone name nothing.
_TAKES = re.compile(rf"占(?:到|了|据)?(?!比|总数|总人数|的){_HAN}{{2,}}?(?:的|中)?{_ABOUT}$")
_OF = re.compile(rf"(?!比例|比重){_HAN}{{2,}}(?:的|中|当中|之中){_ABOUT}$")
_WITHIN = re.compile(rf"{_HAN}{{2,}}(?:中|里|内)的?占(?:比|有)?{_ABOUT}$")
_BASE_AFTER = re.compile(
    rf"^(?:以上|左右|强|多)?(?:的(?!比例|比重|人(?!员)|增|提){_HAN}{{2,}}|{'|'.join(COUNTED_NOUNS)})"
)
_BASE_BESIDE = re.compile(r"^[（(][^）)]*中")
_OF_LAST_YEAR = re.compile("比|较|同比|环比")
_CHANGES = re.compile(f"(?:增长|增加|提高|提升|上升|下降|减少|降低)了?{_ABOUT}$")


def shares_without_base(text: ReportText) -> Iterator[Finding]:
    """Every per cent or fraction, typed or from a figure, whose clause does not say of what.

    Rule: a share names its base (the house's rule; domain 7.2: “a percentage without base” makes
    people reject a report). It does in 占教职工总数的18%, 教职工的18%, 三分之一的专职教师,
    75%（12条中9条） and, for a change, in 比上年增长18%. 满意率95% does not: 95% of how many?
    """
    for passage, quantity in text.quantities:
        is_share = quantity.sort == "share" and quantity.words not in ("半数", "一半")
        if is_share and not names_its_base(passage, quantity):
            yield _without_base(passage, quantity, text)


def names_its_base(passage: Passage, quantity: Quantity) -> bool:
    """Whether the clause says of what ``quantity`` is a share."""
    first, last = passage.clause(quantity.start)
    before = passage.spoken[first : quantity.start].strip()
    after = passage.spoken[quantity.end : last]
    if _CHANGES.search(before):
        return bool(_OF_LAST_YEAR.search(before))
    return bool(
        _TAKES.search(before)
        or _OF.search(before)
        or _WITHIN.search(before)
        or _BASE_AFTER.search(after)
        or _BASE_BESIDE.search(after)
    )


def _without_base(passage: Passage, quantity: Quantity, text: ReportText) -> Finding:
    figure = meant_by(quantity, passage, text.figures)
    base = figure.base if figure else ""
    if base:
        message = _(
            "“%(words)s” does not say of what. The base of the figure “%(name)s” is: %(base)s. "
            "Name it in the sentence."
        ) % {"words": quantity.words, "name": figure.name, "base": base}
    else:
        message = _(
            "“%(words)s” does not say of what. Name the base in the sentence, such as "
            "占教职工总数的, or tell both numbers: 12条中9条."
        ) % {"words": quantity.words}
    suggestions = (
        (figure.token(name) for name in ("rate", "of") if name in figure.wordings)
        if (figure)
        else ()
    )
    return passage.finding(
        Kind.BASE, quantity.start, quantity.end, message, suggestions=suggestions, basis=base
    )
