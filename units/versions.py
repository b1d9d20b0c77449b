"""Earlier versions of records, compared: what each change said before and after, in words.

Works in the scope of its caller, as the histories do. Words that were erased are erased in the
versions too, so they cannot come back here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from units.recording import HIDDEN
from units.row_words import fields_in_words, label_of, words_of
from units.scoping import UnitRow

_DEEDS = {
    "+": gettext_lazy("entered"),
    "~": gettext_lazy("changed"),
    "-": gettext_lazy("deleted"),
}


@dataclass(frozen=True)
class Change:
    """One field of one version: what stood there before, and what after it."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Version:
    """One change of one record: when, by whom, why, of which record, and of which fields."""

    at: datetime
    who: str
    deed: str
    reason: str
    record: str
    changes: list[Change]
    position: int

    @property
    def order(self) -> tuple[datetime, int]:
        """By which versions of several records stand in one list."""
        return self.at, self.position


def versions_of(model: type[UnitRow], keys: Iterable[int], *, without: str = "") -> list[Version]:
    """Every change of the rows of ``model`` with these keys, deleted ones too; oldest first.

    ``without`` names a field that need not be told: where they all belong to one record.
    """
    names = [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.name != "unit"
    ]
    stored = model.history.filter(id__in=list(keys)).select_related("history_user", *names)
    fields = [field for field in _fields(model) if field.name != without]
    return list(_compared(model, fields, stored.order_by("id", "history_date", "history_id")))


def keys_below(model: type[UnitRow], field: str, parents: Iterable[int]) -> set[int]:
    """The keys of the rows of ``model`` that belong, or belonged once, to one of ``parents``."""
    below = model.history.filter(**{f"{field}__in": list(parents)})
    return set(below.order_by().values_list("id", flat=True))


def _compared(
    model: type[UnitRow], fields: list[models.Field], stored: Iterable[models.Model]
) -> Iterator[Version]:
    before = None
    for version in stored:
        earlier = before if before is not None and before.id == version.id else None
        changes = list(_changes(model, fields, earlier, version))
        if changes or version.history_type != "~":
            yield _version(model, version, changes)
        before = version


def _version(model: type[UnitRow], version: models.Model, changes: list[Change]) -> Version:
    return Version(
        at=version.history_date,
        who=str(version.history_user or _("the program")),
        deed=str(_DEEDS[version.history_type]),
        reason=version.history_change_reason or "",
        record=str(capfirst(model._meta.verbose_name)),
        changes=changes,
        position=version.history_id,
    )


def _changes(
    model: type[UnitRow],
    fields: list[models.Field],
    earlier: models.Model | None,
    version: models.Model,
) -> Iterator[Change]:
    pair = (version, None) if version.history_type == "-" else (earlier, version)
    for field in fields:
        before, after = ("" if each is None else _words(model, each, field) for each in pair)
        if before != after or _differs_covered(model, pair, field):
            yield Change(label_of(field), before, after)


def _fields(model: type[UnitRow]) -> Iterator[models.Field]:
    """Whatever a person enters, sealed values and lists included."""
    yield from fields_in_words(model)
    # The key for finding a sealed value changes with it, and would say nothing more.
    names = sorted(name for name in model.HIDDEN_FIELDS if not name.endswith("_index"))
    for name in (*names, *getattr(model, "_history_m2m_fields", ())):
        yield model._meta.get_field(name)


def _words(model: type[UnitRow], version: models.Model, field: models.Field) -> str:
    if field.name in model.HIDDEN_FIELDS:
        return HIDDEN if getattr(version, field.attname) else ""
    if field.many_to_many:  # the history keeps rows of its own for these
        listed = getattr(version, field.name).all()
        return "、".join(str(getattr(row, field.m2m_reverse_field_name())) for row in listed)
    words = words_of(version, version._meta.get_field(field.name))
    if field.is_relation and not words and getattr(version, field.attname):
        return _("(deleted)")
    return words


def _differs_covered(model: type[UnitRow], pair, field: models.Field) -> bool:
    """Whether a sealed value changed, which looks the same before and after."""
    if field.name not in model.HIDDEN_FIELDS or None in pair:
        return False
    return getattr(pair[0], field.attname) != getattr(pair[1], field.attname)
