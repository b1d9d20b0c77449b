"""The engine's short cuts: they change nothing that is printed."""

import gc
from pathlib import Path

import weasyprint
from django.template.loader import render_to_string

from reports import engine
from reports.rendering import STYLE_SHEET, document_context
from tests.reports.pdf_samples import long_report


def page_for_print() -> str:
    """A page with every element that the templates know."""
    document = long_report()
    context = {**document_context(document, for_print=True), "style": "", "name": document.name}
    return render_to_string("reports/document.html", context)


def test_own_element_styles_print_what_weasyprints_would():
    style = Path(STYLE_SHEET).read_text(encoding="utf-8")
    whole = weasyprint.HTML(string=page_for_print()).write_pdf(
        stylesheets=[weasyprint.CSS(string=style)],
        pdf_variant="pdf/ua-1",
        presentational_hints=True,
    )
    assert engine.write_pdf(page_for_print(), style=style) == whole


def test_collector_of_garbage_works_again_after_a_rendering():
    assert gc.isenabled()
    engine.write_pdf("<html lang=zh><title>x</title><body><p>文。", style="")
    assert gc.isenabled()
