"""Where a text names democratic parties, and where it names several in a row."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from members.models import Party
from reports.text_checks.passages import Passage

# The short names are also parts of ordinary words: 人民进一步, 居民建设, 人民革命, 农工作.
_GUARDS = {
    "民革": ("(?<![人国全公居市农平])", "(?![命新])"),
    "民盟": ("(?<!人)", ""),
    "民建": ("(?<![人居市农公全军平移])", "(?![设筑造立档议言功])"),
    "民进": ("(?<![人居市农公全平移村])", "(?![行入一出城修程场校])"),
    "农工": ("", "(?!作|商|业|程|民(?!主))"),
    "致公": ("", "(?!告|司)"),
    "九三": ("(?<![零〇一二三四五六七八九十百千0-9])", "(?![零〇一二三四五六七八九十年月日0-9])"),
    "台盟": ("", ""),
}
_BETWEEN = re.compile("[^，。；：！？,;:!?“”（）]{0,14}(?:、|和|与|及)")


@dataclass(frozen=True)
class Mention:
    """A party named from ``start`` to ``end`` of what a passage says."""

    party: Party
    start: int
    end: int


def mentions(passage: Passage, parties: Iterable[Party]) -> tuple[Mention, ...]:
    """Every party that ``passage`` names, by full, short or two-character name, in its order."""
    by_name = {
        name: party for party in parties for name in (party.name, party.short_name, party.brief)
    }
    return tuple(
        Mention(by_name[found[0]], *found.span())
        for found in _pattern(tuple(by_name)).finditer(passage.spoken)
    )


def in_a_row(passage: Passage, parties: Iterable[Party]) -> tuple[tuple[Mention, ...], ...]:
    """Every enumeration of two parties and more: 民革、民盟和民进, 民盟区委主委、民进区委委员."""
    rows: list[list[Mention]] = []
    for mention in mentions(passage, parties):
        last = rows[-1][-1] if rows else None
        between = passage.spoken[last.end : mention.start] if last else ""
        if last and _BETWEEN.fullmatch(between):
            rows[-1].append(mention)
        else:
            rows.append([mention])
    return tuple(tuple(row) for row in rows if len(row) > 1)


def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    guarded = []
    for name in sorted(names, key=len, reverse=True):
        before, after = _GUARDS.get(name, ("", ""))
        guarded.append(f"{before}{name}{after}")
    return re.compile("|".join(guarded))
