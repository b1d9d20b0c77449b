"""Parts that do not make the total."""

import re
from collections.abc import Iterator
from itertools import takewhile

from django.utils.translation import gettext as _

from reports.text_checks.finding import Finding, Kind
from reports.text_checks.party_names import in_a_row, mentions
from reports.text_checks.passages import Passage
from reports.text_checks.quantities import Quantity, quantities
from reports.text_checks.report_text import ReportText

_PARTS_FOLLOW = re.compile("其中|分别|包括|：|（|，")
# Kinds of parts that are a whole together; of each, how many there must be.
_WHOLES = (
    ("在职", "退休"),
    ("男", "女"),
    ("高级", "中级", "初级"),
    ("上半年", "下半年"),
    ("已", "未"),
)
_EACH = re.compile("每[人名位生]")
_ANNOUNCED = re.compile(
    "(?P<number>[两二三四五六七八九十])(?:个|大|点|条|项)?(?:方面|[^，。；：“”]{0,8}"
    "(?:特点|特色|方面|不足|问题|措施|做法|经验|环节))[^。；：]{0,6}[：:]"
)
_LISTED = re.compile("(?<![统之唯专同第初万])(?P<number>[一二三四五六七八九十])是")
_NUMERALS = "零一二三四五六七八九十"


def parts_and_totals(text: ReportText) -> Iterator[Finding]:
    """Numbers that add up otherwise than the sentence says.

    Rule: parts make their total (issue 7; domain 7.1: “parts ≠ total”). Held against each other
    are: 共19人 and what 其中 divides it into, where the parts are a whole (parties, 在职 and 退休,
    男 and 女) or one of them is larger than all; an enumeration and its number
    (民革、民盟、民进四个党派; with 等 it is open); 每人 times persons and 共计; 五个特点 and the
    points 一是 … 四是.
    """
    for passage in text.passages:
        said = quantities(passage)
        yield from _divided(passage, said, text)
        yield from _enumerated(passage, said, text)
        yield from _multiplied(passage, said)
        yield from _announced(passage)


def _divided(passage: Passage, said: tuple[Quantity, ...], text: ReportText) -> Iterator[Finding]:
    for place, total in enumerate(said):
        end = passage.sentence(total.start)[1]
        after = [each for each in said[place + 1 :] if each.start < end]
        parts = _alike(total, after)
        if total.sort == "share" or total.more or len(parts) < 2:
            continue
        if _PARTS_FOLLOW.search(passage.spoken[total.end : parts[0].start]) is None:
            continue
        if _is_wrong(passage, total, parts, text):
            yield _sum(passage, total, parts)
            return


def _alike(total: Quantity, after: list[Quantity]) -> list[Quantity]:
    """Those that follow at once and are counted like the total."""
    like = (total.sort, total.measure)
    return list(takewhile(lambda each: (each.sort, each.measure) == like, after))


def _is_wrong(passage: Passage, total: Quantity, parts: list[Quantity], text: ReportText) -> bool:
    if any(part.number > total.number for part in parts):
        return "其中" in passage.spoken[total.end : parts[0].start]
    added = sum(part.number for part in parts)
    labels = _labels(passage, total, parts)
    named = {each.party for each in mentions(passage, text.parties) if each.start >= total.end}
    of_parties = all(any(party.brief in label for party in text.parties) for label in labels)
    if of_parties:
        present = text.figures.of("parties_present")
        is_whole = present is None or len(named) >= len(present.value)
        return added > total.number or (is_whole and added != total.number)
    return added != total.number and any(_covers(whole, labels) for whole in _WHOLES)


def _labels(passage: Passage, total: Quantity, parts: list[Quantity]) -> list[str]:
    """What stands before each part, since the number before it."""
    ends = [total.end, *(part.end for part in parts[:-1])]
    return [passage.spoken[end : part.start] for end, part in zip(ends, parts, strict=True)]


def _covers(whole: tuple[str, ...], labels: list[str]) -> bool:
    return len(labels) == len(whole) and all(
        any(word in label for label in labels) for word in whole
    )


def _enumerated(
    passage: Passage, said: tuple[Quantity, ...], text: ReportText
) -> Iterator[Finding]:
    for row in in_a_row(passage, text.parties):
        for each in said:
            is_theirs = each.start == row[-1].end and each.noun in ("民主党派", "党派")
            if is_theirs and each.number != len({mention.party for mention in row}):
                message = _("%(number)s parties are named before “%(words)s”.") % {
                    "number": len(row),
                    "words": passage.spoken[each.start : each.end] + each.noun,
                }
                yield passage.finding(
                    Kind.TOTAL, row[0].start, each.end, message, basis=str(len(row))
                )


def _multiplied(passage: Passage, said: tuple[Quantity, ...]) -> Iterator[Finding]:
    """四位学生每人1500元，共计6000元."""
    for persons, amount, total in zip(said, said[1:], said[2:], strict=False):
        sorts = (persons.sort, amount.sort, total.sort)
        between = passage.spoken[persons.end : amount.start]
        if sorts != ("count", "money", "money") or not _EACH.search(between):
            continue
        if "共" in passage.spoken[amount.end : total.start] and (
            persons.number * amount.number != total.number
        ):
            message = _("%(persons)s times %(amount)s is %(product)s yuan, not %(total)s.") % {
                "persons": persons.words,
                "amount": amount.words,
                "product": _plain(persons.number * amount.number),
                "total": total.words,
            }
            yield passage.finding(Kind.TOTAL, total.start, total.end, message, basis=amount.words)


def _announced(passage: Passage) -> Iterator[Finding]:
    """五个特点：一是 … 四是."""
    for found in _ANNOUNCED.finditer(passage.spoken):
        listed = [each["number"] for each in _LISTED.finditer(passage.spoken, found.end())]
        number = 2 if found["number"] == "两" else _NUMERALS.index(found["number"])
        if len(listed) > 1 and len(listed) != number:
            message = _(
                "“%(words)s” announces %(number)s, but %(listed)s follow (一是, 二是 …)."
            ) % {
                "words": found[0].rstrip("：:"),
                "number": number,
                "listed": len(listed),
            }
            yield passage.finding(Kind.TOTAL, *found.span(), message, basis="".join(listed))


def _sum(passage: Passage, total: Quantity, parts: list[Quantity]) -> Finding:
    message = _("The parts %(parts)s make %(sum)s, but the total says %(total)s.") % {
        "parts": " + ".join(_plain(part.number) for part in parts),
        "sum": _plain(sum(part.number for part in parts)),
        "total": total.words,
    }
    return passage.finding(Kind.TOTAL, total.start, parts[-1].end, message, basis=total.words)


def _plain(number) -> str:
    return f"{float(number):.2f}".rstrip("0").rstrip(".")
