"""A report's text as the checks read it: passages with their words, and where each is stored.

A check looks at what a passage says (``spoken``), with every figure in its words; what it finds is
told in places of the stored text, where the figure is a token.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from reports.annual import AnnualReport
from reports.text import Token, spans
from reports.text_checks.figure_words import FigureWords
from reports.text_checks.finding import Excerpt, Finding, Kind

AROUND = 18
_CLAUSE_ENDS = "，。；：！？,;:!?\n"
_SENTENCE_ENDS = "。；！？\n"
_QUOTED = re.compile(r"“[^“”]*”|《[^《》]*》|「[^「」]*」|‘[^‘’]*’")


@dataclass(frozen=True)
class Place:
    """Which passage: see the fields of the same names of a finding. ``level`` of its heading."""

    section: int | None
    heading: str
    field: str
    paragraph: int
    block: int
    level: int = 0


@dataclass(frozen=True)
class Passage:
    """A title, a heading or a paragraph. ``start`` is where it begins in its stored field."""

    place: Place
    stored: str
    start: int
    figures: FigureWords

    @cached_property
    def spoken(self) -> str:
        """How it reads, every figure in its words."""
        return "".join(words for words, _, _, _ in self._pieces)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The figures it names."""
        return tuple(token for _, _, _, token in self._pieces if token)

    @cached_property
    def quotations(self) -> tuple[tuple[int, int], ...]:
        """Where something is quoted: a slogan, the name of a project or of a document."""
        return tuple(found.span() for found in _QUOTED.finditer(self.spoken))

    def is_quoted(self, start: int, end: int) -> bool:
        """Whether the words from ``start`` to ``end`` stand within quotation marks."""
        return any(first <= start and end <= last for first, last in self.quotations)

    def is_typed(self, start: int, end: int) -> bool:
        """Whether the author typed them: no character of them comes from a figure."""
        return not any(first < end and start < last for first, last, _ in self._figured)

    def token_at(self, start: int, end: int) -> Token | None:
        """The figure that gave these words; None if somebody typed a part of them."""
        inside = [token for first, last, token in self._figured if first <= start and end <= last]
        return inside[0] if inside else None

    def clause(self, at: int) -> tuple[int, int]:
        """Where the clause with the character ``at`` begins and ends."""
        return self._between(at, _CLAUSE_ENDS)

    def sentence(self, at: int) -> tuple[int, int]:
        """Where the sentence with the character ``at`` begins and ends."""
        return self._between(at, _SENTENCE_ENDS)

    def finding(
        self,
        kind: Kind,
        start: int,
        end: int,
        message: str,
        *,
        suggestions: Iterable[str] = (),
        basis: str = "",
    ) -> Finding:
        """What is said of the words from ``start`` to ``end`` of ``spoken``."""
        first, last = self.clause(start)
        begin, finish = self._at(start), self._at(end, is_end=True)
        spoken, place = self.spoken, self.place
        excerpt = Excerpt(
            f"{'…' if start > AROUND else ''}{spoken[max(0, start - AROUND) : start]}",
            spoken[start:end],
            f"{spoken[end : end + AROUND]}{'…' if end + AROUND < len(spoken) else ''}",
        )
        return Finding(
            kind=kind,
            section=place.section,
            heading=place.heading,
            field=place.field,
            paragraph=place.paragraph,
            block=place.block,
            start=self.start + begin,
            end=self.start + finish,
            excerpt=excerpt,
            context=self.stored[self._at(first) : self._at(last, is_end=True)].strip(),
            message=message,
            suggestions=tuple(suggestions),
            basis=basis,
        )

    @cached_property
    def _pieces(self) -> tuple[tuple[str, int, int, Token | None], ...]:
        """(words, begin in ``spoken``, begin in ``stored``, figure) in turn."""
        found, at = [], 0
        for start, end, token in spans(self.stored):
            words = self.figures.words_of(token) if token else self.stored[start:end]
            found.append((words, at, start, token))
            at += len(words)
        return tuple(found)

    @cached_property
    def _figured(self) -> tuple[tuple[int, int, Token], ...]:
        return tuple(
            (begin, begin + len(words), token) for words, begin, _, token in self._pieces if token
        )

    def _at(self, spoken_at: int, *, is_end: bool = False) -> int:
        """The place in ``stored`` of a place in ``spoken``; a figure is one whole."""
        for words, begin, start, token in self._pieces:
            inside = (
                begin < spoken_at <= begin + len(words)
                if is_end
                else (begin <= spoken_at < begin + len(words))
            )
            if inside and token is None:
                return start + spoken_at - begin
            if inside:
                return start + len(str(token)) if is_end else start
        return 0 if spoken_at <= 0 else len(self.stored)

    def _between(self, at: int, ends: str) -> tuple[int, int]:
        first = max((self.spoken.rfind(end, 0, at) for end in ends), default=-1) + 1
        lasts = [self.spoken.find(end, at) for end in ends]
        return first, min((last for last in lasts if last >= 0), default=len(self.spoken))


def passages_of(annual: AnnualReport, figures: FigureWords) -> tuple[Passage, ...]:
    """The report's title, subtitle, headings and paragraphs, as they are printed in turn."""
    return tuple(_passages(annual, figures))


def _passages(annual: AnnualReport, figures: FigureWords) -> Iterator[Passage]:
    for field in ("title", "subtitle"):
        text = getattr(annual.report, field)
        if text.strip():
            yield Passage(Place(None, "", field, 0, 0), text, 0, figures)
    block = 0
    for section in annual.sections:
        if section.heading:
            block += 1
            place = Place(section.pk, section.heading, "heading", 0, block, section.level)
            yield Passage(place, section.heading, 0, figures)
        for number, (line, start) in enumerate(_lines(section.body), start=1):
            block += 1
            place = Place(section.pk, section.heading, "body", number, block)
            yield Passage(place, line, start, figures)


def _lines(body: str) -> Iterator[tuple[str, int]]:
    """Each line that says something, without blanks around it, and where it begins."""
    at = 0
    for line in body.splitlines(keepends=True):
        if line.strip():
            yield line.strip(), at + len(line) - len(line.lstrip())
        at += len(line)
