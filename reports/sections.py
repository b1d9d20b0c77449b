"""The deeds on a report's sections that concern their order: put in, move, take out."""

from django.db import transaction

from reports.models import Report, Section


def put_in(section: Section, *, after: Section | None):
    """Store a new ``section`` of its report behind ``after``, or first of all.

    Checked whole before it is stored: ValidationError, also where the report is no draft.
    """
    with transaction.atomic():
        others = _in_order(section.report)
        at = others.index(after) + 1 if after is not None else 0
        section.position = at + 1
        section.full_clean()
        section.save()
        _number([*others[:at], section, *others[at:]])


def move(section: Section, *, steps: int) -> bool:
    """Move ``section`` down by ``steps`` places, up where that is negative; False at the end.

    TextLocked unless the report is a draft.
    """
    with transaction.atomic():
        order = _in_order(section.report)
        old = order.index(section)
        new = min(max(old + steps, 0), len(order) - 1)
        if new == old:
            return False
        order.insert(new, order.pop(old))
        _number(order)
    return True


def _in_order(report: Report) -> list[Section]:
    return list(report.sections.order_by("position", "pk"))


def _number(sections: list[Section]):
    """Give each the number of its place; only those that change are written."""
    for position, section in enumerate(sections, start=1):
        if section.position != position:
            section.position = position
            section.save()
