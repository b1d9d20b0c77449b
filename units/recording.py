"""Nothing is written without an event: rows, bulk operations and many-to-many alike.

``save()`` and ``delete()`` report through signals; ``update()``, ``bulk_create()`` and
``bulk_update()`` send no signals, so :class:`RecordedQuerySet` reports them itself. Ways around
(``_base_manager``, raw SQL) are forbidden by a test.
"""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import NotSupportedError, models, transaction
from django.db.models.signals import (
    m2m_changed,
    post_delete,
    post_save,
    pre_delete,
    pre_save,
)
from django.utils.translation import gettext as _

from units.events import Action, Entry, append, hold_chain
from units.history import change_reason

HIDDEN = "•••"
"""What a log shows in place of a value that must not be read there."""

_M2M_ACTIONS = {"post_add": "added", "post_remove": "removed"}


class RecordedQuerySet(models.QuerySet):
    """A queryset whose bulk operations are in the change log and in the history."""

    def update(self, **values):
        """As Django's, with one event and one version for every row."""
        with transaction.atomic():
            hold_chain()
            before = {row.pk: _snapshot(row) for row in self.order_by()}
            if _has_version(self.model):
                values["version"] = models.F("version") + 1
            number = super().update(**values)
            after = list(self.model._base_manager.filter(pk__in=before))
            _add_versions(self.model, after)
            append(_change(row, before[row.pk]) for row in after)
        return number

    update.alters_data = True

    def bulk_create(self, objs, **options):
        """As Django's, with one event and one version for every row. Conflicts cannot be ignored:
        rows left out in silence would be in the log and not in the table."""
        if options.get("ignore_conflicts") or options.get("update_conflicts"):
            raise NotSupportedError("a recorded table cannot ignore or merge conflicts")
        objs = list(objs)
        with transaction.atomic():
            hold_chain()
            created = super().bulk_create(objs, **options)
            _add_versions(self.model, created, update=False)
            append(_creation(row) for row in created)
        return created

    bulk_create.alters_data = True


class Recorded(models.Model):
    """A model whose every change is in the change log, in the same transaction."""

    HIDDEN_FIELDS: frozenset[str] = frozenset()
    """Names of fields whose values the log must not hold."""

    objects = models.Manager.from_queryset(RecordedQuerySet)()
    _all_recorded = models.Manager.from_queryset(RecordedQuerySet)()
    """What Django itself writes through, such as ``unit.children.add(…)``: recorded as well."""

    class Meta:
        abstract = True
        base_manager_name = "_all_recorded"

    def save(self, *args, **kwargs):
        """As Django's, together with its event: both or neither."""
        with transaction.atomic():
            super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        """As Django's, together with its event: both or neither."""
        with transaction.atomic():
            return super().delete(*args, **kwargs)


def connect():
    """Attach the log to every recorded model; called once, when the apps are ready."""
    for model in apps.get_models():
        if not issubclass(model, Recorded):
            continue
        pre_save.connect(_before_save, sender=model, dispatch_uid=f"log {model._meta.label}")
        post_save.connect(_after_save, sender=model, dispatch_uid=f"log {model._meta.label}")
        pre_delete.connect(_before_delete, sender=model, dispatch_uid=f"log {model._meta.label}")
        post_delete.connect(_after_delete, sender=model, dispatch_uid=f"log {model._meta.label}")
        for field in model._meta.local_many_to_many:
            through = field.remote_field.through
            m2m_changed.connect(
                _after_m2m, sender=through, dispatch_uid=f"log {through._meta.label}"
            )


def _before_save(sender, instance, raw=False, **kwargs):
    hold_chain()
    adding = instance._state.adding
    stored = None if adding else sender._base_manager.filter(pk=instance.pk).first()
    instance._before = _snapshot(stored) if stored else None


def _after_save(sender, instance, created, **kwargs):
    append([_creation(instance) if created else _change(instance, instance._before or {})])


def _before_delete(sender, instance, **kwargs):
    hold_chain()


def _after_delete(sender, instance, **kwargs):
    gone = {name: [value, None] for name, value in _snapshot(instance).items() if value}
    append([_entry(Action.DELETE, instance, gone)])


def _after_m2m(sender, instance, action, reverse, model, pk_set, **kwargs):
    """Report which rows were linked or unlinked; clearing reports itself before it happens."""
    name = _m2m_name(sender, instance)
    if action == "pre_add":
        _refuse_rows_of_another_unit(instance, model, pk_set)
    elif action == "pre_clear":
        linked = list(getattr(instance, name).values_list("pk", flat=True))
        append([_entry(Action.CHANGE, instance, {name: {"removed": linked}})] if linked else [])
    elif action in _M2M_ACTIONS and pk_set:
        detail = {name: {_M2M_ACTIONS[action]: sorted(pk_set)}}
        append([_entry(Action.CHANGE, instance, detail)])


def _refuse_rows_of_another_unit(instance, model: type[models.Model], keys: set):
    """What is linked belongs to one unit, whatever form, import or command links it."""
    if not (_unit_bound(model) and _unit_bound(type(instance))):
        return
    if model._base_manager.filter(pk__in=keys).exclude(unit=instance.unit_id).exists():
        raise ValidationError(_("Choose an entry of the same unit."))


def _unit_bound(model: type[models.Model]) -> bool:
    return any(field.name == "unit" for field in model._meta.concrete_fields)


def _m2m_name(through, instance) -> str:
    for field in instance._meta.many_to_many:
        if field.remote_field.through is through:
            return field.name
    related = instance._meta.related_objects
    return next(r.get_accessor_name() for r in related if getattr(r, "through", None) is through)


def _creation(row: models.Model) -> Entry:
    made = {
        name: [None, value] for name, value in _snapshot(row).items() if value not in (None, "")
    }
    return _entry(Action.CREATE, row, made)


def _change(row: models.Model, before: dict) -> Entry:
    after = _snapshot(row)
    changed = {
        name: [before.get(name), value]
        for name, value in after.items()
        if before.get(name) != value and name != "version"
    }
    return _entry(Action.CHANGE, row, changed)


def _entry(action: str, row: models.Model, detail: dict) -> Entry:
    return Entry(
        action=action,
        unit_id=_unit_of(row),
        model=row._meta.concrete_model._meta.label_lower,
        object_id=str(row.pk),
        detail={name: _shown(row, name, value) for name, value in detail.items()},
    )


def _shown(row: models.Model, name: str, value):
    if name in getattr(row, "HIDDEN_FIELDS", ()):
        return [HIDDEN if each else each for each in value]
    return value


def _unit_of(row: models.Model) -> int | None:
    return row.pk if row._meta.label == "units.Unit" else getattr(row, "unit_id", None)


def _snapshot(row: models.Model) -> dict:
    return {
        field.attname: field.to_python(getattr(row, field.attname))
        for field in row._meta.concrete_fields
    }


def _has_version(model: type[models.Model]) -> bool:
    return any(field.name == "version" for field in model._meta.concrete_fields)


def _add_versions(model: type[models.Model], rows: list, *, update: bool = True):
    if rows and hasattr(model, "history"):
        model.history.bulk_history_create(
            rows, update=update, default_change_reason=change_reason()
        )
