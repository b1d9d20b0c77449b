"""Nothing is written without an event: rows, bulk operations and many-to-many alike.

``save()`` and ``delete()`` report through signals; ``update()``, ``bulk_create()`` and
``bulk_update()`` send no signals, so :class:`RecordedQuerySet` reports them itself. Ways around
(``_base_manager``, raw SQL) are forbidden by a test.

Since every write passes here, so does the question whether it may be: :meth:`Recorded.judge`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

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

from units.acting import current_act
from units.events import Action, Entry, append, hold_chain
from units.history import change_reason

HIDDEN = "•••"
"""What a log shows in place of a value that must not be read there."""

_M2M_ACTIONS = {"post_add": "added", "post_remove": "removed"}


class ChangeRefused(ValidationError):  # noqa: N818 - it names what became of the change
    """What was about to be written must not be; the message says why and what to do."""


@dataclass(frozen=True)
class Change:
    """What is about to happen to a row: ``before`` is None for a new one, ``after`` for one that
    goes. With ``is_done`` it was written already in the transaction going on; ``fields`` are the
    only ones written, unless None; ``links`` says that what the row is linked with changes.
    """

    before: models.Model | None
    after: models.Model | None
    is_done: bool = False
    fields: frozenset[str] | None = None
    links: bool = False


@dataclass(frozen=True)
class Permit:
    """Why a change is allowed that nobody may make otherwise, and the exceptions that say so."""

    reason: str = ""
    exceptions: tuple[int, ...] = ()


NO_PERMIT = Permit()
"""The change needs none."""


class RecordedQuerySet(models.QuerySet):
    """A queryset whose bulk operations are in the change log and in the history."""

    def update(self, **values):
        """As Django's, with one event and one version for every row."""
        with transaction.atomic():
            hold_chain()
            before = {row.pk: row for row in self.order_by()}
            if any(field.name == "version" for field in self.model._meta.concrete_fields):
                values["version"] = models.F("version") + 1
            number = super().update(**values)
            after = list(self.model._base_manager.filter(pk__in=before))
            changes = [Change(before[row.pk], row, is_done=True) for row in after]
            permits = judged(self.model, changes)
            _add_versions(self.model, after)
            entries = (
                _change(change.after, _snapshot(change.before), permit)
                for change, permit in zip(changes, permits, strict=True)
            )
            append(entries, savepoint=False)
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
            permits = judged(self.model, [Change(None, row) for row in objs])
            created = super().bulk_create(objs, **options)
            _add_versions(self.model, created, update=False)
            append(map(_creation, created, permits), savepoint=False)
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

    @classmethod
    def judge(cls, changes: list[Change]) -> list[Permit]:
        """The permit of each change; ChangeRefused if one must not be.

        Asked within the transaction, in one's turn to write.
        """
        return [NO_PERMIT] * len(changes)

    def save(self, *args, **kwargs):
        """As Django's, together with its event: both or neither."""
        with transaction.atomic():
            super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        """As Django's, together with its event: both or neither."""
        with transaction.atomic():
            return super().delete(*args, **kwargs)


def judged(model: type[Recorded], changes: list[Change]) -> list[Permit]:
    """What :meth:`Recorded.judge` says; what the law demands asks for no permit."""
    if current_act().demanded_by_law:
        return [NO_PERMIT] * len(changes)
    return model.judge(changes)


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
            m2m_changed.connect(_on_m2m, sender=through, dispatch_uid=f"log {through._meta.label}")


def _before_save(sender, instance, raw=False, update_fields=None, **kwargs):
    hold_chain()
    # A row read from elsewhere with its key (loaddata) may stand in the table though it is "new".
    known = instance.pk is not None
    stored = sender._base_manager.filter(pk=instance.pk).first() if known else None
    instance._before = _snapshot(stored) if stored else None
    instance._permit = judged(sender, [Change(stored, instance, fields=update_fields)])[0]


def _after_save(sender, instance, created, **kwargs):
    permit = instance._permit
    entry = (
        _creation(instance, permit)
        if created
        else _change(instance, instance._before or {}, permit)
    )
    append([entry], savepoint=False)


def _before_delete(sender, instance, **kwargs):
    hold_chain()
    instance._permit = judged(sender, [Change(instance, None)])[0]


def _after_delete(sender, instance, **kwargs):
    append([deletion(instance, instance._permit)], savepoint=False)


def deletion(row: models.Model, permit: Permit) -> Entry:
    """What the log says of a row that goes."""
    gone = {name: [value, None] for name, value in _snapshot(row).items() if value}
    return _entry(Action.DELETE, row, gone, permit)


def _on_m2m(sender, instance, action, reverse, model, pk_set, **kwargs):
    """Report which rows were linked or unlinked; clearing reports itself before it happens."""
    name = _m2m_name(sender, instance)
    if action.startswith("pre_"):
        hold_chain()
        linked = pk_set
        if pk_set is None:
            linked = set(getattr(instance, name).values_list("pk", flat=True))
        owners = model._base_manager.filter(pk__in=linked) if reverse else [instance]
        instance._permit = _judged_links(owners) if linked else NO_PERMIT
    if action == "pre_add":
        _refuse_rows_of_another_unit(instance, model, pk_set)
    elif action == "pre_clear" and linked:
        detail = {name: {"removed": sorted(linked)}}
        append([_entry(Action.CHANGE, instance, detail, instance._permit)])
    elif action in _M2M_ACTIONS and pk_set:
        detail = {name: {_M2M_ACTIONS[action]: sorted(pk_set)}}
        append([_entry(Action.CHANGE, instance, detail, instance._permit)])


def _judged_links(owners: Iterable[Recorded]) -> Permit:
    """The permit for new links of the rows in whose form they are entered."""
    owners = [row for row in owners if isinstance(row, Recorded)]
    changes = [Change(row, row, links=True) for row in owners]
    permits = judged(type(owners[0]), changes) if owners else []
    return next((permit for permit in permits if permit.exceptions), NO_PERMIT)


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


def _creation(row: models.Model, permit: Permit = NO_PERMIT) -> Entry:
    made = {
        name: [None, value] for name, value in _snapshot(row).items() if value not in (None, "")
    }
    return _entry(Action.CREATE, row, made, permit)


def _change(row: models.Model, before: dict, permit: Permit = NO_PERMIT) -> Entry:
    after = _snapshot(row)
    changed = {
        name: [before.get(name), value]
        for name, value in after.items()
        if before.get(name) != value and name != "version"
    }
    return _entry(Action.CHANGE, row, changed, permit)


def _entry(action: str, row: models.Model, detail: dict, permit: Permit = NO_PERMIT) -> Entry:
    return Entry(
        action=action,
        unit_id=_unit_of(row),
        model=row._meta.concrete_model._meta.label_lower,
        object_id=str(row.pk),
        detail={name: _shown(row, name, value) for name, value in detail.items()},
        reason=permit.reason,
        exceptions=permit.exceptions,
    )


def _shown(row: models.Model, name: str, value):
    if name in getattr(row, "HIDDEN_FIELDS", ()):
        return [HIDDEN if each else each for each in value]
    return value


def _unit_of(row: models.Model) -> int | None:
    return row.pk if row._meta.label == "units.Unit" else getattr(row, "unit_id", None)


def _snapshot(row: models.Model) -> dict:
    return {
        field.attname: _plain(field, getattr(row, field.attname))
        for field in row._meta.concrete_fields
    }


def _plain(field: models.Field, value):
    """The value as the log holds it; of a file, where it is stored."""
    return str(value) if isinstance(field, models.FileField) else field.to_python(value)


def _add_versions(model: type[models.Model], rows: list, *, update: bool = True):
    if rows and hasattr(model, "history"):
        model.history.bulk_history_create(
            rows, update=update, default_change_reason=change_reason()
        )
