"""Which rows a request may see: decided here and nowhere else.

Every model that belongs to a unit derives from :class:`UnitRow` and takes its manager from
:func:`scoped`. Outside a scope its queries raise ``django_scopes.exceptions.ScopeError``; inside
``scope(unit=[…])`` they hold the rows of those units only.
"""

from typing import ClassVar

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import DatabaseError, models
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from units import year_lock
from units.closed_manager import closed_manager
from units.dating import Dating
from units.history import RowHistory
from units.recording import Change, Permit, Recorded, RecordedQuerySet, judged


def scoped(
    queryset_class: type[models.QuerySet] = RecordedQuerySet,
    manager_class: type[models.Manager] | None = None,
) -> models.Manager:
    """A manager that fails closed outside a unit's scope and reports its bulk operations.

    It offers the methods of ``queryset_class``, or is built on ``manager_class`` where the model
    narrows its rows further (a proxy).
    """
    base = manager_class or models.Manager.from_queryset(recorded(queryset_class))
    return closed_manager(base)


def recorded(queryset_class: type[models.QuerySet]) -> type[models.QuerySet]:
    """``queryset_class`` with its bulk operations in the change log."""
    if issubclass(queryset_class, RecordedQuerySet):
        return queryset_class
    return type(queryset_class.__name__, (queryset_class, RecordedQuerySet), {})


class StaleRow(Exception):  # noqa: N818 - it names what the row is
    """The row was changed by somebody else after it was read; nothing was written."""


class UnitRow(Recorded):
    """A row that one unit keeps. ``unit`` never changes after the row is made.

    ``version`` counts its changes. Saving a row that somebody else has changed since it was read
    raises :class:`StaleRow` instead of overwriting.

    ``dating`` says to which years a row belongs; a change that would alter a closed one is refused
    (:mod:`units.year_lock`). A test asks every kind of record to say it, if only that it belongs to
    none: ``dating = ()``.
    """

    dating: ClassVar[tuple[Dating, ...]] = ()

    unit = models.ForeignKey(
        "units.Unit", verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    history = RowHistory()

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db, field_names, values):
        """Remember the unit the row was read with."""
        row = super().from_db(db, field_names, values)
        row._stored_unit_id = row.__dict__.get("unit_id")
        return row

    @classmethod
    def judge(cls, changes: list[Change]) -> list[Permit]:
        """Under which exceptions each change is allowed; YearClosed where a closed year forbids."""
        return year_lock.judge(cls, changes)

    def derive(self):
        """Work out what follows from other columns; called by ``save`` and before many are made."""

    def save(self, *args, **kwargs):
        """Save, unless the row has changed in between or would move to another unit.

        A new row without a unit takes that of the row it belongs to. StaleRow, ValidationError.
        """
        self.derive()
        if self._state.adding:
            if self.unit_id is None:
                self.unit_id = next((r.unit_id for _name, r in self._rows_referred_to()), None)
            super().save(*args, **kwargs)
            self._stored_unit_id = self.unit_id
            return
        if getattr(self, "_stored_unit_id", self.unit_id) != self.unit_id:
            raise ValidationError({"unit": _("A record cannot move to another unit.")})
        self._save_next_version(*args, **kwargs)

    def _save_next_version(self, *args, update_fields=None, **kwargs):
        if update_fields is not None:
            update_fields = {*update_fields, "version"}
        self.version += 1
        kwargs["force_update"] = True
        try:
            super().save(*args, update_fields=update_fields, **kwargs)
        except Exception as error:
            # Nothing was written: the object may be corrected and saved again.
            self.version -= 1
            if isinstance(error, DatabaseError) and "did not affect any rows" in str(error):
                raise StaleRow(self._meta.label, self.pk) from error
            raise

    def _do_update(self, base_qs, *args, **kwargs):
        """Update only the version that was read: the database decides between two writers."""
        return super()._do_update(base_qs.filter(version=self.version - 1), *args, **kwargs)

    def clean(self):
        """Refuse a reference to a row of another unit, and what a closed year forbids.

        Whatever form or import it came through: saving would refuse it too, but not in a form.
        """
        super().clean()
        for field, row in self._rows_referred_to():
            if self.unit_id is not None and row.unit_id != self.unit_id:
                raise ValidationError({field: _("Choose an entry of the same unit.")})
        judged(type(self), [Change(self if self.pk else None, self)])

    def _rows_referred_to(self):
        """(field name, row) for every foreign key that is set and leads to a unit's row."""
        for field in self._meta.fields:
            # One-to-one fields are foreign keys too, though Django does not call them many-to-one.
            if isinstance(field, models.ForeignKey) and issubclass(field.related_model, UnitRow):
                row = getattr(self, field.name, None)
                if row is not None:
                    yield field.name, row


def units_seen_by(user) -> list:
    """The units whose rows ``user`` may see; none for nobody signed in."""
    if isinstance(user, AnonymousUser) or not user.is_active:
        return []
    return list(user.units_with_records())


def scope_of(user):
    """The context manager that limits every query to the units ``user`` may see.

    Nobody signed in, or a person without a role in any unit, sees no row at all.
    """
    return scope_of_units(units_seen_by(user))


def scope_of_unit(unit):
    """The scope of one unit, for commands and jobs that work for that unit alone."""
    return scope_of_units([unit])


def scope_of_units(units):
    """The scope of several units, for what is worked out across them."""
    return scope(unit=[unit.pk for unit in units])
