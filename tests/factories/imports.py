"""Spreadsheets that were sent in and are not stored yet."""

import hashlib

from django.utils import timezone

from members.importing import PEOPLE_FROM_SHEETS
from tests.factories.rows import next_number
from units.imports.files import Sheet
from units.imports.planning import plan_of
from units.imports.plans import keep_plan
from units.models import SheetImport, Unit, User
from units.scoping import scope_of_unit

HEADINGS = ["姓名", "性别", "党派", "参加党派时间", "在职/退休", "现状起始时间"]


def sheet(*rows: list, headings: list[str] = HEADINGS) -> Sheet:
    """A sheet with its headings in the first row, as it is read from a file."""
    numbered = [(number, list(row)) for number, row in enumerate([headings, *rows], start=1)]
    return Sheet(numbered, hashlib.sha256(repr(numbered).encode()).hexdigest(), [])


def planned_import(unit: Unit, by: User, *rows: list, **options) -> SheetImport:
    """The plan for these rows, or for one about somebody of the 民盟 who came in 2024."""
    rows = rows or (
        [f"何青{chr(0x4E00 + next_number())}", "女", "民盟", "1993.6", "在职", "2024.9"],
    )
    read, now = sheet(*rows, **options), timezone.now()
    row = SheetImport(
        unit=unit,
        kind="people",
        file_name="名册.xlsx",
        file_digest=read.digest,
        made_by=by,
        made_at=now,
    )
    with scope_of_unit(unit):
        plan = plan_of(read, kind=PEOPLE_FROM_SHEETS, unit=unit, day=timezone.localdate(now))
        keep_plan(row, plan)
    return row
