"""What would become of two entries of one person if they were merged: nothing is written here.

Which rows refer to a person is read from the models, so that rooms above this one need not be
known. Of two rows, one of each entry, that say the same, or that cannot both stand (a constraint,
or days that must not overlap), one remains.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import models

from members.models import Member
from members.person_rows import unit_models
from units.dates import DatedRow
from units.row_words import fields_in_words, label_of, words_of
from units.scoping import UnitRow

KEEP, GONE = "keep", "gone"
"""The two sides of a choice: the entry that remains, and the one that goes."""


@dataclass(frozen=True)
class FieldPair:
    """One field of both entries. ``side`` is whose value stands; None where a person must say."""

    name: str
    label: str
    keep: str
    gone: str

    @property
    def key(self) -> str:
        """What the choice is called."""
        return f"field-{self.name}"

    @property
    def side(self) -> str | None:
        """The only one that says anything, or either if both say the same."""
        if self.keep == self.gone or not self.gone:
            return KEEP
        return None if self.keep else GONE


@dataclass(frozen=True)
class Clash:
    """Rows of both entries that cannot all stand; a person says which of the two sides is right."""

    key: str
    ours: list[UnitRow]
    theirs: list[UnitRow]


@dataclass(frozen=True)
class RowsPlan:
    """What becomes of the rows of one kind: moved as they are, double, or to be chosen from."""

    model: type[UnitRow]
    field: models.ForeignKey
    moved: list[UnitRow] = field(default_factory=list)
    doubles: list[tuple[UnitRow, UnitRow]] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)


@dataclass(frozen=True)
class ListPlan:
    """Rows with a list of persons on which the other entry stands; ``both`` name both entries."""

    model: type[UnitRow]
    field: models.ManyToManyField
    rows: list[UnitRow]
    both: list[UnitRow]


@dataclass(frozen=True)
class MergePlan:
    """Everything that would happen."""

    keep: Member
    gone: Member
    fields: list[FieldPair]
    rows: list[RowsPlan]
    lists: list[ListPlan]

    @property
    def clashes(self) -> list[Clash]:
        """Every choice about rows."""
        return [clash for plan in self.rows for clash in plan.clashes]

    def rows_shown(self) -> Iterator[models.Model]:
        """Every stored record on which the plan rests."""
        yield from (self.keep, self.gone)
        for plan in self.rows:
            yield from plan.moved
            for pair in plan.doubles:
                yield from pair
            for clash in plan.clashes:
                yield from (*clash.ours, *clash.theirs)
        for plan in self.lists:
            yield from plan.rows


def plan_of(keep: Member, gone: Member) -> MergePlan:
    """What merging ``gone`` into ``keep`` would do, as things stand; in the scope of their unit."""
    return MergePlan(
        keep=keep,
        gone=gone,
        fields=[
            FieldPair(each.name, label_of(each), words_of(keep, each), words_of(gone, each))
            for each in fields_in_words(Member)
        ],
        rows=[p for each in references_to(Member) if (p := _rows_plan(each, keep, gone))],
        lists=[p for each in lists_of(Member) if (p := _list_plan(each, keep, gone))],
    )


def references_to(model: type[models.Model]) -> Iterator[models.ForeignKey]:
    """Every foreign key of a unit's records that leads to ``model``."""
    for referring in unit_models():
        for each in referring._meta.local_fields:
            if isinstance(each, models.ForeignKey) and each.related_model is model:
                yield each


def lists_of(model: type[models.Model]) -> Iterator[models.ManyToManyField]:
    """Every field of a unit's records that holds several rows of ``model``."""
    for referring in unit_models():
        for each in referring._meta.local_many_to_many:
            if each.related_model is model:
                yield each


def _list_plan(link: models.ManyToManyField, keep: Member, gone: Member) -> ListPlan | None:
    rows = list(link.model.objects.filter(**{link.name: gone}).order_by("pk"))
    with_both = link.model.objects.filter(**{link.name: keep}, pk__in=[row.pk for row in rows])
    return ListPlan(link.model, link, rows, list(with_both.order_by("pk"))) if rows else None


def _rows_plan(reference: models.ForeignKey, keep: Member, gone: Member) -> RowsPlan | None:
    model = reference.model
    ours, theirs = (
        list(model.objects.filter(**{reference.name: member}).order_by("pk"))
        for member in (keep, gone)
    )
    plan = RowsPlan(model, reference)
    pairs = [(our, their) for their in theirs for our in ours if _touch(reference, our, their)]
    touched = {their.pk for _our, their in pairs}
    plan.moved.extend(row for row in theirs if row.pk not in touched)
    for group in _groups(pairs):
        doubles = [pair for pair in group if _say_the_same(reference, *pair)]
        if {their.pk for _our, their in doubles} == {their.pk for _our, their in group}:
            plan.doubles.extend(doubles)
        else:
            plan.clashes.append(_clash(reference, group))
    return plan if theirs else None


def _clash(reference: models.ForeignKey, group: list[tuple[UnitRow, UnitRow]]) -> Clash:
    ours, theirs = ({row.pk: row for row in side} for side in zip(*group, strict=True))
    key = f"rows-{reference.model._meta.label_lower}-{reference.name}-{min(theirs)}"
    return Clash(key.replace(".", "-"), list(ours.values()), list(theirs.values()))


def _groups(pairs: list[tuple[UnitRow, UnitRow]]) -> list[list[tuple[UnitRow, UnitRow]]]:
    """The pairs, those together that share a row directly or through others."""
    groups: list[list[tuple[UnitRow, UnitRow]]] = []
    for our, their in pairs:
        joined = [g for g in groups if any(o.pk == our.pk or t.pk == their.pk for o, t in g)]
        groups = [group for group in groups if group not in joined]
        groups.append([pair for group in joined for pair in group] + [(our, their)])
    return groups


def _touch(reference: models.ForeignKey, our: UnitRow, their: UnitRow) -> bool:
    """Whether the two rows could not, or need not, both stand under one entry."""
    return (
        _say_the_same(reference, our, their)
        or _share_days(reference, our, their)
        or any(_are_unique(rule, our, their) for rule in _unique_rules(reference))
    )


def _say_the_same(reference: models.ForeignKey, our: UnitRow, their: UnitRow) -> bool:
    own = {"id", "version", reference.name, *getattr(our, "ANEW_EACH_TIME", ())}
    names = [each.attname for each in our._meta.concrete_fields if each.name not in own]
    return all(getattr(our, name) == getattr(their, name) for name in names)


def _share_days(reference: models.ForeignKey, our: UnitRow, their: UnitRow) -> bool:
    rule = isinstance(our, DatedRow) and our.NO_OVERLAP
    if not rule or reference.attname not in rule.same:
        return False
    others = [name for name in rule.same if name != reference.attname]
    return all(getattr(our, name) == getattr(their, name) for name in others) and our.overlaps(
        their
    )


def _unique_rules(reference: models.ForeignKey) -> Iterator[tuple[list[str], models.Q | None]]:
    """(other columns, condition) of each rule by which an entry may have one such row only."""
    if reference.unique:
        yield [], None
    for constraint in reference.model._meta.total_unique_constraints:
        if reference.name in constraint.fields:
            yield [name for name in constraint.fields if name != reference.name], None
    for constraint in reference.model._meta.constraints:
        conditional = isinstance(constraint, models.UniqueConstraint) and constraint.condition
        if conditional and reference.name in constraint.fields:
            others = [name for name in constraint.fields if name != reference.name]
            yield others, constraint.condition


def _are_unique(rule: tuple[list[str], models.Q | None], our: UnitRow, their: UnitRow) -> bool:
    names, condition = rule
    for name in names:
        value = getattr(our, our._meta.get_field(name).attname)
        if value is None or value != getattr(their, their._meta.get_field(name).attname):
            return False
    return condition is None or all(_holds(condition, row) for row in (our, their))


def _holds(condition: models.Q, row: UnitRow) -> bool:
    return type(row).objects.filter(condition, pk=row.pk).exists()
