"""The earlier texts of a section, each compared with the one before it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import SequenceMatcher
from itertools import zip_longest

from django.utils.translation import gettext as _

from reports.models import Section

SAME, GONE, NEW = "same", "gone", "new"
_KEPT_AROUND = 12
"""Characters of unchanged text that are shown on either side of a change."""


@dataclass(frozen=True)
class SectionVersion:
    """One saved text: ``key`` opens it again, ``changes`` are its changed lines, in pieces.

    A piece is (kind, text) with kind "same", "gone" or "new".
    """

    key: int
    at: datetime
    who: str
    changes: tuple[tuple[tuple[str, str], ...], ...]
    is_now: bool = False


def versions_of_section(section: Section) -> list[SectionVersion]:
    """Every text that ``section`` had, the latest first.

    A section that only moved to another place says what it said: that is no version of its text.
    """
    stored = section.history.select_related("history_user").order_by("history_id")
    found, before = [], ""
    for row in stored:
        after = f"{row.heading}\n{row.body}"
        if after != before:
            found.append(_version(row, changed_lines(before, after)))
        before = after
    if found:
        found[-1] = replace(found[-1], is_now=True)
    return found[::-1]


def _version(row, changes: Iterable[tuple[tuple[str, str], ...]]) -> SectionVersion:
    return SectionVersion(
        key=row.history_id,
        at=row.history_date,
        who=str(row.history_user or _("the program")),
        changes=tuple(changes),
    )


def changed_lines(before: str, after: str) -> Iterator[tuple[tuple[str, str], ...]]:
    """Each line of the text that changed, in pieces of what stayed, went and came."""
    old, new = before.splitlines(), after.splitlines()
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            for was, now in zip_longest(old[a:b], new[c:d], fillvalue=""):
                yield tuple(_pieces(was, now))


def _pieces(was: str, now: str) -> Iterator[tuple[str, str]]:
    for tag, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag == "equal":
            yield SAME, _shortened(was[a:b], is_first=a == 0, is_last=b == len(was))
            continue
        if was[a:b]:
            yield GONE, was[a:b]
        if now[c:d]:
            yield NEW, now[c:d]


def _shortened(text: str, *, is_first: bool, is_last: bool) -> str:
    """Unchanged text, cut to what stands beside a change."""
    if len(text) <= 2 * _KEPT_AROUND + 1:
        return text
    before = "" if is_first else text[:_KEPT_AROUND]
    after = "" if is_last else text[-_KEPT_AROUND:]
    return f"{before}…{after}"
