"""The figures of a report's year: what each is about, and what it says.

What a figure is about is known without asking its records; only those that a text may speak of are
read, each once.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from django.utils import translation

from reports.figures import REGISTER
from reports.readings import DOCUMENT_LANGUAGE, Figures, Reading
from reports.text import Token
from reports.text_checks.counting_words import GENERAL
from reports.wording import Kind

_HAN = re.compile("[\u4e00-\u9fff]+")
NAME_WEIGHT = 3


@dataclass(frozen=True)
class Subject:
    """What a figure is about: name, definition and base in the document's language.

    ``topic`` are the pairs of characters of its name, ``remarks`` those of definition and base.
    """

    name: str
    definition: str
    base: str
    topic: frozenset[str]
    remarks: frozenset[str]


@dataclass(frozen=True)
class KnownFigure:
    """A figure of the year with what it is about; its records are asked when ``value`` is."""

    reading: Reading
    subject: Subject

    @property
    def key(self) -> str:
        """The register's key."""
        return self.reading.figure.key

    @property
    def kind(self) -> Kind:
        """What sort of value it has."""
        return self.reading.figure.kind

    @property
    def measure(self) -> str:
        """Its measure word."""
        return self.reading.figure.measure

    @property
    def name(self) -> str:
        """Its name in the document's language."""
        return self.subject.name

    @property
    def base(self) -> str:
        """Of what it is a share; "" for anything else."""
        return self.subject.base

    @property
    def has_value(self) -> bool:
        """Whether the records give a value."""
        return not self.reading.is_gap

    @property
    def value(self):
        """Its value."""
        return self.reading.value

    @cached_property
    def wordings(self) -> dict[str, str]:
        """Each wording with what it says, the usual one first."""
        return {name: self.reading.phrase(name) for name in self.reading.figure.wordings}

    def token(self, wording: str = "") -> str:
        """The figure as it is typed, in ``wording``."""
        usual = self.reading.figure.wordings[0]
        return str(Token(self.key, "" if wording in ("", usual) else wording, 0))


class FigureWords:
    """All figures of one year, by what they are about."""

    def __init__(self, figures: Figures):
        self._figures = figures

    def words_of(self, token: Token) -> str:
        """What a token reads as; an unknown one as it is typed, for another check to name."""
        reading = self._figures.get(token.key)
        if reading is None or token.wording and token.wording not in reading.figure.wordings:
            return str(token)
        return reading.phrase(token.wording)

    @cached_property
    def every(self) -> tuple[KnownFigure, ...]:
        """Every figure, in the register's order, also those without a value."""
        about = subjects()
        return tuple(KnownFigure(self._figures[key], about[key]) for key in self._figures)

    def of(self, key: str) -> KnownFigure | None:
        """The figure called ``key``, if it has a value."""
        found = next((figure for figure in self.every if figure.key == key), None)
        return found if found and found.has_value else None


@cache
def subjects() -> Mapping[str, Subject]:
    """What each figure of the register is about, by its key."""
    with translation.override(DOCUMENT_LANGUAGE):
        return {
            key: Subject(
                name=str(figure.name),
                definition=str(figure.definition),
                base=str(figure.base),
                topic=pairs(str(figure.name)),
                remarks=pairs(f"{figure.definition}，{figure.base}"),
            )
            for key, figure in REGISTER.items()
        }


def nearness(figure: KnownFigure, said: frozenset[str]) -> float:
    """How much words with these pairs are about what ``figure`` counts; 0: nothing of its name.

    Pairs in common, each the less the more figures have it; those of the name count threefold.
    """
    named = said & figure.subject.topic
    remarked = (said & figure.subject.remarks) - figure.subject.topic
    return NAME_WEIGHT * _weight(named) + _weight(remarked) if named else 0


def pairs(words: str) -> frozenset[str]:
    """The pairs of neighbouring Han characters that tell something: 党派人 is 党派, 派人."""
    found = (run[at : at + 2] for run in _HAN.findall(words) for at in range(len(run) - 1))
    return frozenset(found) - GENERAL


def _weight(shared: frozenset[str]) -> float:
    return sum(1 / _spread()[pair] for pair in shared)


@cache
def _spread() -> Counter:
    """In how many figures' names and definitions each pair of characters occurs."""
    return Counter(pair for each in subjects().values() for pair in each.topic | each.remarks)
