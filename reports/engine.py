"""WeasyPrint, prepared: with our fonts only, with Chinese justification, fetching nothing.

Importing this module loads Pango and WeasyPrint (about a second), so only ``reports.rendering``
imports it, when the first PDF is asked for. The import raises OSError where Pango is missing.
"""

import ctypes.util
import gc
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

FONTS_CONF = Path(settings.VAR_DIR).resolve() / "fonts" / "fonts.conf"

# Fontconfig reads this once, when Pango is loaded, so it must be set before the import below. The
# path is absolute because fontconfig looks for a relative one in its own folder.
os.environ["FONTCONFIG_FILE"] = str(FONTS_CONF)


@contextmanager
def _quick_import() -> Iterator[None]:
    """Halve the time of the import of WeasyPrint.

    It tries names such as ``gobject-2.0`` before the real ``libgobject-2.0.so.0``, and for each of
    them ctypes runs compilers and linkers as processes (0.4 s). On Linux the last name is always
    the right one, so those questions, and no others, are answered "not found" while it is imported.
    """
    find_library = ctypes.util.find_library
    asked_by_weasyprint = ("gobject-2.0", "pango-1.0", "pangoft2-1.0", "harfbuzz", "fontconfig")

    def answer(name: str) -> str | None:
        if name.removeprefix("lib").startswith(asked_by_weasyprint):
            return None
        return find_library(name)

    collecting = gc.isenabled()
    gc.disable()
    if sys.platform == "linux":
        ctypes.util.find_library = answer
    try:
        yield
    finally:
        ctypes.util.find_library = find_library
        if collecting:
            gc.enable()


with _quick_import():
    import weasyprint
    from weasyprint.layout import inline
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

from reports import justification  # noqa: E402 (needs WeasyPrint, imported above in its own way)

inline.justify_line = justification.justify_line


class DataOnlyFetcher(URLFetcher):
    """Lets a document use ``data:`` addresses; anything else ends the rendering."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False, fail_on_errors=True)


class ForbiddenAddressError(Exception):
    """A document referred to something outside itself."""


# One rendering at a time: Pango's font map, kept between renderings for speed, is not safe to
# share between threads, and the work would not run in parallel under one interpreter anyway.
_one_at_a_time = threading.Lock()
_fonts = FontConfiguration()


def write_pdf(html: str) -> bytes:
    """A tagged PDF of a standalone HTML page.

    Raises ForbiddenAddressError where the page refers to anything but ``data:``.
    """
    with _one_at_a_time:
        try:
            page = weasyprint.HTML(string=html, url_fetcher=DataOnlyFetcher())
            return page.write_pdf(
                font_config=_fonts, pdf_variant="pdf/ua-1", presentational_hints=True
            )
        except FatalURLFetchingError as error:
            # Not an Exception: unless translated it would end a server's thread.
            raise ForbiddenAddressError(str(error)) from error
