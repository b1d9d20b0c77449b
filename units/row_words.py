"""What a record says, in the words that its forms use: for comparing two of them."""

from collections.abc import Iterator
from datetime import date, datetime

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from units.recording import HIDDEN
from units.written_dates import written

_TECHNICAL = frozenset({"id", "unit", "version"})


def fields_in_words(model: type[models.Model]) -> Iterator[models.Field]:
    """The fields that a person fills in; a date's precision is part of the date."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    precisions = {_precision_name(name) for name in fields}
    for name, field in fields.items():
        if field.editable and name not in _TECHNICAL and name not in precisions:
            yield field


def columns_of(field: models.Field) -> list[str]:
    """The names of the columns that hold the field's value: a date may have its precision."""
    names = [field.name, _precision_name(field.name)]
    return [each.name for each in field.model._meta.concrete_fields if each.name in names]


def label_of(field: models.Field) -> str:
    """What forms call the field."""
    return str(capfirst(field.verbose_name))


def words_of(row: models.Model, field: models.Field) -> str:
    """The value of ``field`` in ``row``; "" for none. What is sealed stays covered."""
    if field.name in getattr(row, "HIDDEN_FIELDS", ()):
        return HIDDEN if getattr(row, field.attname) else ""
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")() or "")
    try:
        value = getattr(row, field.name)
    except ObjectDoesNotExist:  # an earlier version may name what is deleted by now
        return ""
    return _in_words(row, field, value)


def line_of(row: models.Model, *, without: str = "") -> str:
    """The whole record in one line, apart from the field ``without``."""
    parts = [
        f"{label_of(field)}：{words}"
        for field in fields_in_words(type(row))
        if field.name != without and (words := words_of(row, field))
    ]
    return "；".join(parts) or str(row)


def _precision_name(name: str) -> str:
    return f"{name.removesuffix('_on')}_precision"


def _in_words(row: models.Model, field: models.Field, value) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        precision = getattr(row, _precision_name(field.name), None)
        return written(value, precision) if precision else value.isoformat()
    return str(value)
