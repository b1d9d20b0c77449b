"""What the statutory notice (告知书, PIPL 17 and 30) says about each kind of data."""

from collections import defaultdict
from dataclasses import dataclass

from django.apps import apps
from django.db import models
from django.utils.text import capfirst

from members.models import Member
from members.person_rows import unit_models
from units.field_register import Entry, register

NOTICE_VERSION = "1"
"""Which text of the notice somebody agreed to; counted up when the text changes."""


@dataclass(frozen=True)
class RegisterLine:
    """A line of the register as pages print it."""

    kind: str
    field: str
    label: str
    purpose: str
    basis: str
    sensitivity: str
    term: str
    reason: str


@dataclass(frozen=True)
class NoticeLine:
    """A line of the notice: what is stored of one kind, on one basis and for one term."""

    kind: str
    labels: str
    basis: str
    term: str


def register_lines() -> list[RegisterLine]:
    """The register, without what follows by rule: earlier versions, links, common columns."""
    written = register().written
    return [_line(entry) for key, entry in register().entries.items() if key in written]


def notice_lines() -> list[NoticeLine]:
    """What is stored about a person who is in the roster, a line for each kind, basis and term."""
    own = {Member, *(model for model in unit_models() if _refers_to_persons(model))}
    labels = defaultdict(list)
    for key in register().written:
        entry = register().entries[key]
        model = apps.get_model(entry.model)
        field = model._meta.get_field(entry.field)
        if model in own and field.related_model is not Member and _is_told(field):
            line = _line(entry)
            labels[line.kind, line.basis, line.term].append(line.label)
    return [
        NoticeLine(kind=kind, labels="、".join(dict.fromkeys(found)), basis=basis, term=term)
        for (kind, basis, term), found in labels.items()
    ]


def _is_told(field: models.Field) -> bool:
    """Whether a field says something about a person by itself: sorting and precision do not."""
    told = field.editable or field.name.endswith("_sealed")
    return told and not field.name.endswith("precision")


def _refers_to_persons(model) -> bool:
    fields = (*model._meta.fields, *model._meta.many_to_many)
    return any(field.related_model is Member for field in fields)


def _line(entry: Entry) -> RegisterLine:
    model = apps.get_model(entry.model)
    field = model._meta.get_field(entry.field)
    term = register().classes[entry.retention]
    return RegisterLine(
        kind=capfirst(str(model._meta.verbose_name)),
        field=f"{entry.model}.{entry.field}",
        label=capfirst(str(field.verbose_name)),
        purpose=entry.purpose,
        basis=register().basis[entry.basis],
        sensitivity=register().sensitivity[entry.sensitivity],
        term=term.words,
        reason=term.reason,
    )
