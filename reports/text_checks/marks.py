"""What no printed page should show: leftovers, half-width punctuation, zeros in dates."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from reports.text_checks.finding import Finding, Kind
from reports.text_checks.report_text import ReportText

_LEFTOVER = re.compile(
    r"\[bookmark[^\]]*\]?|_GoBack|[×＊*]{2,}|(?<![A-Za-z])[Xx]{2,}(?![A-Za-z])|某某|_{2,}|＿{2,}"
    r"|待补充?|待定|待填|待核实?|暂缺|此处(?:填写?|补充|插入|省略)|请在此[^，。；]*"
    r"|(?<![A-Za-z])(?:TODO|FIXME|TBD)(?![A-Za-z])"
    r"|错误[!！]\s*未(?:找到|定义)[^，。；]*|Error!|HYPERLINK|[?？]{2,}|\{\{|\}\}|【\s*】|（\s*）|（略）"
)
_HAN = "[\u4e00-\u9fff”’》）]"
_FULL_WIDTH = dict(zip(",:;?!()", "，：；？！（）", strict=True))
_HALF_WIDTH = re.compile(rf"(?<={_HAN})[,:;?!()]|[,;?!()](?=[\u4e00-\u9fff“‘《（])")
_ZERO = re.compile(
    r"(?P<year>[0-9]{4}年)?(?P<month>[0-9]{1,2})月(?:(?P<day>[0-9]{1,2})(?P<last>[日号]))?"
)


def leftovers(text: ReportText) -> Iterator[Finding]:
    """[bookmark: _GoBack], ××, XX, 待补充, TODO, {{ and other things that wait to be replaced.

    Rule: nothing of this is printed (domain 5.3: “leftovers (bookmark, ××, TODO)”; the 2017
    document itself carried a stray bookmark). 待补 also in words such as 有待补充 is told: a reader
    of a finished report would ask.
    """
    for passage in text.passages:
        for found in _LEFTOVER.finditer(passage.spoken):
            if passage.is_typed(*found.span()):
                message = _("“%(words)s” is left over: fill it in or take it out.") % {
                    "words": found[0]
                }
                yield passage.finding(Kind.LEFTOVER, *found.span(), message)


def half_width_punctuation(text: ReportText) -> Iterator[Finding]:
    """A half-width comma, colon, semicolon, question or exclamation mark or bracket beside Han.

    Rule: punctuation in Chinese text is full-width (GB/T 15834-2011; domain 5.2, 5.3). Between
    digits (1,500; 9:30) and within foreign words it is not.
    """
    for passage in text.passages:
        for found in _HALF_WIDTH.finditer(passage.spoken):
            if passage.is_typed(*found.span()):
                right = _FULL_WIDTH[found[0]]
                message = _("Half-width “%(wrong)s” beside Chinese: write “%(right)s”.") % {
                    "wrong": found[0],
                    "right": right,
                }
                yield passage.finding(
                    Kind.PUNCTUATION, *found.span(), message, suggestions=(right,)
                )


def dates_with_zeros(text: ReportText) -> Iterator[Finding]:
    """A month or day with a leading zero: 2017年09月01日.

    Rule: dates are written without leading zeros, 2017年9月1日 (GB/T 9704-2012, 7.3.5.4).
    """
    for passage in text.passages:
        for found in _ZERO.finditer(passage.spoken):
            has_zero = any((found[name] or "").startswith("0") for name in ("month", "day"))
            if has_zero and passage.is_typed(*found.span()):
                day = f"{int(found['day'])}{found['last']}" if found["day"] else ""
                right = f"{found['year'] or ''}{int(found['month'])}月{day}"
                message = _("Dates have no leading zeros: %(right)s.") % {"right": right}
                yield passage.finding(Kind.DATE, *found.span(), message, suggestions=(right,))
