"""A pasted list of names, compared with the people of the unit. Nothing is guessed."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from members.models import Member

_BETWEEN = re.compile(r"[\n\r\t、,，;；。/|]+")
_DOTS = re.compile(r"[·・‧•]")
_NUMBERING = re.compile(r"^\(?\d{1,3}[.)、\s]+")


@dataclass
class Found:
    """What became of the pasted names: one person each, several of that name, or nobody."""

    people: list[Member] = field(default_factory=list)
    namesakes: list[tuple[str, list[Member]]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def find_people(text: str, among: Iterable[Member]) -> Found:
    """The people of ``among`` whom ``text`` names, one name a line or with commas between."""
    by_name: dict[str, list[Member]] = {}
    for person in among:
        by_name.setdefault(_plain(person.name), []).append(person)
    found = Found()
    for name in dict.fromkeys(_names(text, by_name)):
        people = by_name.get(_plain(name), [])
        if len(people) == 1:
            found.people += people
        elif people:
            found.namesakes.append((name, people))
        else:
            found.unknown.append(name)
    return found


def _names(text: str, known: dict) -> Iterable[str]:
    for piece in _BETWEEN.split(unicodedata.normalize("NFKC", text)):
        piece = _NUMBERING.sub("", piece.strip()).strip()
        if not piece or piece.isdigit():
            continue
        # 王　明 is one name, set to the width of three characters; 陈喆 单立堃 are two.
        yield from [piece] if _plain(piece) in known else _joined(piece.split())


def _joined(words: list[str]) -> Iterable[str]:
    """The words, two single characters in a row as the name they are set apart from."""
    rest = list(words)
    while rest:
        singles = next((n for n, word in enumerate(rest) if len(word) > 1), len(rest))
        if singles == 2:
            yield rest.pop(0) + rest.pop(0)
        else:
            yield rest.pop(0)


def _plain(name: str) -> str:
    return _DOTS.sub("·", re.sub(r"\s+", "", unicodedata.normalize("NFKC", name)))
