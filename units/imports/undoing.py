"""Undoing an import as one: what it added goes, what it changed is as before."""

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from units.deleting_together import StillUsed, delete_together
from units.events import hold_chain
from units.imports.kinds import ImportKind
from units.imports.plan import Plan, PlannedRow, Step
from units.imports.plans import PlanRefused, keep_plan, opened
from units.imports.storing import as_part_of, locked
from units.models import SheetImport

NAMED = 10
"""Rows that a refusal names; more would be no message."""


def undo(key: int, *, kind: ImportKind, version: int | None = None) -> SheetImport:
    """Undo the import called ``key``; the import, undone. In the scope of its unit.

    PlanRefused, with nothing written, if it is not stored, or if a row was changed since or is used
    by other records by now; the message names those. ChangeRefused where a closed year forbids it.
    """
    with transaction.atomic():
        hold_chain()
        row = locked(key, kind, version)
        if row.state != SheetImport.State.STORED:
            raise PlanRefused(_("This import is not stored, so there is nothing to undo."))
        plan = opened(row)
        rows = _rows_as_written(plan, kind)
        with as_part_of(row):
            _take_back(plan, rows, kind)
            row.state = SheetImport.State.UNDONE
            row.undone_at = timezone.now()
            keep_plan(row, plan)
    return row


def _rows_as_written(plan: Plan, kind: ImportKind) -> dict[int, models.Model]:
    """{number of the step: its record}; PlanRefused if one is no longer as it was written."""
    steps = list(plan.steps())
    stored = {label: {} for label in kind.models}
    for label in kind.models:
        keys = [key for number, key, _version in plan.written if steps[number].model == label]
        stored[label] = apps.get_model(label).objects.in_bulk(keys)
    rows, changed = {}, []
    owners = _owners(plan)
    for number, key, version in plan.written:
        row = stored[steps[number].model].get(key)
        rows[number] = row
        if row is None or row.version != version:
            changed.append(owners[number])
    _refuse(changed, _("was changed since"))
    return rows


def _owners(plan: Plan) -> list[PlannedRow]:
    """The row of the file that each step belongs to."""
    return [row for row in plan.rows for _step in row.steps]


def _take_back(plan: Plan, rows: dict[int, models.Model], kind: ImportKind):
    """The last kind first, so that nothing is referred to when it goes."""
    steps, owners = list(plan.steps()), _owners(plan)
    for label in reversed(kind.models):
        numbers = [number for number in rows if steps[number].model == label]
        added = {rows[n].pk: n for n in numbers if steps[n].key is None}
        try:
            delete_together(apps.get_model(label), [rows[n] for n in added.values()])
        except StillUsed as used:
            named = [owners[added[key]] for key in used.keys if key in added]
            _refuse(
                named or [owners[n] for n in added.values()], _("is named by other records by now")
            )
        for number in numbers:
            if steps[number].key is not None:
                _put_back(steps[number], rows[number])


def _put_back(step: Step, row: models.Model):
    for name, value in step.before.items():
        field = row._meta.get_field(name)
        setattr(row, field.attname, field.to_python(value))
    row.save()


def _refuse(rows: list[PlannedRow], why: str):
    """PlanRefused that names ``rows`` of the file, if there are any."""
    named = list(dict.fromkeys(f"{row.name}（{row.number}）" for row in rows))
    if not named:
        return
    shown = "、".join(named[:NAMED]) + ("…" if len(named) > NAMED else "")
    raise PlanRefused(
        _("This import cannot be undone: %(names)s %(why)s. Nothing was changed.")
        % {"names": shown, "why": why}
    )
