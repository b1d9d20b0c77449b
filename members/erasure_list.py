"""The list of erasures that is kept apart from the database and its backups.

An older backup brings erased people back. The list, a line for each, says whom to erase again; it
names people by their key alone. It belongs on another medium than the backups.
"""

import os
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Listed:
    """One erasure: in which unit, whose key, under which number, when and why."""

    unit_code: str
    person: uuid.UUID
    number: int
    day: date
    reason: str

    @property
    def key(self) -> tuple[str, uuid.UUID]:
        """What tells one erasure from another."""
        return self.unit_code, self.person

    @property
    def line(self) -> str:
        """As the file holds it."""
        reason = " ".join(self.reason.split())
        return f"{self.day.isoformat()} {self.unit_code} {self.person} {self.number} {reason}\n"


def list_path() -> Path:
    """Where the list stands."""
    return settings.VAR_DIR / "erasures.txt"


def append_to_list(listed: Iterable[Listed]):
    """Add lines, and have them on the disk before this returns."""
    with list_path().open("a", encoding="utf-8") as file:
        file.writelines(each.line for each in listed)
        file.flush()
        os.fsync(file.fileno())


def read_list(path: Path) -> list[Listed]:
    """The list of a file; empty if there is none. ValueError for a line that is no erasure."""
    if not path.exists():
        return []
    return [_listed(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _listed(line: str) -> Listed:
    day, unit_code, person, number, *reason = line.split(" ", 4)
    return Listed(
        unit_code, uuid.UUID(person), int(number), date.fromisoformat(day), "".join(reason)
    )
