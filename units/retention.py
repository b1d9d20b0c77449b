"""What has been kept long enough: the due list, and blanking what needs no decision.

The terms stand in the register (``field_register.toml``), each with its reason: PIPL 19 asks for
the shortest time necessary, the rules on archives for thirty years or for ever. Events of the log
are kept at least :data:`LOG_DAYS` days; nothing but :mod:`units.log_purge` deletes any.
"""

from collections import defaultdict
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.db import models, transaction
from django.utils.text import capfirst

from units.append_only import KEPT_DAYS
from units.blanking import empty, forget_details, overwrite, overwrite_versions
from units.events import Action, hold_chain, record
from units.field_register import BLANK, RetentionClass, register
from units.models import Unit
from units.scoping import UnitRow

LOG_DAYS = KEPT_DAYS

BLANKS, DECIDE = "blank", "decide"


@dataclass(frozen=True)
class Due:
    """One row whose term is over. ``fields`` are to be blanked; empty where people decide."""

    rule: RetentionClass
    row: UnitRow
    since: date
    due_on: date
    fields: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """What kind of record it is, in words."""
        return capfirst(str(self.row._meta.verbose_name))

    @property
    def key(self) -> tuple[str, int]:
        """Kind of record and key of the row."""
        return self.row._meta.label_lower, self.row.pk


@dataclass(frozen=True)
class _Term:
    """One class of data within one kind of record."""

    model: type[UnitRow]
    rule: RetentionClass
    clock: str
    fields: tuple[str, ...]
    only: dict


def years_after(day: date, years: int) -> date:
    """The same day ``years`` later; from 29 February, 1 March where there is no such day."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, month=3, day=1)


def due(*, unit: Unit, day: date) -> list[Due]:
    """Everything of ``unit`` whose term is over on ``day``, by rule, the oldest first.

    Within the unit's scope. Where a date is open (somebody is still here), no term runs.
    """
    found = [item for term in _terms() for item in _due_of(term, unit, day)]
    return sorted(found, key=lambda item: (item.rule.key, item.due_on, item.key))


def ends_on(row: UnitRow, field: str) -> date | None:
    """The first day on which ``field`` of ``row`` need not be kept; None if there is none yet."""
    label = row._meta.concrete_model._meta.label_lower
    rule = register().classes[register().entries[label, field].retention]
    clock = register().clocks.get(label)
    if rule.years is None or clock is None:
        return None
    since = _started(type(row).objects.filter(pk=row.pk), clock).get(row.pk)
    return years_after(since, rule.years) if since else None


def blank_due(*, unit: Unit, day: date, held: Container[tuple[str, int]]) -> list[Due]:
    """Blank what is due and needs no decision, in versions and log too; return what was blanked.

    ``held`` names the rows (see :attr:`Due.key`) that a legal hold protects.
    """
    with transaction.atomic():
        hold_chain()
        done = [item for item in due(unit=unit, day=day) if item.fields and item.key not in held]
        for item in done:
            blank(item.row, item.fields)
    return done


def blank(row: UnitRow, fields: tuple[str, ...]):
    """Empty ``fields`` of the row, of its earlier versions and of the log, and report it."""
    label, key = row._meta.concrete_model._meta.label_lower, str(row.pk)
    values = empty(type(row), fields)
    overwrite(row, values)
    overwrite_versions(type(row).history.filter(**{row._meta.pk.attname: row.pk}), values)
    forgotten = forget_details(
        unit=row.unit,
        says=lambda of, pk, content: (
            (of, pk) == (label, key) and not set(fields).isdisjoint(content)
        ),
    )
    record(Action.ERASE, row=row, events=forgotten, fields=list(fields))


def _terms() -> Iterator[_Term]:
    """Every class with a number of years, in every kind of record that has a clock."""
    entries = register()
    for label, clock in entries.clocks.items():
        model = apps.get_model(label)
        if not issubclass(model, UnitRow):
            continue  # what only hangs on a unit's row is decided with that row
        by_class = defaultdict(list)
        for name, entry in entries.of(model).items():
            by_class[entry.retention] += [name] if entry.on_erasure == BLANK else []
        for key, fields in by_class.items():
            yield from _term(model, clock, key, fields, {})
        for also in entries.also.get(label, []):
            yield from _term(model, clock, also["retention"], also["fields"], also["only"])


def _term(model, clock, key, fields, only) -> Iterator[_Term]:
    rule = register().classes[key]
    if rule.years is None or (rule.action == BLANKS and not fields):
        return
    fields = tuple(fields) if rule.action == BLANKS else ()
    yield _Term(model=model, rule=rule, clock=clock, fields=fields, only=only)


def _due_of(term: _Term, unit: Unit, day: date) -> Iterator[Due]:
    rows = term.model.objects.filter(unit=unit, **term.only)
    over = {
        key: since
        for key, since in _started(rows, term.clock).items()
        if years_after(since, term.rule.years) <= day
    }
    for row in term.model.objects.filter(pk__in=over):
        if term.fields and not any(getattr(row, name) for name in term.fields):
            continue
        since = over[row.pk]
        due_on = years_after(since, term.rule.years)
        yield Due(term.rule, row, since=since, due_on=due_on, fields=term.fields)


def _started(rows: models.QuerySet, clock: str) -> dict[int, date]:
    """{key: the day from which the term runs}; rows of which a date is open are left out."""
    dates = defaultdict(list)
    for key, day in rows.order_by().values_list("pk", clock):
        dates[key].append(day)
    return {key: max(days) for key, days in dates.items() if None not in days}
