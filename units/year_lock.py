"""A year that is closed stays as it was: no record comes into it, leaves it or changes in it.

Asked by :mod:`units.recording` before or within every write, whatever door it comes through. The
rule is one: a row's *part* in a closed year (:mod:`units.dating`) must be the same after the change
as before. Where it is not, the person acting needs an open exception for that year, given by
somebody else, with a reason and an end; the change is then noted under it. What the law on personal
data demands (:func:`units.acting.as_the_law_demands`) is done all the same.
"""

import contextlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextvars import ContextVar

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django_scopes import scope

from units.acting import current_act
from units.dating import YearOfUnit, part_of
from units.recording import NO_PERMIT, Change, ChangeRefused, Permit


class YearClosed(ChangeRefused):  # noqa: N818 - it names what the year is
    """The change would alter a closed year. Says which year, since when, and whom to ask."""


def judge(model: type[models.Model], changes: list[Change]) -> list[Permit]:
    """For each change, under which exceptions it is allowed; YearClosed if one is not.

    One query while nothing is closed in the unit, none for kinds of records that belong to no year.
    """
    units = {_unit_of(change) for change in changes} if model.dating else set()
    closed = _closed_years(units - {None})
    if not closed:
        return [NO_PERMIT] * len(changes)
    with scope(unit=list(closed)):
        stored = _stored(model, changes)
        return [_permit(change, stored, closed.get(_unit_of(change), [])) for change in changes]


def _permit(change: Change, stored: dict, closed: list) -> Permit:
    before, after = _rows(change, stored)
    touched = [each for each in closed if _alters(before, after, each.in_question(), change.links)]
    if not touched:
        return NO_PERMIT
    actor = current_act().user
    exceptions = [each.exception_for(actor, moment=timezone.now()) for each in touched]
    for closed_year, exception in zip(touched, exceptions, strict=True):
        if exception is None:
            raise YearClosed(_refusal(closed_year, after or before, actor))
    reasons = "；".join(exception.reason for exception in exceptions)
    return Permit(reasons, tuple(exception.pk for exception in exceptions))


def _alters(before, after, year: YearOfUnit, links: bool) -> bool:
    """Whether the row's part in ``year`` is another one afterwards.

    What a row is linked with (its themes, its proposers) is part of it.
    """
    was = None if before is None else part_of(before, year)
    if links:
        return was is not None
    will_be = None if after is None else part_of(after, year, added=before is None)
    return was != will_be


def _rows(change: Change, stored: dict) -> tuple[models.Model | None, models.Model | None]:
    """The row as it is stored and as it will be stored: a row in memory may say more or less."""
    before = change.before if change.is_done else stored.get(getattr(change.before, "pk", None))
    if change.after is None or change.is_done:
        return before, change.after
    values = {f.attname: f for f in change.after._meta.concrete_fields}
    source = {
        name: before
        if before is not None and change.fields is not None and f.name not in change.fields
        else change.after
        for name, f in values.items()
    }
    kind = change.after._meta.concrete_model
    return before, kind(**{name: getattr(row, name) for name, row in source.items()})


def _stored(model: type[models.Model], changes: list[Change]) -> dict:
    """The rows as they stand in the table now, by key, in one query."""
    keys = [c.before.pk for c in changes if c.before is not None and not c.is_done]
    if not keys:
        return {}
    return model._meta.concrete_model.objects.in_bulk(keys)


_looked_up: ContextVar[dict | None] = ContextVar("closed years", default=None)


@contextlib.contextmanager
def one_look() -> Iterator[None]:
    """Inside, closed years are looked up once for each unit: for checking thousands of rows.

    Only for checks that are made again when something is written.
    """
    token = _looked_up.set({})
    try:
        yield
    finally:
        _looked_up.reset(token)


def _closed_years(units: set[int]) -> dict[int, list]:
    """The closed years of each of these units that has any."""
    remembered = _looked_up.get()
    if remembered is None:
        return _look_up(units)
    if missing := units - {*remembered}:
        remembered |= {unit: [] for unit in missing} | _look_up(missing)
    return {unit: remembered[unit] for unit in units if remembered[unit]}


def _look_up(units: Iterable[int]) -> dict[int, list]:
    found = defaultdict(list)
    if units:
        with scope(unit=list(units)):
            for closed in apps.get_model("units", "ClosedYear").objects.order_by("unit", "year"):
                found[closed.unit_id].append(closed)
    return found


def _unit_of(change: Change) -> int | None:
    return (change.after or change.before).unit_id


def _refusal(closed, row: models.Model, actor) -> str:
    return _(
        "“%(record)s” belongs to %(year)s (%(first)s to %(last)s), which %(name)s closed on "
        "%(day)s by signing its report: nothing in it can be added, changed, moved or deleted. "
        "Nothing was saved. If it has to be corrected, ask %(whom)s for an exception, with the "
        "reason."
    ) % {
        "record": _named(row),
        "year": closed.year,
        "first": closed.first_on,
        "last": closed.last_on,
        "name": closed.closed_by,
        "day": timezone.localtime(closed.closed_at).date(),
        "whom": closed.openers_but(actor) or _("another secretary of the unit"),
    }


def _named(row: models.Model) -> str:
    """What the row calls itself; its kind, where a form is judged before all of it is filled in."""
    try:
        return str(row)
    except ObjectDoesNotExist:
        return str(row._meta.verbose_name)
