"""A report as one HTML page and as PDF, by GB/T 9704-2012.

Both come from the same template and the same style sheet. The page setting itself (A4, type area
156 × 225 mm, 22 lines of 28 characters) is in ``static/reports/document.css``.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from reports.archival import with_files
from reports.document import AnnexEntry, Block, Document, Heading, Paragraph, Run, Table, plain
from reports.typesetting import with_break_marks

STYLE_SHEET = Path(__file__).parent / "static" / "reports" / "document.css"


class RenderingUnavailableError(Exception):
    """No PDF can be made on this machine; the message says what to do about it."""


def render_html(document: Document) -> str:
    """The report as a standalone HTML page: style inlined, nothing fetched from anywhere."""
    context = document_context(document)
    return _page(document, {**context, "style": _style()})


def render_pdf(document: Document) -> bytes:
    """The report as a tagged A4 PDF (PDF/UA-1). The same document always gives the same bytes.

    Raises RenderingUnavailableError where the fonts or Pango are missing.
    """
    engine = pdf_engine()
    context = document_context(document, for_print=True)
    # The style goes beside the page: the engine keeps it parsed.
    return engine.write_pdf(_page(document, {**context, "style": ""}), style=_style())


def render_archival(document: Document, files: Mapping[str, bytes], *, moment: datetime) -> bytes:
    """The report as PDF/A-3 that is PDF/UA-1 too, with ``files`` inside, dated ``moment``.

    The same content always gives the same bytes. Raises as :func:`render_pdf`.
    """
    context = {**document_context(document, for_print=True), "style": ""}
    page = _page(document, context)
    plain = pdf_engine().write_pdf(page, style=_style(), variant="pdf/a-3a")
    return with_files(plain, files, moment=moment)


def pdf_engine():
    """The module that writes PDFs, loaded; a second the first time.

    Raises RenderingUnavailableError where the fonts or Pango are missing.
    """
    if not (Path(settings.VAR_DIR) / "fonts" / "fonts.conf").is_file():
        raise RenderingUnavailableError(_("The fonts of the report are missing: run script/fonts."))
    try:
        # Not at the top: it takes a second, and everything but the PDF works without Pango.
        from reports import engine
    except OSError as error:
        raise RenderingUnavailableError(
            _("Pango, which lays out the PDF, is missing: run script/bootstrap.")
        ) from error
    return engine


def document_context(document: Document, *, for_print: bool = False) -> dict:
    """The context of ``reports/_document.html``, for a page of our own around it.

    With ``for_print`` the text carries layout marks, and figures are no longer told apart from the
    words around them, unless an annex follows that they lead to: both serve the typesetting.
    """
    prepare = _preparation(document, for_print=for_print)
    return {
        "title": prepare(document.title),
        "title_label": plain(document.title),
        "subtitle": prepare(document.subtitle),
        "blocks": [_block_context(block, prepare) for block in document.blocks],
        "signatory": document.signatory,
        "signed_on": _written_date(document),
        "note": document.note,
        "annex": [_entry_context(entry) for entry in document.annex],
    }


def _page(document: Document, context: dict) -> str:
    return render_to_string(
        "reports/document.html", {**context, "name": document.name, "mark": document.mark}
    )


def _style() -> str:
    return STYLE_SHEET.read_text(encoding="utf-8")


def _block_context(block: Block, prepare) -> dict:
    match block:
        case Heading():
            # The title is the h1, so a first-level heading 一、 is an h2.
            runs = prepare(block.runs)
            return {"kind": f"h{block.level + 1}", "runs": runs, "label": plain(block.runs)}
        case Paragraph():
            return {"kind": "p", "runs": prepare(block.runs), "label": ""}
        case Table():
            return {"kind": "table", "table": block, "shares": _shares(block)}


def _shares(table: Table) -> list[str]:
    whole = sum(table.widths)
    return [f"{100 * width / whole:.2f}%" for width in table.widths]


def _entry_context(entry: AnnexEntry) -> dict:
    table = entry.records
    return {"entry": entry, "table": table, "shares": _shares(table) if table else []}


def _preparation(document: Document, *, for_print: bool) -> Callable[[Sequence[Run]], tuple]:
    """How the runs of a document are made ready: marks for print, links where there is an annex."""
    led_to = {entry.key for entry in document.annex}
    if not led_to:
        return _typeset if for_print else tuple
    mark = with_break_marks if for_print else str
    return lambda runs: tuple(
        replace(run, text=mark(run.text), figure=run.figure if run.figure in led_to else "")
        for run in runs
    )


def _typeset(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Neighbouring runs joined, gaps apart: a box around each figure would only slow the layout."""
    return tuple(
        Run(with_break_marks(plain(group)), gap=gap)
        for gap, group in groupby(runs, key=lambda run: run.gap)
    )


def _written_date(document: Document) -> str:
    """The date in Arabic numerals without leading zeros, 2017年12月5日 (GB/T 9704 7.3.5.4)."""
    day = document.signed_on
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
