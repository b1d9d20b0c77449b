"""The content of a report, free of any layout: what HTML, PDF and DOCX are all made from.

Each renderer walks the same blocks, so the three can differ in looks and never in words. Text is
final here: tokens are replaced, headings are numbered, nothing below this module computes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Run:
    """A stretch of text with one origin.

    ``figure`` is the register key of the figure that gave the text, empty for the author's own
    words. ``gap`` marks a figure that could not be known: the text then says what to enter.
    """

    text: str
    figure: str = ""
    gap: bool = False


@dataclass(frozen=True)
class Heading:
    """A heading of ``level`` 1–4, its number 一、/（一）/1./（1） already part of the runs."""

    level: int
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Paragraph:
    """One body paragraph, indented by two characters."""

    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Table:
    """A ledger: ``widths`` are shares of the line (they need not add up to 1)."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]


@dataclass(frozen=True)
class AnnexEntry:
    """What the annex says of one figure: its words, its meaning, when it counts, its records.

    ``base`` is "" but for a share; ``records`` is None where no record can be listed.
    """

    key: str
    name: str
    words: str
    definition: str
    base: str
    when: str
    derivation: str
    records: Table | None


Block = Heading | Paragraph | Table


@dataclass(frozen=True)
class Document:
    """A whole report. ``subtitle``, ``signatory`` may be empty and ``signed_on`` None.

    ``annex`` has what stands behind the figures, where it is wanted. ``note`` are the small lines
    below a sealed report by which it can be checked, ``mark`` is what its PDF carries unseen, to
    find its seal again.
    """

    name: str
    title: tuple[Run, ...]
    subtitle: tuple[Run, ...]
    blocks: tuple[Block, ...]
    signatory: str = ""
    signed_on: date | None = None
    annex: tuple[AnnexEntry, ...] = ()
    note: tuple[str, ...] = ()
    mark: str = ""

    @property
    def file_stem(self) -> str:
        """The file name without its ending, e.g. 普陀区教育学院2017年统战工作总结."""
        return self.name

    @property
    def gaps(self) -> tuple[str, ...]:
        """The keys of the figures that it states as gaps, each once, in its order."""
        return tuple(dict.fromkeys(run.figure for run in self._runs() if run.gap))

    @property
    def figures(self) -> tuple[str, ...]:
        """The keys of all figures that it states, each once, in its order."""
        return tuple(dict.fromkeys(run.figure for run in self._runs() if run.figure))

    def _runs(self) -> Iterator[Run]:
        yield from (*self.title, *self.subtitle)
        for block in self.blocks:
            if not isinstance(block, Table):
                yield from block.runs


def plain(runs: Iterable[Run]) -> str:
    """The runs as one string."""
    return "".join(run.text for run in runs)
