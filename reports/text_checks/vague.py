"""Words that stand in for a number."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from reports.text_checks.figure_words import KnownFigure, nearness, pairs
from reports.text_checks.finding import Finding, Kind
from reports.text_checks.passages import Passage
from reports.text_checks.report_text import ReportText
from reports.wording import Kind as ValueKind

_NUMERAL = "零〇一二两三四五六七八九十百千万亿0-9０-９余"
_VAGUE = re.compile(
    rf"(?<![{_NUMERAL}差])多(?:次|场|项|名|位|人|条|件|批|篇)(?!次|元|样|数|才|年|方)"
    rf"|(?<![{_NUMERAL}第])[数几](?:十|百)?(?:次|场|项|名|位|人|条|件)"
    r"|(?:绝)?大多数|大多|(?<!大)(?<!少)多数|(?:绝)?大部分|若干(?!意见|规定|问题的)|不少(?!于)|许多|众多|大量"
)
_STATES = frozenset({ValueKind.COUNT, ValueKind.SHARE, ValueKind.NAMES})


def vague_words(text: ReportText) -> Iterator[Finding]:
    """多次, 大多, 若干, 不少 … typed by hand, with the number that stands behind them.

    Rule: a report says how many (issue 7: “vague words with what stands behind them”; domain 5.3:
    figures cite records). Where a figure is spoken of, its value and tokens are told; where none
    is, that no record stands behind the word. The same words from a figure are exact by its
    definition (大多: more than half) and pass.
    """
    for passage in text.passages:
        for found in _VAGUE.finditer(passage.spoken):
            if passage.is_typed(*found.span()) and not passage.is_quoted(*found.span()):
                yield _vague(passage, found, text)


def _vague(passage: Passage, found: re.Match[str], text: ReportText) -> Finding:
    figure = _behind(passage, found, text)
    if figure is None:
        message = _(
            "“%(words)s” says no number, and no figure stands behind it. Say how many, or give the "
            "reason why it stays."
        ) % {"words": found[0]}
        return passage.finding(Kind.VAGUE, *found.span(), message)
    says = _number_of(figure)
    message = _(
        "“%(words)s” says no number. By the records the figure “%(name)s” is %(says)s: put it in, "
        "or give the reason why the word stays."
    ) % {"words": found[0], "name": figure.name, "says": says}
    return passage.finding(
        Kind.VAGUE,
        *found.span(),
        message,
        suggestions=(figure.token(name) for name in _exact_wordings(figure)),
        basis=f"{figure.key}={says}",
    )


def _behind(passage: Passage, found: re.Match[str], text: ReportText) -> KnownFigure | None:
    """The figure that is most clearly spoken of: rather one that says this very word."""
    first, last = passage.clause(found.start())
    said = pairs(passage.spoken[first:last])
    near = [
        (nearness(figure, said), figure)
        for figure in text.figures.every
        if figure.kind in _STATES and nearness(figure, said) >= 1 and figure.has_value
    ]
    saying = [each for each in near if found[0] in each[1].wordings.values()]
    counting = [each for each in near if each[1].measure == found[0][-1]]
    return max(saying or counting, key=lambda each: each[0], default=(0, None))[1]


def _exact_wordings(figure: KnownFigure) -> list[str]:
    return [name for name in ("of", "rate", "digits", "cn") if name in figure.wordings][:2]


def _number_of(figure: KnownFigure) -> str:
    return figure.wordings[_exact_wordings(figure)[0]]
