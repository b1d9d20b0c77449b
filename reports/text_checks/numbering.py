"""Numbers of headings and of points: typed ones, and rows of them with a gap."""

import re
from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext as _

from reports.phrases.reading import read_numeral
from reports.text_checks.finding import Finding, Kind
from reports.text_checks.passages import Passage
from reports.text_checks.report_text import ReportText

_CN = "[一二三四五六七八九十]+"
# The forms in which points are numbered, each a row of its own.
_FORMS = (
    # 五、六年级 and 五一、六一 number nothing.
    re.compile(r"(?P<number>十?[一二三四五六七八九]|[二三四五]?十)、(?![一二三四五六七八九十])"),
    re.compile(rf"[（(](?P<number>{_CN})[）)]"),
    re.compile(r"(?P<number>[0-9]{1,2})[、.．](?![0-9])"),
    re.compile(r"[（(](?P<number>[0-9]{1,2})[）)]"),
    re.compile(rf"第(?P<number>{_CN})[，、]"),
)
_POINT = re.compile("(?<![统之唯专同第初万])(?P<number>[一二三四五六七八九十])(?:是|要(?=[^求素]))")


def heading_levels(text: ReportText) -> Iterator[Finding]:
    """A heading two levels below the one before it, and a number typed in a heading.

    Rule: 一、 （一） 1. （1） in this order (GB/T 9704-2012, 7.3.3). The program numbers headings
    itself, so a typed number would be printed beside it.
    """
    level = 0
    for passage in text.passages:
        if passage.place.field != "heading":
            continue
        if passage.place.level > level + 1:
            message = _(
                "This heading is of level %(level)s below one of level %(before)s: a level is left "
                "out. Make it level %(right)s."
            ) % {"level": passage.place.level, "before": level, "right": level + 1}
            if not level:
                message = _("The first heading is of level %(level)s: make it level 1.") % {
                    "level": passage.place.level
                }
            yield passage.finding(Kind.NUMBERING, 0, len(passage.spoken), message)
        level = passage.place.level
        found = next(filter(None, (form.match(passage.spoken) for form in _FORMS)), None)
        if found:
            message = _("Headings are numbered by the program: take out “%(number)s”.") % {
                "number": found[0]
            }
            yield passage.finding(Kind.NUMBERING, *found.span(), message)


def numbered_points(text: ReportText) -> Iterator[Finding]:
    """A row of numbered points that leaves a number out, repeats one, or begins in the middle.

    Rule: numbering is continuous (domain 5.3, “numbering continuity”). Rows are the beginnings of
    a section's paragraphs (一、 1. （1） 第一，), each form for itself, and 一是 二是 within one.
    """
    rows: dict[tuple, list[tuple[Passage, re.Match[str]]]] = defaultdict(list)
    for passage in text.passages:
        if passage.place.field != "body":
            continue
        for form in _FORMS:
            found = form.match(passage.spoken)
            if found and passage.is_typed(*found.span()):
                rows[passage.place.section, passage.place.heading, form].append((passage, found))
        points = [(passage, found) for found in _POINT.finditer(passage.spoken)]
        if len(points) > 1:
            rows[passage.place.block, "points", None] = points
    for row in rows.values():
        yield from _breaks(row)


def _breaks(row: list[tuple[Passage, re.Match[str]]]) -> Iterator[Finding]:
    """A number other than the next one; 1 begins a new row wherever it stands."""
    last = 0
    for passage, found in row:
        number = int(read_numeral(found["number"]) or 0)
        if number not in (1, last + 1):
            message = _("“%(words)s” does not follow: number %(right)s is due here.") % {
                "words": found[0],
                "right": last + 1,
            }
            yield passage.finding(Kind.NUMBERING, *found.span(), message, basis=str(last))
        last = number
