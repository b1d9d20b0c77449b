"""From an outline to a report, and from a report to its content.

``begin`` is the one place where sentences fall away; what an author has written is never cut.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction

from reports import text as token_text
from reports.document import Block, Document, Heading, Paragraph, Run, plain
from reports.figures import known_tokens
from reports.models import Report, Section
from reports.numbering import numbered
from reports.readings import Figures
from units.models import ReportingYear

_SENTENCE = re.compile(r"[^。！？\n]*[。！？]?”?")


class Begun(NamedTuple):
    """A new report, not stored yet. ``left_out`` are the outline's sentences that state nothing."""

    report: Report
    sections: list[Section]
    left_out: tuple[str, ...]


def begin(year: ReportingYear, outline: dict) -> Begun:
    """A new report from an outline; sentences that would state nothing are left out."""
    figures = Figures(year)
    report = Report(
        unit=year.unit,
        year=year.year,
        name=outline["name"],
        title=outline["title"],
        subtitle=outline["subtitle"],
        signatory=year.unit.signatory,
    )
    texts = [_split(row["body"].strip(), figures) for row in outline["sections"]]
    sections = [
        Section(
            unit=year.unit,
            report=report,
            position=position,
            level=row["level"],
            heading=row["heading"],
            body=body,
        )
        for position, (row, (body, _silent)) in enumerate(
            zip(outline["sections"], texts, strict=True), start=1
        )
    ]
    return Begun(report, sections, tuple(each for _body, silent in texts for each in silent))


def store(report: Report, sections: Sequence[Section]) -> Report:
    """Save a new report with its sections, all or nothing."""
    with transaction.atomic():
        report.full_clean()
        report.save()
        for section in sections:
            section.report = report
            section.full_clean()
            section.save()
    return report


def document_of(report: Report, sections: Iterable[Section], figures: Figures) -> Document:
    """The content of a report with every token replaced.

    ``reports.text.TextErrors`` with every unknown token and misplaced brace of the whole report.
    """
    sections = list(sections)
    check(report, sections)
    return Document(
        name=plain(_runs(report.name, figures)),
        title=_runs(report.title, figures),
        subtitle=_runs(report.subtitle, figures),
        blocks=tuple(_blocks(sections, figures)),
        signatory=report.signatory,
        signed_on=report.signed_on,
    )


def check(report: Report, sections: Iterable[Section]):
    """Raise ``reports.text.TextErrors`` with every fault of the report's texts, or do nothing."""
    known = known_tokens()
    found: list[token_text.TextError] = []
    for name, text in _texts(report, sections):
        try:
            token_text.check(text, section=name, known=known)
        except token_text.TextErrors as faults:
            found += faults.errors
    if found:
        raise token_text.TextErrors(found)


def check_text(text: str):
    """Raise ValidationError with every fault of one text: for forms and admin."""
    try:
        token_text.check(text, section="", known=known_tokens())
    except token_text.TextErrors as faults:
        raise ValidationError(faults.messages) from faults


def _texts(report: Report, sections: Iterable[Section]):
    for field in ("name", "title", "subtitle"):
        yield str(report._meta.get_field(field).verbose_name), getattr(report, field)
    for section in sections:
        yield section.heading, section.heading
        yield section.heading, section.body


def _blocks(sections: list[Section], figures: Figures) -> Iterable[Block]:
    numbers = numbered(section.level for section in sections if section.heading)
    for section in sections:
        if section.heading:
            runs = (Run(next(numbers)), *_runs(section.heading, figures))
            yield Heading(level=section.level, runs=runs)
        for line in section.body.splitlines():
            if line.strip():
                yield Paragraph(_runs(line.strip(), figures))


def _runs(text: str, figures: Figures) -> tuple[Run, ...]:
    def word(token: token_text.Token) -> Run:
        reading = figures[token.key]
        return Run(reading.phrase(token.wording), figure=token.key, gap=reading.is_gap)

    return token_text.compose(text, word)


def _split(body: str, figures: Figures) -> tuple[str, list[str]]:
    """The body without the sentences that state nothing, and those sentences."""
    kept, silent = [], []
    for line in body.splitlines():
        sentences = [sentence for sentence in _SENTENCE.findall(line) if sentence]
        told = [_says_something(sentence, figures) for sentence in sentences]
        kept.append("".join(s for s, says in zip(sentences, told, strict=True) if says))
        silent += [s for s, says in zip(sentences, told, strict=True) if not says]
    return "\n".join(line for line in kept if line), silent


def _says_something(sentence: str, figures: Figures) -> bool:
    """False where a sentence has figures beside the unit and the year, and all are empty.

    A figure that does not exist, or braces that cannot be read, keep their sentence: whoever
    checks the text will name them.
    """
    try:
        keys = [key for key in token_text.tokens(sentence) if key not in _ALWAYS_STATED]
    except token_text.TextErrors:
        return True
    return not keys or any(key not in figures or figures[key].says_something for key in keys)


_ALWAYS_STATED = {"unit_name", "unit_short_name", "report_year"}
