"""Are the files of evidence what they were when they were stored, and is there nothing besides?"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.models import Evidence
from activities.uploads.storing import sha256_of
from units.models import Unit
from units.scoping import scope_of_units


class Wrong(models.TextChoices):
    """What can be wrong with a file."""

    MISSING = "missing", pgettext_lazy("file", "missing")
    CHANGED = "changed", pgettext_lazy("file", "changed")
    WITHOUT_ROW = "without_row", _("belongs to no record")
    LEFT_BEHIND = "left_behind", _("left behind by an upload that was cut off")


@dataclass(frozen=True)
class FileFault:
    """One file that is not as it should be. ``row`` is the key of its piece of evidence, where
    there is one; ``path`` is relative to the folder of files, or to that of incoming ones."""

    wrong: Wrong
    path: str
    unit: str = ""
    row: int | None = None


def faults() -> Iterator[FileFault]:
    """Every file that is missing, changed, or belongs to no record, of all units."""
    known = set()
    with scope_of_units(Unit.objects.all()):
        for row in Evidence.objects.exclude(file="").select_related("unit").iterator(500):
            known |= set(row.paths)
            yield from _faults_of(row)
    for path in files_below(Path(settings.MEDIA_ROOT)):
        name = path.relative_to(settings.MEDIA_ROOT).as_posix()
        if name not in known:
            yield FileFault(Wrong.WITHOUT_ROW, name)
    for path in files_below(settings.INCOMING):
        yield FileFault(Wrong.LEFT_BEHIND, path.relative_to(settings.INCOMING).as_posix())


def remove(fault: FileFault, *, older_than: int) -> bool:
    """Remove a file without a record, if nobody has written it within ``older_than`` seconds: one
    that is just coming in has no record yet. Whether it was removed."""
    folders = {Wrong.WITHOUT_ROW: settings.MEDIA_ROOT, Wrong.LEFT_BEHIND: settings.INCOMING}
    if fault.wrong not in folders:
        return False
    path = Path(folders[fault.wrong]) / fault.path
    if time.time() - path.stat().st_mtime < older_than:
        return False
    path.unlink()
    _remove_empty_folders(path.parent, Path(folders[fault.wrong]))
    return True


def files_below(folder: Path) -> list[Path]:
    """Every file in the folder, at any depth, in the order of their paths."""
    return sorted(path for path in folder.rglob("*") if path.is_file() or path.is_symlink())


def _faults_of(row: Evidence) -> Iterator[FileFault]:
    for path in row.paths:
        wrong = _wrong_with(row, path)
        if wrong is not None:
            yield FileFault(wrong, path, row.unit.code, row.pk)


def _wrong_with(row: Evidence, path: str) -> Wrong | None:
    if not default_storage.exists(path):
        return Wrong.MISSING
    if path == row.file.name and sha256_of(Path(default_storage.path(path))) != row.sha256:
        return Wrong.CHANGED
    return None


def _remove_empty_folders(folder: Path, top: Path):
    while folder != top and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
