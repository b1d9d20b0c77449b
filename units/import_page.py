"""What the page of an import shows: first how much, then what is wrong, then what would change."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from units.import_forms import HeadingForm
from units.imports.kinds import ImportKind
from units.imports.plan import FAULTY, Outcome, Plan, PlannedRow
from units.models import SheetImport

ROWS_PER_PAGE = 50
_VIEWS = (
    ("faults", _("with faults"), FAULTY),
    ("changes", _("changed"), (Outcome.CHANGE,)),
    ("new", _("new"), (Outcome.NEW,)),
    ("same", _("same"), (Outcome.SAME,)),
    ("left", _("left out"), (Outcome.LEFT_OUT,)),
)


@dataclass(frozen=True)
class View:
    """One part of the rows: how it is called, and how many they are."""

    key: str
    label: str
    count: int


def page_of(row: SheetImport, plan: Plan, kind: ImportKind, *, asked: str, number: str) -> dict:
    """The context of the page: the counts, one part of the rows by pages, and what was not read."""
    counts = plan.counts()
    views = [View(key, label, sum(counts[each] for each in of)) for key, label, of in _VIEWS]
    filled = [each.key for each in views if each.count]
    shown = asked if asked in filled else next(iter(filled), "same")
    wanted = next(of for key, _label, of in _VIEWS if key == shown)
    rows = [each for each in plan.rows if each.outcome in wanted]
    page = Paginator(rows, ROWS_PER_PAGE).get_page(number)
    return {
        "row": row,
        "kind": kind,
        "views": [each for each in views if each.count or each.key in ("faults", "changes", "new")],
        "shown": shown,
        "page": page,
        "lines": [_line(each, plan, kind) for each in page],
        "faulty": len(plan.faulty),
        "may_store": _may_store(row, plan),
        "is_planned": row.state == SheetImport.State.PLANNED,
        "is_stored": row.state == SheetImport.State.STORED,
        "new_departments": plan.named("units.department"),
        "unread": [_unread(heading, plan, kind) for heading in plan.unread],
        "refused": plan.refused,
        "more_sheets": plan.more_sheets,
    }


def _may_store(row: SheetImport, plan: Plan) -> bool:
    planned = row.state == SheetImport.State.PLANNED
    return planned and not plan.faulty and any(True for _step in plan.steps())


def _line(row: PlannedRow, plan: Plan, kind: ImportKind) -> dict:
    return {
        "number": row.number,
        "name": row.name or row.shown(kind.needed) or "–",
        "faults": [(_heading(f.column, plan, kind), f.value, f.expected) for f in row.faults],
        "changes": row.changes,
        "cells": [(_heading(key, plan, kind), row.shown(key)) for key in row.cells],
    }


def _heading(key: str, plan: Plan, kind: ImportKind) -> str:
    if not key:
        return ""
    return plan.headings.get(key) or str(capfirst(kind.column(key).heading))


def _unread(heading: str, plan: Plan, kind: ImportKind) -> HeadingForm:
    return HeadingForm(initial={"heading": heading}, kind=kind, taken=plan.headings)
