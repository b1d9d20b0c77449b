"""Words taken out for good: of a row, of its earlier versions, and of the log.

Every function works in the transaction and in the scope of its caller. Whoever forgets details of
events reports their numbers in an event of :attr:`units.events.Action.ERASE`, so that the log check
does not take them for tampering.
"""

import json
from collections.abc import Callable, Iterable

from django.db import connection, models

from units.acting import as_the_law_demands
from units.events import Action, EventDetail
from units.models import Unit
from units.scoping import UnitRow


def empty(model: type[models.Model], names: Iterable[str]) -> dict:
    """What "nothing" is for each of the fields: NULL where that may be stored, else no words."""
    fields = (model._meta.get_field(name) for name in names)
    return {field.name: None if field.null else "" for field in fields}


def overwrite(row: UnitRow, values: dict) -> bool:
    """Store ``values`` in the row; False if they stood there already.

    Also in a year that is closed and in a text that is signed: what is sealed stands elsewhere.
    """
    changes = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in changes.items():
        setattr(row, name, value)
    if changes:
        with as_the_law_demands():
            row.save()
    return bool(changes)


def overwrite_versions(versions: models.QuerySet, values: dict):
    """Store ``values`` in earlier versions of rows."""
    if values:
        versions.update(**values)


def forget_details(*, unit: Unit, says: Callable[[str, str, dict], bool]) -> list[int]:
    """Delete the details of the unit's events of which ``says`` is true; return their numbers.

    ``says`` is asked with the kind of record, its key, and the detail. Details that name forgotten
    events stay: the log check needs them.
    """
    details = (
        EventDetail.objects.filter(event__unit=unit)
        .exclude(event__action=Action.ERASE)
        .select_related("event")
        .order_by("event__number")
    )
    found = [
        detail.event
        for detail in details.iterator(500)
        if says(detail.event.model, detail.event.object_id, detail.content)
    ]
    EventDetail.objects.filter(event__in=[event.pk for event in found]).delete()
    return [event.number for event in found]


def words_of(content: dict) -> str:
    """A detail as one readable text, to search for a name."""
    return json.dumps(content, ensure_ascii=False)


def scrub_free_space():
    """Rewrite an SQLite file, in whose free pages deleted words would still be readable.

    Only outside a transaction. PostgreSQL frees the space by itself (autovacuum); dumps never hold
    deleted rows, its archived write-ahead log does until it expires.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
