"""From a spreadsheet's cells to the plan of an import. Writes nothing, and holds nobody up."""

from datetime import date

from django.apps import apps

from units.imports.cells import value_of
from units.imports.files import Sheet
from units.imports.headings import Table, find_table
from units.imports.kinds import ImportKind
from units.imports.plan import FAULTY, Outcome, Plan, PlannedRow
from units.imports.refusals import MOST_ROWS, SheetReason
from units.models import ColumnName, Unit
from units.refused_files import RefusedFile
from units.year_lock import one_look

_TOGETHER = 200
"""Rows with faults that are planned again when one row is corrected: it may have caused them."""


def plan_of(sheet: Sheet, *, kind: ImportKind, unit: Unit, day: date) -> Plan:
    """What bringing ``sheet`` into the records of ``unit`` would do, as of ``day``.

    RefusedFile if it holds no table of this kind, or too many rows. In the scope of ``unit``.
    """
    names = ColumnName.objects.filter(unit=unit, kind=kind.key).values_list("heading", "column")
    table = find_table(sheet.rows, kind.read_columns, needed=kind.needed, names=dict(names))
    if len(table.rows) > MOST_ROWS:
        raise RefusedFile(SheetReason.TOO_MANY_ROWS)
    plan = Plan(
        headings=table.headings,
        rows=[PlannedRow(number, _cells(cells, table)) for number, cells in table.rows],
        unread=table.unread,
        refused=table.refused,
        more_sheets=sheet.more,
    )
    plan.rows = [row for row in plan.rows if row.cells]
    if not plan.rows:
        raise RefusedFile(SheetReason.NO_ROWS)
    return planned_again(plan, kind=kind, unit=unit, day=day)


def planned_again(plan: Plan, *, kind: ImportKind, unit: Unit, day: date) -> Plan:
    """The plan for the same cells, corrections and choices, and for the records as they are now."""
    # Looked at before anything else: what changes afterwards is then found to have changed.
    stand = stand_of(kind, unit)
    planner = kind.planner(unit, day=day)
    rows = [_fresh(row) for row in plan.rows]
    with one_look():
        for row in rows:
            _plan_row(row, kind, planner)
    plan.rows, plan.written = rows, []
    plan.stand = _used(stand, rows)
    return plan


def row_planned_again(plan: Plan, row: PlannedRow, *, kind: ImportKind, unit: Unit, day: date):
    """Plan ``row`` anew, which was corrected, and with it the rows that have faults.

    What other rows rest on stays as it was looked at: if that has changed, storing finds out.
    """
    stand = stand_of(kind, unit)
    planner = kind.planner(unit, day=day)
    anew = {row.number, *(each.number for each in plan.faulty[:_TOGETHER])}
    planner.remember([each for each in plan.rows if each.number not in anew])
    with one_look():
        for place, each in enumerate(plan.rows):
            if each.number in anew:
                plan.rows[place] = _fresh(each)
                _plan_row(plan.rows[place], kind, planner)
    for place, values in _used(stand, plan.rows).items():
        plan.stand[place] = values | plan.stand.get(place, {})


def _fresh(row: PlannedRow) -> PlannedRow:
    """The row before anything was planned."""
    return PlannedRow(row.number, row.cells, chosen=row.chosen, left_out=row.left_out)


def stand_of(kind: ImportKind, unit: Unit) -> dict[str, dict[str, list[list[int]]]]:
    """{place in ``rests_on``: {value: [[key, version], …]}} of all the unit's records."""
    found = {}
    for place, (label, field) in enumerate(kind.rests_on):
        rows = apps.get_model(label).objects.filter(unit=unit).order_by("pk")
        values = found.setdefault(str(place), {})
        for value, key, version in rows.values_list(field, "pk", "version"):
            values.setdefault(str(value), []).append([key, version])
    return found


def _used(stand: dict, rows: list[PlannedRow]) -> dict:
    used: dict[str, dict] = {}
    for row in rows:
        for place, values in row.rests_on.items():
            for value in values:
                used.setdefault(place, {})[value] = stand[place].get(value, [])
    return used


def _cells(cells: list, table: Table) -> dict:
    """What stands in the columns that are read; other cells are forgotten at once."""
    found = {key: cells[n] for key, n in table.columns.items() if n < len(cells)}
    return {key: cell for key, cell in found.items() if cell and cell != ["b", ""]}


def _plan_row(row: PlannedRow, kind: ImportKind, planner):
    if row.left_out:
        row.name, row.outcome = row.shown(kind.needed), Outcome.LEFT_OUT
        return
    planner.plan(row, _values(row, kind))
    if row.faults and row.outcome not in FAULTY:
        row.outcome = Outcome.WRONG
    if row.outcome in FAULTY:
        row.steps, row.changes = [], []


def _values(row: PlannedRow, kind: ImportKind) -> dict[str, dict[str, object]]:
    """The values of the cells, by part and field; what cannot be read is a fault of the row."""
    values: dict[str, dict[str, object]] = {}
    for column in kind.read_columns:
        try:
            value = value_of(row.cells.get(column.key, ""))
            read = {} if value is None else column.read(value)
        except ValueError as error:
            row.fault(column.key, str(error))
            continue
        if read:
            values.setdefault(column.part, {}).update(read)
    return values
