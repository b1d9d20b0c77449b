"""Reads the files of a ready-made case: TOML, dates with the precision they are written in."""

import re
import tomllib
from datetime import date
from pathlib import Path

from units.dates import Precision

DATA = Path(__file__).parent / "data"


def available_cases() -> list[str]:
    """The names of the cases that come with the program."""
    return sorted(path.name for path in DATA.iterdir() if path.is_dir())


def read(case: str, name: str) -> dict:
    """The file ``name`` of ``case``. FileNotFoundError if there is none."""
    return tomllib.loads((DATA / case / f"{name}.toml").read_text(encoding="utf-8"))


def written_date(text: str) -> tuple[date | None, str]:
    """``2017``, ``2017-05`` or ``2017-05-12`` as the first possible day and its precision.

    An empty text is no date. ValueError for anything else.
    """
    if not text:
        return None, Precision.DAY
    parts = re.fullmatch(r"(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?", text)
    if parts is None:
        raise ValueError(f"not a date: {text}")
    year, month, day = parts.groups()
    precision = Precision.DAY if day else Precision.MONTH if month else Precision.YEAR
    return date(int(year), int(month or 1), int(day or 1)), precision
