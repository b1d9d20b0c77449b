"""Merging two entries of one person: one remains, with the rows of both, each of them once.

A person who was entered twice and attended a meeting under both entries attended it once. What the
entry that goes has said stays in the history and in the log; :class:`members.models.MergedEntry`
says to whom that belongs.
"""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from members.merge_plan import GONE, KEEP, ListPlan, MergePlan, RowsPlan, plan_of, references_to
from members.models import Erasure, LegalHold, Member, MergedEntry
from members.person_rows import names_of
from units.acting import because
from units.events import hold_chain
from units.row_words import columns_of
from units.scoping import UnitRow


class MergeRefused(Exception):  # noqa: N818 - it names what happened
    """The two entries may not be merged, or not yet; the message says why."""


@transaction.atomic
def merge(
    keep: Member,
    gone: Member,
    *,
    reason: str,
    day: date,
    choices: Mapping[str, str] | None = None,
) -> Member:
    """Make ``keep`` and ``gone`` one entry, as decided on ``day``; returns what ``keep`` is then.

    ``choices`` says "keep" or "gone" for each field and group of rows about which both entries say
    different things (see :func:`members.merge_plan.plan_of`). Runs in the scope of the unit.
    MergeRefused, with nothing written, if a choice is missing or the entries may not be merged.
    """
    hold_chain()
    keep, gone = (_locked(member) for member in (keep, gone))
    refuse_unless_allowed(keep, gone, reason=reason, day=day)
    plan = plan_of(keep, gone)
    sides = _sides(plan, choices or {})
    try:
        with because(reason):
            return _merge(plan, sides, reason=reason, day=day)
    except ValidationError as invalid:
        raise MergeRefused(" ".join(invalid.messages)) from invalid
    except ProtectedError as protected:
        raise MergeRefused(
            _("Other records still refer to the entry that would go.")
        ) from protected


def refuse_unless_allowed(keep: Member, gone: Member, *, reason: str, day: date):
    """Raise MergeRefused if :func:`merge` would refuse whatever is chosen."""
    if keep.pk == gone.pk:
        raise MergeRefused(_("Choose two different entries."))
    if keep.unit_id != gone.unit_id:
        raise MergeRefused(_("The two entries belong to different units and stay apart."))
    both = [keep, gone]
    if Erasure.objects.filter(member__in=both).exists():
        raise MergeRefused(_("One of the two people was erased: nobody can tell who they were."))
    if LegalHold.objects.on(day).filter(member__in=both).exists():
        raise MergeRefused(_("A legal hold is in force: lift it first."))
    if not reason.strip():
        raise MergeRefused(_("Say why these are two entries of one person."))
    if any(name in reason for member in both for name in names_of(member)):
        raise MergeRefused(_("Leave the name out of the reason: the reason is kept."))


def _locked(member: Member) -> Member:
    try:
        return Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    except Member.DoesNotExist as error:
        raise MergeRefused(_("One of the two entries is no longer there.")) from error


def _sides(plan: MergePlan, choices: Mapping[str, str]) -> dict[str, str]:
    """Whose value or rows stand, for every choice."""
    sides = {pair.key: choices.get(pair.key) or pair.side for pair in plan.fields}
    sides |= {clash.key: choices.get(clash.key) for clash in plan.clashes}
    if any(side not in (KEEP, GONE) for side in sides.values()):
        raise MergeRefused(_("Choose, wherever the two entries say different things."))
    return sides


def _merge(plan: MergePlan, sides: dict[str, str], *, reason: str, day: date) -> Member:
    keep, gone = plan.keep, plan.gone
    for rows in plan.rows:
        _merge_rows(rows, keep, sides)
    for each in plan.lists:
        _merge_list(each, keep, gone)
    chosen = _chosen_values(plan, sides)
    entry = MergedEntry(
        unit=keep.unit,
        member=keep,
        key=gone.pk,
        person=gone.person,
        merged_on=day,
        reason=reason,
    )
    gone.delete()
    for name, value in chosen.items():
        setattr(keep, name, value)
    for row in (keep, entry):
        row.full_clean()
        row.save()
    return keep


def _chosen_values(plan: MergePlan, sides: dict[str, str]) -> dict:
    """What the fields of the entry that remains shall hold."""
    rows = {KEEP: plan.keep, GONE: plan.gone}
    return {
        column: getattr(rows[sides[pair.key]], column)
        for pair in plan.fields
        for column in columns_of(Member._meta.get_field(pair.name))
    }


def _merge_rows(plan: RowsPlan, keep: Member, sides: dict[str, str]):
    """Remove first, then move: nothing is double at any moment."""
    moved = list(plan.moved)
    for our, their in plan.doubles:
        _remove(their, instead=our)
    for clash in plan.clashes:
        standing, going = clash.ours, clash.theirs
        if sides[clash.key] == GONE:
            standing, going = going, standing
            moved += standing
        for row in going:
            _remove(row, instead=standing[0])
    for row in moved:
        row.refresh_from_db()
        setattr(row, plan.field.name, keep)
        row.full_clean()
        row.save()


def _remove(row: UnitRow, *, instead: UnitRow):
    """Delete the row; what referred to it refers to ``instead``."""
    for reference in references_to(type(row)):
        for referring in reference.model.objects.filter(**{reference.name: row}):
            setattr(referring, reference.name, instead)
            referring.full_clean()
            referring.save()
    row.delete()


def _merge_list(plan: ListPlan, keep: Member, gone: Member):
    for row in plan.rows:
        persons: models.Manager = getattr(row, plan.field.name)
        persons.remove(gone)
        persons.add(keep)
