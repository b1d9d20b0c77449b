"""A stranger's file looked into before anything of it is stored."""

import json
import logging
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from activities.uploads.kinds import BY_CONTENT_TYPE, FileKind, Reason, RefusedFile, kind_of
from activities.uploads.names import shown_name
from units.apart import printed_apart
from units.scanning import refuse_infected
from units.turns import turn_to_read_a_file

logger = logging.getLogger("records")

SECONDS = 60
"""By the clock; the process itself stops after fewer seconds of work."""


@dataclass(frozen=True)
class CheckedFile:
    """What is to be stored: ``content`` and, of a picture, ``thumbnail``, both in a folder that is
    gone when the check's block ends; and the name under which people see it."""

    name: str
    kind: FileKind
    content: Path
    thumbnail: Path | None


@contextmanager
def checked(upload: UploadedFile) -> Iterator[CheckedFile]:
    """What is stored of ``upload``, while the block runs. RefusedFile if nothing is."""
    kind = kind_of(upload.name)
    if not upload.size:
        raise RefusedFile(Reason.EMPTY)
    if upload.size > kind.most_bytes:
        raise RefusedFile(Reason.TOO_LARGE)
    settings.INCOMING.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.INCOMING, prefix="check-") as folder:
        source = _on_disk(upload, Path(folder))
        refuse_infected(source)
        yield _looked_into(upload.name, source, kind, Path(folder))


def _on_disk(upload: UploadedFile, folder: Path) -> Path:
    if hasattr(upload, "temporary_file_path"):
        upload.flush()
        return Path(upload.temporary_file_path())
    source = folder / "source"
    with source.open("wb") as file:
        for chunk in upload.chunks():
            file.write(chunk)
    return source


def _looked_into(name: str, source: Path, kind: FileKind, folder: Path) -> CheckedFile:
    content, thumbnail = folder / "content", folder / "thumbnail"
    with turn_to_read_a_file():
        found = _found_by_reader(f"file{kind.extension}", source, content, thumbnail)
    if "refused" in found:
        raise RefusedFile(Reason(found["refused"]))
    stored_as = BY_CONTENT_TYPE[found["content_type"]]
    return CheckedFile(
        name=shown_name(name, stored_as.extension),
        kind=stored_as,
        content=content if content.exists() else source,
        thumbnail=thumbnail if thumbnail.exists() else None,
    )


def _found_by_reader(*arguments: str | Path) -> dict[str, str]:
    """What the process that looks into the file says; that it is unreadable where it says nothing.

    A decoder that runs out of memory or time, or falls over, takes nothing of this process along.
    """
    command = [sys.executable, "-m", "activities.uploads.reading", *map(str, arguments)]
    try:
        return json.loads(printed_apart(command, seconds=SECONDS))
    except ValueError:
        logger.warning("A file that came in could not be read through.")
        return {"refused": Reason.UNREADABLE}
