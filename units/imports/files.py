"""A spreadsheet that came in, read apart: its rows as texts, numbers, days; or why it is not read.

Called outside any transaction: nobody who writes waits for a file.
"""

import hashlib
import json
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from units.apart import printed_apart
from units.imports.refusals import MOST_BYTES, MOST_ROWS, SheetReason
from units.refused_files import Reason, RefusedFile
from units.scanning import refuse_infected
from units.spreadsheets import MARK_SIGN, from_csv_text, from_xlsx_text
from units.turns import turn_to_read_a_file

SECONDS = 30
"""By the clock; the process itself stops after fewer seconds of work."""
KINDS = (".xlsx", ".csv")
_OLD = (".xls", ".et", ".xlt", ".ett")


@dataclass(frozen=True)
class Sheet:
    """The rows of a file in which something stands, with their numbers, as the person sees them.

    ``digest`` is the file's SHA-256; ``more`` names sheets that were not read.
    """

    rows: list[tuple[int, list]]
    digest: str
    more: list[str]


def read_sheet(upload: UploadedFile, *, most_rows: int = MOST_ROWS) -> Sheet:
    """What stands in ``upload``. RefusedFile, with the reason, if it is not read."""
    kind = _kind_of(upload)
    with _on_disk(upload) as source:
        refuse_infected(source)
        with turn_to_read_a_file():
            found = _read_apart(kind, source, most_rows)
        with source.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    rows = found["rows"]
    if kind == ".csv":
        rows = [row for row in rows if not str(row[1][0]).startswith(MARK_SIGN)]
    plain = from_csv_text if kind == ".csv" else from_xlsx_text
    rows = [
        (number, [plain(cell) if isinstance(cell, str) else cell for cell in cells])
        for number, cells in rows
    ]
    return Sheet(rows, digest, found["more"])


def _kind_of(upload: UploadedFile) -> str:
    kind = PurePath(upload.name.strip()).suffix.lower()
    if kind in _OLD:
        raise RefusedFile(Reason.OLD_OFFICE)
    if kind not in KINDS:
        raise RefusedFile(SheetReason.OTHER_KIND)
    if not upload.size:
        raise RefusedFile(Reason.EMPTY)
    if upload.size > MOST_BYTES:
        raise RefusedFile(Reason.TOO_LARGE)
    return kind


@contextmanager
def _on_disk(upload: UploadedFile):
    if hasattr(upload, "temporary_file_path"):
        upload.flush()
        yield Path(upload.temporary_file_path())
        return
    settings.INCOMING.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.INCOMING, prefix="sheet-") as folder:
        source = Path(folder) / "source"
        with source.open("wb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
        yield source


def _read_apart(kind: str, source: Path, most_rows: int) -> dict:
    command = [sys.executable, "-m", "units.imports.file_reading", kind, source, most_rows]
    try:
        found = json.loads(printed_apart(list(map(str, command)), seconds=SECONDS))
    except ValueError as failure:
        raise RefusedFile(Reason.UNREADABLE) from failure
    if "refused" in found:
        raise RefusedFile(_reason(found["refused"]))
    return found


def _reason(word: str) -> Reason | SheetReason:
    return SheetReason(word) if word in list(SheetReason) else Reason(word)
