"""Reading the change log: which events an auditor sees, and what an event says."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Q, QuerySet

from units.events import Event
from units.log_text import cell, visible
from units.models import User

EVENTS_PER_PAGE = 50
_ACCOUNTS = "units.user"
HEADERS = (
    *("number", "time", "account", "unit", "action", "kind", "record"),
    *("through", "request", "address", "reason", "detail"),
)


@dataclass(frozen=True)
class FieldChange:
    """One line of an event's detail: what a field held before and holds after."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class LogPage:
    """Some events, newest first; ``older`` is the number below which the next page begins."""

    events: list[Event]
    older: int | None


def accounts_audited_by(auditor: User) -> QuerySet[User]:
    """The accounts with a role in a unit whose log ``auditor`` reads, by name."""
    return (
        User.objects.filter(grants__unit__in=auditor.units_with_log())
        .distinct()
        .order_by("username")
    )


def events_for(auditor: User) -> QuerySet[Event]:
    """The events of the units whose log ``auditor`` reads, newest first.

    What happened to an account belongs to no unit by itself: it is seen where the account works.
    What belongs to neither (a wrong password for a name that no account has, the installation's
    own commands) is seen by auditors of a unit that stands below no other.
    """
    units = list(auditor.units_with_log().values_list("pk", "parent_id"))
    accounts = list(accounts_audited_by(auditor).values_list("pk", flat=True))
    of_accounts = Q(model=_ACCOUNTS, object_id__in=[str(pk) for pk in accounts])
    of_no_unit = of_accounts | (~Q(model=_ACCOUNTS) & Q(actor__in=accounts))
    if any(parent is None for _key, parent in units):
        of_no_unit |= ~Q(model=_ACCOUNTS) & Q(actor__isnull=True)
    # "+ 0" keeps a database without statistics from collecting every event of the units, to sort
    # them: along the numbers, the newest come first.
    of_units = Q(key_of_unit__in=[key for key, _parent in units])
    seen = of_units | (Q(key_of_unit__isnull=True) & of_no_unit)
    return Event.objects.alias(key_of_unit=F("unit_id") + 0).filter(seen).order_by("-number")


def page_of(events: QuerySet[Event], *, before: int | None) -> LogPage:
    """The newest events with a number below ``before``.

    By number and not by counting rows off: the millionth event is found as fast as the first.
    """
    if before is not None:
        events = events.filter(number__lt=before)
    found = list(events.select_related("actor", "unit")[: EVENTS_PER_PAGE + 1])
    shown = found[:EVENTS_PER_PAGE]
    return LogPage(shown, shown[-1].number if len(found) > EVENTS_PER_PAGE else None)


def changes_of(event: Event) -> list[FieldChange]:
    """The lines of the event's detail; none if it has none, or if it was erased."""
    detail = getattr(event, "detail", None)
    if detail is None:
        return []
    return [_change(event.model, name, value) for name, value in detail.content.items()]


def kind_of(label: str) -> str:
    """What the office calls the kind of record with this model label; the label if it is gone."""
    try:
        return str(apps.get_model(label)._meta.verbose_name) if label else ""
    except LookupError:
        return visible(label)


def lines_of(events: QuerySet[Event]) -> Iterator[tuple[str, ...]]:
    """The lines of an export, without its headers: one per event, in the columns of HEADERS."""
    for event in events.select_related("actor", "unit", "detail").iterator(1000):
        detail = getattr(event, "detail", None)
        row = (
            *(event.number, event.at.isoformat(), event.actor and event.actor.username),
            *(event.unit and event.unit.code, event.action, event.model, event.object_id),
            *(event.source, event.request_id, event.address, event.reason),
            detail and detail.content,
        )
        yield tuple(cell(each) for each in row)


def _change(label: str, name: str, value: object) -> FieldChange:
    pair = value if isinstance(value, list) and len(value) == 2 else (None, value)
    return FieldChange(_field_name(label, name), *(visible(each) for each in pair))


def _field_name(label: str, name: str) -> str:
    try:
        return str(apps.get_model(label)._meta.get_field(name.removesuffix("_id")).verbose_name)
    except (LookupError, ValueError, FieldDoesNotExist, AttributeError):
        return visible(name)
