"""Storing a plan: exactly what was looked at, all of it or nothing, once."""

from collections import defaultdict
from contextlib import AbstractContextManager
from dataclasses import replace

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from units.acting import Act, acting, current_act
from units.events import hold_chain
from units.imports.kinds import ImportKind
from units.imports.plan import Plan, Step
from units.imports.planning import stand_of
from units.imports.plans import PlanRefused, keep_plan, opened
from units.models import SheetImport


def store(key: int, *, kind: ImportKind, version: int | None = None) -> SheetImport:
    """Store the plan of the import called ``key``; the import, stored. In the scope of its unit.

    PlanRefused, with nothing written, if it was stored before, has faults, is not the ``version``
    that was looked at, or rests on a record that changed since. ChangeRefused where a closed year
    forbids it.
    """
    with transaction.atomic():
        hold_chain()
        row = locked(key, kind, version)
        if row.state != SheetImport.State.PLANNED:
            raise PlanRefused(_("This import was stored already, or let go."))
        plan = opened(row)
        _refuse_unless_ready(row, plan, kind)
        with as_part_of(row):
            plan.written = _write(plan, kind, row)
            row.state = SheetImport.State.STORED
            row.stored_at = timezone.now()
            keep_plan(row, plan)
    return row


def locked(key: int, kind: ImportKind, version: int | None) -> SheetImport:
    """The import, which nobody else changes now. PlanRefused if it is another version."""
    row = SheetImport.objects.select_for_update(of=("self",)).get(pk=key, kind=kind.key)
    if version not in (None, row.version):
        raise PlanRefused(
            _("This import was changed in the meantime. Nothing was done: look once more.")
        )
    return row


def as_part_of(row: SheetImport) -> AbstractContextManager[Act]:
    """The act going on, as part of the import: every event in it carries its number."""
    act = current_act()
    return acting(replace(act, source=f"{act.source} import {row.pk}".strip()))


def _refuse_unless_ready(row: SheetImport, plan: Plan, kind: ImportKind):
    if plan.faulty:
        raise PlanRefused(_("There are rows with faults. Correct them or leave them out."))
    if not any(plan.steps()):
        raise PlanRefused(_("There is nothing to store: every row says what the records say."))
    stand = stand_of(kind, row.unit)
    for each in plan.rows:
        for place, values in each.rests_on.items():
            for value in values:
                if stand[place].get(value, []) != plan.stand[place][value]:
                    raise PlanRefused(
                        _(
                            "Something that row %(row)s (%(name)s) rests on was changed since the "
                            "file was read. Nothing was stored: compare anew and look once more."
                        )
                        % {"row": each.number, "name": each.name}
                    )


def _write(plan: Plan, kind: ImportKind, row: SheetImport) -> list:
    """Write every step; [number of the step, key, version afterwards] of each.

    Kind by kind, so that what is referred to is there, and first what changes, so that a post that
    ends makes room for the one that begins.
    """
    steps = defaultdict(list)
    for number, step in enumerate(plan.steps()):
        steps[step.model].append((number, step))
    made: dict[str, int] = {}
    written = []
    for label in kind.models:
        model = apps.get_model(label)
        changed = _changed(model, [each for each in steps[label] if each[1].key], made)
        created = _created(model, [each for each in steps[label] if not each[1].key], made, row)
        written += [[number, each.pk, each.version] for number, each in changed + created]
    return written


def _changed(model, steps: list[tuple[int, Step]], made: dict) -> list[tuple[int, models.Model]]:
    rows = model.objects.in_bulk([step.key for _number, step in steps])
    for _number, step in steps:
        each = rows[step.key]
        _put(each, step, made)
        each.save()
    return [(number, rows[step.key]) for number, step in steps]


def _created(
    model, steps: list[tuple[int, Step]], made: dict, row: SheetImport
) -> list[tuple[int, models.Model]]:
    # Several rows may need the same new record; the first one makes it.
    first = {step.name or number: (number, step) for number, step in reversed(steps)}
    steps = list(reversed(first.values()))
    rows = []
    for _number, step in steps:
        each = model(unit_id=row.unit_id)
        _put(each, step, made)
        each.derive()
        rows.append(each)
    model.objects.bulk_create(rows, batch_size=500)
    made.update({step.name: each.pk for (_n, step), each in zip(steps, rows, strict=True)})
    return [(number, each) for (number, _step), each in zip(steps, rows, strict=True)]


def _put(row: models.Model, step: Step, made: dict[str, int]):
    """Set the values of ``step``; a name of another new record becomes its key."""
    for name, value in step.values.items():
        field = row._meta.get_field(name)
        key = made[value["new"]] if isinstance(value, dict) else value
        setattr(row, field.attname, field.to_python(key))
