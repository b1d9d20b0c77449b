"""The figures of a report for machines: values, words, definitions and the records behind them."""

import json
from datetime import date
from decimal import Decimal

from django.utils import translation

from reports.document import Document
from reports.readings import DOCUMENT_LANGUAGE, Figures, Reading
from units.statistic import Occurrence, Ratio


def render_json(document: Document, figures: Figures) -> bytes:
    """UTF-8 JSON: the document's name, unit, year, period, and one object per figure.

    Money and shares are written exactly (``"6000.00"``, part and base), never as floats. A figure
    that cannot be known has ``"value": null`` and says in ``"gap"`` what to enter.
    """
    return as_file(register_of(document, figures))


def register_of(document: Document, figures: Figures) -> dict:
    """What :func:`render_json` writes, as plain JSON values."""
    with translation.override(DOCUMENT_LANGUAGE):
        content = {
            "name": document.name,
            "unit": figures.year.unit.code,
            "year": figures.year.year,
            "period": [figures.year.first.isoformat(), figures.year.last.isoformat()],
            "figures": {key: _entry(figures[key]) for key in figures},
        }
        return json.loads(json.dumps(content, default=_plain))


def as_file(register: dict) -> bytes:
    """The register as a readable file."""
    return (json.dumps(register, ensure_ascii=False, indent=1) + "\n").encode()


def _entry(reading: Reading) -> dict:
    figure = reading.figure
    entry = {
        "name": figure.name,
        "definition": figure.definition,
        "at": _days(reading),
        "value": None if reading.is_gap else reading.value,
        "phrase": reading.phrase(),
        "phrases": {} if reading.is_gap else {w: reading.phrase(w) for w in figure.wordings},
    }
    if figure.base:
        entry["base"] = figure.base
    if reading.is_gap:
        entry["gap"] = reading.gap_notice
    if reading.evidence is not None:
        entry["evidence"] = {
            "model": reading.evidence.model._meta.label,
            "ids": list(reading.evidence.values_list("pk", flat=True)),
        }
    return entry


def _days(reading: Reading) -> list[date]:
    year = reading.year
    return [year.last] if reading.figure.at == "day" else [year.first, year.last]


def _plain(value):
    """What JSON does not know: money as text, dates by ISO 8601, shares as objects."""
    match value:
        case Decimal():
            return str(value)
        case date():
            return value.isoformat()
        case Ratio(part, base):
            return {"part": part, "base": base}
        case Occurrence(occasion, day, times):
            return {"occasion": occasion, "day": day, "times": times}
    return str(value)
