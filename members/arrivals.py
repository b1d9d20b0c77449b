"""Somebody new in the unit's records, with all that is known of them at first."""

from collections.abc import Iterable

from django.db import transaction

from members.models import Member
from units.events import hold_chain
from units.scoping import UnitRow


def enter(person: Member, rows: Iterable[UnitRow]) -> Member:
    """Store ``person`` and their ``rows``, which refer to it: all of it or nothing.

    ValidationError in words, also where a closed year forbids one of them.
    """
    with transaction.atomic():
        hold_chain()
        person.full_clean()
        person.save()
        for row in rows:
            row.unit, row.member = person.unit, person
            row.full_clean()
            row.save()
    return person
