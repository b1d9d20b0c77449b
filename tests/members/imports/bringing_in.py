"""Rosters brought in, step by step, as the pages do it."""

from datetime import date

from django.utils import timezone

from members.importing import PEOPLE_FROM_SHEETS
from tests.units.imports.sheets import upload, xlsx
from units.imports.files import read_sheet
from units.imports.plan import Plan
from units.imports.planning import plan_of
from units.imports.plans import keep_plan
from units.imports.storing import store
from units.models import SheetImport, Unit, User

DAY = date(2017, 12, 31)


def planned(unit: Unit, rows: list[list] | bytes, name: str = "名册.xlsx") -> Plan:
    """What bringing in these rows, or this file, would do."""
    content = rows if isinstance(rows, bytes) else xlsx(rows)
    return plan_of(read_sheet(upload(content, name)), kind=PEOPLE_FROM_SHEETS, unit=unit, day=DAY)


def kept(unit: Unit, plan: Plan, by: User) -> SheetImport:
    """The plan, stored for later."""
    row = SheetImport(
        unit=unit,
        kind="people",
        file_name="名册.xlsx",
        file_digest="0" * 64,
        made_by=by,
        made_at=timezone.now(),
    )
    keep_plan(row, plan)
    return row


def brought_in(unit: Unit, rows: list[list] | bytes, by: User, name="名册.xlsx") -> SheetImport:
    """The import, stored."""
    return store(kept(unit, planned(unit, rows, name), by).pk, kind=PEOPLE_FROM_SHEETS)


def outcomes(plan: Plan) -> list[str]:
    """What each row would do."""
    return [str(row.outcome) for row in plan.rows]


def faults(plan: Plan) -> list[tuple[int, str, str]]:
    """(row, column, value) of every fault."""
    return [(r.number, f.column, f.value) for r in plan.rows for f in r.faults]
