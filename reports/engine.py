"""WeasyPrint, prepared: with our fonts only, with Chinese justification, fetching nothing.

Importing this module loads Pango and WeasyPrint (about a second), so only ``reports.rendering``
imports it, when the first PDF is asked for. The import raises OSError where Pango is missing.
"""

import os
import threading
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from reports.quick_import import quick_import, without_collecting

ELEMENTS = Path(__file__).parent / "printed_elements.css"
FONTS_CONF = Path(settings.VAR_DIR).resolve() / "fonts" / "fonts.conf"

# Fontconfig reads this once, when Pango is loaded, so it must be set before the import below. The
# path is absolute because fontconfig looks for a relative one in its own folder.
os.environ["FONTCONFIG_FILE"] = str(FONTS_CONF)

with quick_import():
    import weasyprint
    from weasyprint.css.counters import CounterStyle
    from weasyprint.layout import inline
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

from reports.justification import justify_line  # noqa: E402 (imports WeasyPrint, now loaded)

inline.justify_line = justify_line


class DataOnlyFetcher(URLFetcher):
    """Lets a document use ``data:`` addresses; anything else ends the rendering."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False, fail_on_errors=True)


class ForbiddenAddressError(Exception):
    """A document referred to something outside itself."""


class ReportPage(weasyprint.HTML):
    """A page of our own templates: only their elements have a meaning, the rest is plain text.

    The methods are those by which WeasyPrint's pages tell their style sheets.
    """

    def __init__(self, html: str) -> None:
        super().__init__(string=html, url_fetcher=DataOnlyFetcher())

    def _ua_stylesheets(self, forms: bool = False) -> list[weasyprint.CSS]:
        return [_elements]

    def _ua_counter_style(self) -> list[CounterStyle]:
        return [_counters.copy()]

    def _ph_stylesheets(self) -> list[weasyprint.CSS]:
        return []


# One rendering at a time: Pango's font map, kept between renderings for speed, is not safe to
# share between threads, and the work would not run in parallel under one interpreter anyway.
_one_at_a_time = threading.Lock()
_fonts = FontConfiguration()
_counters = CounterStyle()
_elements = weasyprint.CSS(string=ELEMENTS.read_text("utf-8"), counter_style=_counters)


def write_pdf(html: str, *, style: str, variant: str = "pdf/ua-1") -> bytes:
    """A tagged PDF of an HTML page, set by the style sheet ``style``; PDF/UA-1, or ``variant``.

    Raises ForbiddenAddressError where the page refers to anything but ``data:``.
    """
    with _one_at_a_time, without_collecting():
        try:
            return ReportPage(html).write_pdf(
                stylesheets=[_parsed(style)],
                font_config=_fonts,
                pdf_variant=variant,
                presentational_hints=True,  # the widths of table columns
            )
        except FatalURLFetchingError as error:
            # Not an Exception: unless translated it would end a server's thread.
            raise ForbiddenAddressError(str(error)) from error


@lru_cache(maxsize=2)
def _parsed(style: str) -> weasyprint.CSS:
    return weasyprint.CSS(string=style, font_config=_fonts, url_fetcher=DataOnlyFetcher())
