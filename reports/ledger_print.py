"""The ledger of suggestions as PDF: A4 landscape, related columns under one heading."""

from pathlib import Path

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.ledger import COLUMNS, Ledger
from reports.readings import DOCUMENT_LANGUAGE
from reports.rendering import pdf_engine

STYLE_SHEET = Path(__file__).parent / "static" / "reports" / "ledger.css"

# Heading, share of the line, and the columns of the sheet that stand in it, one below the other.
PRINTED = (
    (gettext_lazy("Number"), 6, ("number", "registered_on", "registered_by")),
    (gettext_lazy("Made at"), 8, ("made_at", "evidence")),
    (gettext_lazy("Made by"), 7, ("made_by", "party", "signature")),
    (gettext_lazy("Suggestion"), 17, ("category", "wording", "edited", "merged_into")),
    (gettext_lazy("Leader's instruction"), 7, ("instructions",)),
    (gettext_lazy("Department"), 8, ("department", "co_department", "assigned_on", "due_on")),
    (gettext_lazy("Progress"), 10, ("progress", "reopened")),
    (gettext_lazy("Replies"), 16, ("replies",)),
    (gettext_lazy("Result"), 9, ("state", "result", "reason", "outcome")),
    (gettext_lazy("Result told"), 8, ("told", "told_by", "satisfaction")),
    (gettext_lazy("Publish"), 4, ("published",)),
)
# What says little without its heading.
NAMED = {"merged_into", "co_department", "assigned_on", "due_on", "reopened", "evidence", "outcome"}


def render_ledger(ledger: Ledger, *, mark: str) -> bytes:
    """The ledger as a tagged PDF with the rule for its day below it; ``mark`` says who made it.

    RenderingUnavailableError as for a report.
    """
    engine = pdf_engine()
    with translation.override(DOCUMENT_LANGUAGE):
        page = render_to_string("reports/ledger_pdf.html", _context(ledger, mark))
    return engine.write_pdf(page, style=STYLE_SHEET.read_text(encoding="utf-8"))


def title_of(ledger: Ledger) -> str:
    """What the list is called, with unit and year."""
    facts = {"unit": ledger.year.unit.name, "year": ledger.year.year}
    return _("%(unit)s: ledger of suggestions %(year)s") % facts


def _context(ledger: Ledger, mark: str) -> dict:
    return {
        "title": title_of(ledger),
        "columns": [(heading, f"{share}%") for heading, share, _keys in PRINTED],
        "lines": [
            [_parts(line, keys) for _heading, _share, keys in PRINTED] for line in ledger.lines
        ],
        "rule": ledger.rule,
        "mark": mark,
    }


def _parts(line: dict[str, object], keys: tuple[str, ...]) -> list[str]:
    """What stands in one cell, part below part, each once; empty ones and noughts left out."""
    parts = [
        _("%(heading)s: %(value)s") % {"heading": COLUMNS[key], "value": line[key]}
        if key in NAMED
        else str(line[key])
        for key in keys
        if line[key]
    ]
    return list(dict.fromkeys(parts))
