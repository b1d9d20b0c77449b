"""What every record of a unit says of one of its years: a fingerprint each.

Kept with a signed report, they tell later which records were added, taken out or changed since,
whatever door the change came through, and though the change log may be purged by then.
"""

import hashlib
import json
from collections.abc import Iterator

from django.apps import apps
from django.db import models

from units.dating import Behind, With, YearOfUnit, part_of
from units.scoping import UnitRow

LENGTH = 16
"""Hexadecimal digits: enough to tell a changed record, and no copy of what it says."""


def fingerprints(year: YearOfUnit) -> dict[str, dict[str, str]]:
    """{kind of record: {key: fingerprint of its part in the year}}, in the order of the keys.

    Within the scope of the unit. Kinds without a record in the year are left out.
    """
    found = {}
    for model in dated_models():
        rows = {str(row.pk): fingerprint(row, year) for row in _rows(model, year)}
        parts = {key: each for key, each in rows.items() if each is not None}
        if parts:
            found[model._meta.label] = parts
    return found


def fingerprint(row: UnitRow, year: YearOfUnit) -> str | None:
    """The fingerprint of what ``row`` says of ``year``, its links included; None if nothing."""
    part = part_of(row, year)
    if part is None:
        return None
    links = [
        [field.name, sorted(each.pk for each in getattr(row, field.name).all())]
        for field in row._meta.local_many_to_many
    ]
    content = json.dumps([part, links], ensure_ascii=False, default=str)
    return hashlib.sha256(content.encode()).hexdigest()[:LENGTH]


def dated_models() -> Iterator[type[UnitRow]]:
    """Every kind of record that belongs to years."""
    for model in apps.get_models():
        if issubclass(model, UnitRow) and not model._meta.proxy and model.dating:
            yield model


def _rows(model: type[UnitRow], year: YearOfUnit) -> models.QuerySet:
    joins, gathers = _needs(model)
    gathers += [field.name for field in model._meta.local_many_to_many]
    rows = model.objects.filter(unit=year.unit_id).order_by("pk")
    rows = rows.select_related(*joins) if joins else rows
    return rows.prefetch_related(*gathers) if gathers else rows


def _needs(model: type[UnitRow], at: str = "") -> tuple[list[str], list[str]]:
    """What the rules will ask of each row: foreign keys to join, and rows to gather."""
    joins, gathers = [], []
    for rule in model.dating:
        if isinstance(rule, With):
            related = model._meta.get_field(rule.name).related_model
            more = _needs(related, f"{at}{rule.name}__")
            joins += [f"{at}{rule.name}", *more[0]]
            gathers += more[1]
        elif isinstance(rule, Behind):
            gathers.append(f"{at}{rule.name}")
    return joins, gathers
