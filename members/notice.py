"""What the statutory notice (告知书, PIPL 17 and 30) says about each kind of data."""

from dataclasses import dataclass

from django.apps import apps
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


def register_lines(*, of_persons_only: bool = False) -> list[RegisterLine]:
    """The register, without what follows by rule: earlier versions, links, common columns.

    ``of_persons_only`` keeps what is said about a person who is in the roster.
    """
    own = {Member, *(model for model in unit_models() if _refers_to_persons(model))}
    written = register().written
    return [
        _line(entry)
        for key, entry in register().entries.items()
        if key in written
        and (not of_persons_only or apps.get_model(entry.model) in own)
        and (not of_persons_only or entry.field not in {"member", "sort_key", "initials"})
    ]


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
