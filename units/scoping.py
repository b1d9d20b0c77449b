"""Which rows a request may see: decided here and nowhere else.

Every model that belongs to a unit derives from :class:`UnitRow` and takes its manager from
:func:`scoped`. Outside a scope its queries raise ``django_scopes.exceptions.ScopeError``; inside
``scope(unit=[…])`` they hold the rows of those units only.
"""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager, scope


def scoped(
    queryset_class: type[models.QuerySet] = models.QuerySet,
    manager_class: type[models.Manager] | None = None,
) -> models.Manager:
    """A manager that fails closed outside a unit's scope.

    It offers the methods of ``queryset_class``, or is built on ``manager_class`` where the model
    narrows its rows further (a proxy).
    """
    base = manager_class or models.Manager.from_queryset(queryset_class)
    return ScopedManager(_manager_class=base, unit="unit")


class UnitRow(models.Model):
    """A row that one unit keeps. ``unit`` never changes after the row is made."""

    unit = models.ForeignKey(
        "units.Unit", verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        """Take the unit of the row this one belongs to, where none was given."""
        if self.unit_id is None:
            self.unit_id = next((row.unit_id for _field, row in self._rows_referred_to()), None)
        super().save(*args, **kwargs)

    def clean(self):
        """Refuse a reference to a row of another unit, whatever form or import it came through."""
        super().clean()
        for field, row in self._rows_referred_to():
            if self.unit_id is not None and row.unit_id != self.unit_id:
                raise ValidationError({field: _("Choose an entry of the same unit.")})

    def _rows_referred_to(self):
        """(field name, row) for every foreign key that is set and leads to a unit's row."""
        for field in self._meta.fields:
            if field.many_to_one and issubclass(field.related_model, UnitRow):
                row = getattr(self, field.name, None)
                if row is not None:
                    yield field.name, row


def scope_of(user):
    """The context manager that limits every query to the units ``user`` may see.

    Nobody signed in, or a person without a role in any unit, sees no row at all.
    """
    if isinstance(user, AnonymousUser) or not user.is_active:
        return scope(unit=[])
    return scope(unit=list(user.units_with_records().values_list("pk", flat=True)))


def scope_of_unit(unit):
    """The scope of one unit, for commands and jobs that work for that unit alone."""
    return scope(unit=[unit.pk])
