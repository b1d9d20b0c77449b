"""A short piece of a text around the words that were found in it, with the words marked."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from units.folding import folded

BEFORE, LENGTH = 18, 72
"""Characters shown before the first word found, and in all."""


class Part(NamedTuple):
    """A piece of text, and whether it is a word that was looked for."""

    text: str
    is_hit: bool


def marked(text: str, words: Sequence[str]) -> list[Part]:
    """All of ``text`` in parts. ``words`` are folded; what is shown is the text as it stands."""
    hits = set(_places(text, words))
    runs = groupby(range(len(text)), key=hits.__contains__)
    return [Part("".join(text[place] for place in places), hit) for hit, places in runs]


def excerpt(text: str, words: Sequence[str]) -> list[Part]:
    """Of the lines of ``text`` the first with a word in it, cut to size; nothing if there is none.

    A line with more of the words comes before one with fewer.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    most = max(lines, key=lambda line: _held(line, words), default="")
    if not _held(most, words):
        return []
    first = min(_places(most, words), default=0)
    start = max(first - BEFORE, 0)
    if start + LENGTH >= len(most):
        start = max(len(most) - LENGTH, 0)
    cut = most[start : start + LENGTH]
    before = "…" if start else ""
    after = "…" if start + LENGTH < len(most) else ""
    parts = [Part(before, False), *marked(cut, words), Part(after, False)]
    return [part for part in parts if part.text]


def _held(line: str, words: Sequence[str]) -> int:
    here = folded(line)
    return sum(word in here for word in words)


def _places(text: str, words: Sequence[str]) -> Iterator[int]:
    """The places in ``text`` that belong to a word; one character may be folded into several."""
    here, comes_from = "", []
    for place, character in enumerate(text):
        form = folded(character)
        here += form
        comes_from += [place] * len(form)
    for word in words:
        start = here.find(word)
        while start >= 0:
            yield from comes_from[start : start + len(word)]
            start = here.find(word, start + len(word))
