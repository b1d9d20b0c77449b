"""What the desk shows of a report while it is written: each section as it will be printed, and the
words of the figures it names."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reports.annual import AnnualReport
from reports.document import Document
from reports.drafting import document_of
from reports.models import Section
from reports.presentation import wordings_of
from reports.readings import Figures
from reports.rendering import document_context
from reports.text import TextErrors, Token, parse


@dataclass(frozen=True)
class Printed:
    """A section as it is printed: ``blocks`` for the template. ``section`` may be unsaved."""

    section: Section
    blocks: Sequence[dict]

    @property
    def name(self) -> str:
        """Its numbered heading; of a section without one, how it begins."""
        first = self.blocks[0] if self.blocks else None
        return first["label"] if first and first["label"] else self.section.body[:12]


@dataclass(frozen=True)
class Preview:
    """The report as it would be printed now; ``faults`` say what keeps it from being read."""

    head: dict
    sections: tuple[Printed, ...]
    faults: tuple[str, ...] = ()


def preview_of(annual: AnnualReport) -> Preview:
    """The whole text with today's figures. With faults in the text, these and no sections."""
    try:
        document = document_of(annual.report, annual.sections, annual.figures)
    except TextErrors as faults:
        return Preview({}, (), tuple(faults.messages))
    return Preview(document_context(document), tuple(_printed(annual.sections, document)))


def _printed(sections: Iterable[Section], document: Document) -> Iterator[Printed]:
    """The blocks of the document, given back to the sections they came from."""
    shown = iter(document_context(document)["blocks"])
    for section in sections:
        lines = sum(1 for line in section.body.splitlines() if line.strip())
        count = lines + bool(section.heading)
        yield Printed(section, [next(shown) for _each in range(count)])


def put_typed(annual: AnnualReport, typed: Section, *, after: int | None):
    """Let ``annual`` hold ``typed`` in place of the stored section, or behind ``after`` if new."""
    if typed.pk is not None:
        annual.sections = [typed if each.pk == typed.pk else each for each in annual.sections]
        return
    keys = [each.pk for each in annual.sections]
    annual.sections.insert(keys.index(after) + 1 if after in keys else 0, typed)


def token_words(texts: Iterable[str], figures: Figures) -> dict[str, dict[str, str]]:
    """For every known figure that ``texts`` name: its token's name, key and words."""
    found = {}
    for text in texts:
        for token in _tokens(text):
            figure = figures[token.key].figure if token.key in figures else None
            if figure and (not token.wording or token.wording in figure.wordings):
                found[str(token)] = _as_chip(token, figures)
    return found


def figure_choices(figures: Figures, keys: Iterable[str]) -> Iterator[dict]:
    """What the panel offers of each figure: name, definition, gap, and every wording's token."""
    for key in keys:
        reading = figures[key]
        yield {
            "key": key,
            "name": str(reading.figure.name),
            "definition": str(reading.figure.definition),
            "missing": reading.gap_notice if reading.is_gap else "",
            "wordings": wordings_of(reading),
        }


def _as_chip(token: Token, figures: Figures) -> dict[str, str]:
    reading = figures[token.key]
    return {
        "key": token.key,
        "name": str(reading.figure.name),
        "words": reading.phrase(token.wording),
    }


def _tokens(text: str) -> list[Token]:
    try:
        return [part for part in parse(text) if isinstance(part, Token)]
    except TextErrors:
        return []
