"""Do all rows lie in the unit of the rows they belong to? Finds what no form would have let in."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models
from django.db.models import F

from units.models import RoleGrant, Unit
from units.roles import EXCLUSIVE
from units.scoping import UnitRow, scope_of_units


@dataclass(frozen=True)
class MixedRow:
    """A row of ``model`` with the key ``pk`` whose ``field`` leads to a row of another unit."""

    model: str
    pk: object
    field: str


def mixed_rows() -> Iterator[MixedRow]:
    """Every row that refers to a row of another unit, by foreign key or through a link table."""
    with scope_of_units(Unit.objects.all()):
        for model in apps.get_models():
            if issubclass(model, UnitRow) and not model._meta.proxy:
                yield from _mixed_by_key(model)
                yield from _mixed_by_link(model)


def references(model: type[UnitRow]) -> list[str]:
    """The foreign keys of ``model`` that lead to rows of a unit."""
    return [
        field.name
        for field in model._meta.fields
        if isinstance(field, models.ForeignKey) and issubclass(field.related_model, UnitRow)
    ]


def exclusive_roles_held_together() -> list[str]:
    """The user names of accounts that hold two of administrator, auditor and secretary."""
    held = RoleGrant.objects.filter(role__in=EXCLUSIVE).order_by().values("user__username")
    many = held.annotate(number=models.Count("role", distinct=True)).filter(number__gt=1)
    return sorted(many.values_list("user__username", flat=True))


def _mixed_by_key(model: type[UnitRow]) -> Iterator[MixedRow]:
    for name in references(model):
        elsewhere = model.objects.filter(**{f"{name}__isnull": False}).exclude(
            **{f"{name}__unit": F("unit")}
        )
        for pk in elsewhere.order_by("pk").values_list("pk", flat=True):
            yield MixedRow(model._meta.label, pk, name)


def _mixed_by_link(model: type[UnitRow]) -> Iterator[MixedRow]:
    for field in model._meta.local_many_to_many:
        if not issubclass(field.related_model, UnitRow):
            continue
        links = field.remote_field.through._default_manager
        here, there = field.m2m_field_name(), field.m2m_reverse_field_name()
        apart = links.exclude(**{f"{here}__unit": F(f"{there}__unit")})
        for pk in apart.order_by("pk").values_list(f"{here}_id", flat=True):
            yield MixedRow(model._meta.label, pk, field.name)
