"""Many rows of one kind deleted at once, each with its event and its last version.

``row.delete()`` asks every table that may refer to the row, for each row anew: for an import of
thousands of people that would take minutes.
"""

from collections.abc import Iterator

from django.db import models, router, transaction
from django.db.models.deletion import Collector, ProtectedError
from django.utils import timezone

from units.acting import current_act
from units.events import append, hold_chain
from units.history import change_reason
from units.recording import Change, Recorded, deletion, judged

_AT_ONCE = 500


class StillUsed(Exception):  # noqa: N818 - it names what the rows are
    """Other records refer to rows that were to go; ``keys`` says which rows, as far as known."""

    def __init__(self, keys: set):
        super().__init__(keys)
        self.keys = keys


def delete_together(model: type[Recorded], rows: list[Recorded]):
    """Delete ``rows`` of ``model``. StillUsed, with nothing deleted, if anything refers to one."""
    if not rows:
        return
    with transaction.atomic():
        hold_chain()
        _refuse_if_used(model, rows)
        permits = judged(model, [Change(row, None) for row in rows])
        _add_last_versions(model, rows)
        append(map(deletion, rows, permits), savepoint=False)
        using = router.db_for_write(model)
        for some in _batched(rows):
            model._base_manager.filter(pk__in=[row.pk for row in some])._raw_delete(using)


def _batched(rows: list) -> Iterator[list]:
    """``rows``, some hundreds at a time: a query takes only so many keys."""
    for first in range(0, len(rows), _AT_ONCE):
        yield rows[first : first + _AT_ONCE]


def _refuse_if_used(model: type[Recorded], rows: list[Recorded]):
    collector = Collector(using=router.db_for_write(model), origin=model)
    try:
        collector.collect(rows)
    except ProtectedError as protected:
        raise StillUsed(_keys_named_by(protected.protected_objects, model)) from protected
    others = [each for of, found in collector.data.items() if of is not model for each in found]
    others += [each for found in collector.fast_deletes for each in found]
    others += [
        each for found in collector.field_updates.values() for those in found for each in those
    ]
    if others:
        raise StillUsed(_keys_named_by(others, model))


def _keys_named_by(others, model: type[models.Model]) -> set:
    return {
        getattr(each, field.attname)
        for each in others
        for field in each._meta.concrete_fields
        if field.is_relation and field.related_model is model
    }


def _add_last_versions(model: type[Recorded], rows: list[Recorded]):
    history = model.history.model
    fields = [field.attname for field in model.history.model.tracked_fields]
    common = {
        "history_date": timezone.now(),
        "history_type": "-",
        "history_user_id": getattr(current_act().user, "pk", None),
        "history_change_reason": change_reason(),
    }
    history._base_manager.bulk_create(
        [history(**{name: getattr(row, name) for name in fields}, **common) for row in rows],
        batch_size=_AT_ONCE,
    )
