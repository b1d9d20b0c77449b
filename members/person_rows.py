"""Everything that is kept about one person, wherever it is kept.

Which tables these are is read from the models: a new kind of record that refers to a person is in
the person's sheet, and is erased with the person, without anybody remembering it here.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.db import models

from members.models import LegalHold, Member, MergedEntry
from units.models import Unit
from units.scoping import UnitRow


@dataclass(frozen=True)
class RowsAbout:
    """The rows of one kind that refer to a person by ``field``, and their earlier versions.

    ``versions`` is None where the reference is a list of persons (signed suggestions): such a row
    is not the person's own.
    """

    model: type[UnitRow]
    field: str
    rows: models.QuerySet
    versions: models.QuerySet | None


def unit_models() -> Iterator[type[UnitRow]]:
    """Every kind of record that units keep, in the order of the apps; proxies left out."""
    for model in apps.get_models():
        if issubclass(model, UnitRow) and not model._meta.proxy:
            yield model


def rows_about(member: Member) -> Iterator[RowsAbout]:
    """The person's own row first, then every row that refers to it. In the scope of its unit.

    Earlier versions are also those of entries that have become one with this one.
    """
    own, keys = Member.objects.filter(pk=member.pk), keys_of(member)
    yield RowsAbout(Member, "id", own, Member.history.filter(id__in=keys))
    for model in unit_models():
        for field in (*model._meta.fields, *model._meta.many_to_many):
            if field.related_model is Member:
                was_about = {f"{field.name}__in": keys}
                yield RowsAbout(
                    model=model,
                    field=field.name,
                    rows=model.objects.filter(**{field.name: member}).order_by("pk"),
                    versions=None if field.many_to_many else model.history.filter(**was_about),
                )


def keys_of(member: Member) -> set[int]:
    """The key of the person's entry, and those of the entries merged into it."""
    merged = MergedEntry.objects.filter(member=member).order_by()
    return {member.pk, *merged.values_list("key", flat=True)}


def keys_about(member: Member) -> dict[str, set[str]]:
    """{kind of record: keys, as events name them} of the person's own rows, deleted ones too."""
    keys = defaultdict(set)
    for about in rows_about(member):
        if about.versions is not None:
            found = {*about.rows.values_list("pk", flat=True)}
            found |= {*about.versions.order_by().values_list("id", flat=True)}
            keys[about.model._meta.label_lower] |= {str(key) for key in found}
    return dict(keys)


def held_rows(*, unit: Unit, day: date) -> set[tuple[str, int]]:
    """(kind of record, key) of whatever must stay as it is because somebody is on legal hold.

    These are the rows about the person and what those refer to: the activity they took part in.
    """
    held = set()
    for hold in LegalHold.objects.on(day).filter(unit=unit).select_related("member"):
        for about in rows_about(hold.member):
            for row in about.rows:
                held.add((about.model._meta.label_lower, row.pk))
                held.update(_referred_to(row))
    return held


def names_of(member: Member) -> set[str]:
    """The name, and every name the row bore before it was corrected or merged with another."""
    earlier = (
        Member.history.filter(id__in=keys_of(member)).order_by().values_list("name", flat=True)
    )
    return {member.name, *earlier}


def _referred_to(row: UnitRow) -> Iterator[tuple[str, int]]:
    for field in row._meta.fields:
        if field.many_to_one and issubclass(field.related_model, UnitRow):
            key = getattr(row, field.attname)
            if key is not None:
                yield field.related_model._meta.concrete_model._meta.label_lower, key
