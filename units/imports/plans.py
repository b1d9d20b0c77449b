"""Plans as they are stored: sealed, with a checksum, opened only unaltered, forgotten in time."""

import base64
import hashlib
import json
import zlib
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from units.encryption import SealBroken, SealedColumn, rotates, seal, unseal
from units.events import keyed_hash
from units.imports.plan import Outcome, Plan, plan_from
from units.models import SheetImport, Unit

KEPT_FOR = timedelta(days=30)


class PlanRefused(Exception):  # noqa: N818 - it names what happened
    """The plan cannot be opened, stored or undone; the message says why and what to do."""


def keep_plan(row: SheetImport, plan: Plan):
    """Put ``plan`` into ``row`` and save both. In a transaction."""
    counts = plan.counts()
    row.new_rows = counts[Outcome.NEW]
    row.changed_rows = counts[Outcome.CHANGE]
    row.same_rows = counts[Outcome.SAME]
    row.faulty_rows = len(plan.faulty)
    packed = _packed(plan)
    row.digest = _digest(row, packed)
    row.sealed_content = seal(packed, bound_to=_place(row))
    row.full_clean()
    row.save()


def opened(row: SheetImport) -> Plan:
    """The plan of ``row``. PlanRefused if it was forgotten, or is not what was stored."""
    if not row.sealed_content:
        raise PlanRefused(_("This import is too old: its rows are no longer kept."))
    try:
        packed = unseal(row.sealed_content, bound_to=_place(row))
    except SealBroken as broken:
        raise PlanRefused(str(broken)) from broken
    if _digest(row, packed) != row.digest:
        raise PlanRefused(_("The stored plan was altered. Read the file in again."))
    return plan_from(json.loads(zlib.decompress(base64.b64decode(packed))))


def forget_plan(row: SheetImport):
    """Take the rows out of ``row``; what became of the import stays known."""
    if row.state == SheetImport.State.PLANNED:
        row.state = SheetImport.State.DROPPED
    row.sealed_content, row.digest = "", ""
    row.save()


def forget_old_plans(*, unit: Unit, now: datetime) -> int:
    """Forget the unit's plans that were made thirty days ago; how many those were."""
    old = _kept_plans(unit).filter(made_at__lt=now - KEPT_FOR)
    for row in old:
        forget_plan(row)
    return len(old)


def forget_plans_about(names: set[str], *, unit: Unit) -> int:
    """Forget the unit's plans in which one of ``names`` stands; how many those were.

    A plan that does not open any more may hold it as well.
    """
    found = [row for row in _kept_plans(unit) if _says_one_of(row, names)]
    for row in found:
        forget_plan(row)
    return len(found)


def _kept_plans(unit: Unit):
    return SheetImport.objects.filter(unit=unit).exclude(sealed_content="")


def _says_one_of(row: SheetImport, names: set[str]) -> bool:
    try:
        words = json.dumps(opened(row).as_json(), ensure_ascii=False)
    except PlanRefused:
        return True
    return any(name in words for name in names)


def _packed(plan: Plan) -> str:
    content = json.dumps(plan.as_json(), ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(zlib.compress(content.encode(), 1)).decode()


def _digest(row: SheetImport, packed: str) -> str:
    """The keyed hash over the plan and what it is the plan of."""
    content = hashlib.sha256(packed.encode()).hexdigest()
    return keyed_hash(
        {"unit": row.unit_id, "kind": row.kind, "file": row.file_digest, "plan": content}
    )


def _place(row: SheetImport) -> str:
    return f"units.sheetimport/plan/unit {row.unit_id}/{row.file_digest}"


rotates(SealedColumn("units.sheetimport", "sealed_content", place=_place))
