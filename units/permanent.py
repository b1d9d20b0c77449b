"""Rows that are written once: neither changed nor deleted, through whatever door.

The tables have triggers besides (``units.write_once.write_once``, in their app's migrations).
"""

from django.core.exceptions import PermissionDenied
from django.db import models

from units.recording import RecordedQuerySet
from units.scoping import UnitRow

_FOR_GOOD = "This is written once and stays as it is."


class PermanentQuerySet(RecordedQuerySet):
    """Refuses whatever would change many rows, or make them without their own checks."""

    def update(self, **values):
        """Refused."""
        raise PermissionDenied(_FOR_GOOD)

    def bulk_create(self, objs, **options):
        """Refused."""
        raise PermissionDenied(_FOR_GOOD)

    def delete(self):
        """Refused."""
        raise PermissionDenied(_FOR_GOOD)


class PermanentRow(UnitRow):
    """A unit's row that is made and then stays; it belongs to no year.

    Subclasses take ``scoped(PermanentQuerySet)``.
    """

    dating = ()

    _all_recorded = models.Manager.from_queryset(PermanentQuerySet)()

    class Meta:
        abstract = True
        base_manager_name = "_all_recorded"

    def save(self, *args, **kwargs):
        """Make it, checked as a whole; PermissionDenied for one that was made before."""
        if not self._state.adding:
            raise PermissionDenied(_FOR_GOOD)
        self.full_clean()
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        """Refused."""
        raise PermissionDenied(_FOR_GOOD)
