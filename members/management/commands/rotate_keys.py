"""``manage.py rotate_keys``: seal every encrypted value anew with the first key of FIELD_KEYS."""

from collections.abc import Iterator

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import models, transaction
from django.utils.translation import gettext as _

from units.blanking import overwrite, overwrite_versions, scrub_free_space
from units.encryption import (
    SealBroken,
    SealedColumn,
    is_sealed_with_current_key,
    key_ring,
    sealed_columns,
)
from units.models import Unit
from units.scoping import UnitRow, scope_of_unit


class Command(BaseCommand):
    """Put the new key first, run this, then take the old key away.

    Exit status 1 while anything is left under an older key: a value that does not open, or a column
    that no model has announced. Then the old key must stay; all else has been sealed anew.
    """

    help = "Seal every encrypted field anew, earlier versions included, with the first key."

    def handle(self, *args, **options):
        self.number, self.broken = 0, []
        for column in sealed_columns():
            with transaction.atomic():
                self._column(column, apps.get_model(column.model))
        scrub_free_space()
        self.stdout.write(
            _("Sealed anew with key %(id)s: %(number)s.")
            % {"id": key_ring()[0].id, "number": self.number}
        )
        left = [*self.broken, *_under_older_keys()]
        if left:
            left.append(_("Keep the older key in FIELD_KEYS."))
            raise CommandError("\n".join(left), returncode=1)

    def _column(self, column: SealedColumn, model: type[models.Model]):
        if not issubclass(model, UnitRow):
            for row, values in self._anew(column, model.objects.order_by("pk")):
                model.objects.filter(pk=row.pk).update(**values)
            return
        for unit in Unit.objects.order_by("path"):
            with scope_of_unit(unit):
                for row, values in self._anew(column, model.objects.order_by("pk")):
                    overwrite(row, values)
                if column.field not in {each.name for each in model.history.model._meta.fields}:
                    continue  # versions do not repeat it
                for version, values in self._anew(column, model.history.order_by("history_id")):
                    same = model.history.filter(history_id=version.history_id)
                    overwrite_versions(same, values)

    def _anew(self, column: SealedColumn, rows: models.QuerySet) -> Iterator[tuple]:
        """(row, its new values) for everything under an older key that opens."""
        for row in rows:
            if is_sealed_with_current_key(getattr(row, column.field)):
                continue
            try:
                values = column.sealed_anew(row)
            except SealBroken as error:
                self.broken.append(f"{row._meta.label} {row.pk}: {error}")
                continue
            self.number += 1
            yield row, values


def _under_older_keys() -> list[str]:
    """Columns named as sealed that still hold values under another key than the first."""
    current = f"{key_ring()[0].id}:"
    announced = {(column.model, column.field) for column in sealed_columns()}
    return [
        _("%(column)s is sealed with an older key.") % {"column": f"{model._meta.label}.{name}"}
        for model in apps.get_models()
        for name in (field.name for field in model._meta.fields if "sealed" in field.name)
        if not hasattr(model, "instance_type") and (model._meta.label_lower, name) not in announced
        if model.objects.exclude(**{f"{name}__startswith": current}).exclude(**{name: ""}).exists()
    ]
