"""Office Open XML looked into before anything opens it: no bombs, no macros, nothing locked."""

import re
import zipfile
from pathlib import Path

from units.refused_files import MEGABYTE, Reason, RefusedFile

MOST_UNPACKED = 200 * MEGABYTE
MOST_PARTS = 5000
_CONTENTS = "[Content_Types].xml"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How the old formats begin, and new ones that are locked by a password."""
_PROGRAMS = re.compile(r"vbaproject|vbadata|macrosheets/|activex/|dialogsheets/", re.I)
_MACRO_TYPES = re.compile(rb"macroEnabled|ms-office\.vba|ms-excel\.macrosheet", re.I)
# Word fetches such a template, with its macros, as soon as the document is opened.
_FOREIGN_TEMPLATE = re.compile(
    rb"<[^>]*attachedTemplate[^>]*Target\s*=\s*[\"'](?:https?|ftp|\\\\|file://[^/])", re.I
)
_FOREIGN_TEMPLATE_REVERSED = re.compile(
    rb"<[^>]*Target\s*=\s*[\"'](?:https?|ftp|\\\\|file://[^/])[^>]*attachedTemplate", re.I
)


def refuse_unless_sound(source: Path, *, main_part: str, most_unpacked: int = MOST_UNPACKED):
    """RefusedFile for what is no whole package with ``main_part`` in it, or holds programs."""
    with source.open("rb") as file:
        beginning = file.read(8)
    if beginning == _OLE:
        raise RefusedFile(Reason.OLD_OFFICE)
    if not beginning.startswith(b"PK\x03\x04"):
        raise RefusedFile(Reason.NOT_WHAT_IT_SAYS)
    try:
        with zipfile.ZipFile(source) as package:
            _refuse_unless_sound(package, main_part, most_unpacked)
    except RefusedFile:
        raise
    except Exception as failure:
        # A zip that breaks off or lies about itself fails in a dozen ways.
        raise RefusedFile(Reason.INCOMPLETE) from failure


def _refuse_unless_sound(package: zipfile.ZipFile, main_part: str, most_unpacked: int):
    parts = package.infolist()
    names = [part.filename for part in parts]
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > most_unpacked:
        raise RefusedFile(Reason.UNPACKS_TOO_LARGE)
    if any(part.flag_bits & 1 for part in parts):
        raise RefusedFile(Reason.PASSWORD)
    if _CONTENTS not in names or main_part not in names:
        raise RefusedFile(Reason.NOT_WHAT_IT_SAYS)
    if any(map(_PROGRAMS.search, names)) or _MACRO_TYPES.search(package.read(_CONTENTS)):
        raise RefusedFile(Reason.MACROS)
    if any(_leads_outside(package.read(name)) for name in names if name.endswith(".rels")):
        raise RefusedFile(Reason.FOREIGN_TEMPLATE)
    # Unpacks everything once, a piece at a time, and compares the checksums.
    if package.testzip() is not None:
        raise RefusedFile(Reason.INCOMPLETE)


def _leads_outside(relationships: bytes) -> bool:
    return bool(
        _FOREIGN_TEMPLATE.search(relationships) or _FOREIGN_TEMPLATE_REVERSED.search(relationships)
    )
