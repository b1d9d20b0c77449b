"""What a sealed report promised becomes open items of the next year."""

from collections.abc import Iterable

from django.db import transaction

from consultations.models import Promise
from units.events import hold_chain
from units.models import Unit

KINDS = tuple(Promise.Kind.choices)
WORDING_LIMIT = Promise._meta.get_field("wording").max_length


def taken_over(unit: Unit, *, year: int) -> dict[str, str]:
    """{wording: kind} of what is kept already of the report of ``year``, in its order."""
    rows = Promise.objects.filter(unit=unit, made_in=year).order_by("position", "pk")
    return dict(rows.values_list("wording", "kind"))


@transaction.atomic
def take_over(unit: Unit, *, year: int, items: Iterable[tuple[str, str]]) -> int:
    """Keep ``items``, (kind, wording), of the report of ``year``; how many of them are new.

    All or nothing. What is kept already stays as it is, so that a form sent twice adds nothing.
    ValidationError, ChangeRefused where the year after is closed.
    """
    hold_chain()
    kept = taken_over(unit, year=year)
    fresh = {wording: kind for kind, wording in items if wording not in kept}
    for position, (wording, kind) in enumerate(fresh.items(), start=len(kept) + 1):
        row = Promise(unit=unit, made_in=year, kind=kind, wording=wording, position=position)
        row.full_clean()
        row.save()
    return len(fresh)
