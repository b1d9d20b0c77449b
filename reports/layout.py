"""Which version of the layout a report was printed in."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

_HERE = Path(__file__).parent
_TEMPLATES = Path(settings.BASE_DIR) / "templates" / "reports"
PARTS = (
    _HERE / "static" / "reports" / "document.css",
    _HERE / "printed_elements.css",
    _HERE / "typesetting.py",
    _HERE / "justification.py",
    *(_TEMPLATES / name for name in ("document.html", "_document.html", "_runs.html")),
    *(_TEMPLATES / name for name in ("_table.html", "_annex.html")),
)


@cache
def layout_version() -> str:
    """The renderer with its release, and a short hash over our style sheets and templates.

    The same version prints the same content to the same bytes, with the same fonts.
    """
    content = hashlib.sha256()
    for part in PARTS:
        content.update(part.read_bytes())
    return f"WeasyPrint {version('weasyprint')}, {content.hexdigest()[:16]}"
