"""What changed lately in a unit's records: who, which record, when. Never what it says.

Read from the change log, for those who may read the records themselves. What one save wrote about
one kind of record is one line.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.db.models import F, TextField, Value
from django.utils.text import capfirst

from units.events import Action, Event
from units.models import Unit, User
from units.roles import Role, rights_of
from units.search import Found, named, searchable

LINES = 10
_LOOKED_AT = 200
"""Events that are read for the lines; a long import may fill them with one line."""
_ACTIONS = (Action.CREATE, Action.CHANGE, Action.DELETE)

BELONGS_TO = {
    **dict.fromkeys(
        (
            *("members.membership", "members.employment", "members.appointment"),
            *("members.title", "members.education", "members.honour"),
        ),
        "member",
    ),
    "members.organisationname": "organisation",
    **dict.fromkeys(
        (
            *("activities.participation", "activities.guestgroup", "activities.evidence"),
            *("activities.notneeded", "activities.talk"),
        ),
        "activity",
    ),
    **dict.fromkeys(("activities.gift", "activities.grant"), "aid_round"),
    **dict.fromkeys(("consultations.agendaitem", "consultations.tally"), "consultation"),
    **dict.fromkeys(("consultations.reply", "consultations.step"), "suggestion"),
    "consultations.adoption": "proposal",
}
"""Which field leads from a record to the one on whose page it stands."""

Key = tuple[str, int]
"""Label of a kind of record, and key of the record."""


@dataclass(frozen=True)
class Change:
    """One line: what somebody did to a record, and to so many ``others`` of its kind with it.

    ``name`` and ``address`` are "" where the record is gone, or has no page for the one who asks.
    """

    at: datetime
    who: str
    action: str
    kind: str
    name: str
    address: str
    others: int = 0


def latest_changes(unit: Unit, *, user: User) -> list[Change]:
    """The latest changes of the unit's records, newest first; three queries."""
    events = list(_events(unit))
    owners = dict(_owners(events))
    names = named(_by_label({owners.get(_key(each), _key(each)) for each in events}))
    deeds: dict[tuple, dict[Key, Event]] = {}
    for event in events:
        key = owners.get(_key(event), _key(event))
        deed = deeds.setdefault((*_deed(event), key[0]), {})
        # The record's own event says what was done to it; the oldest, that it was created.
        if key not in deed or key == _key(event):
            deed[key] = event
    return [_line(deed, names, unit=unit, user=user) for deed in list(deeds.values())[:LINES]]


def _events(unit: Unit):
    """Of the kinds of record that everybody sees who may read the unit's records."""
    rights = rights_of(Role.VIEWER)
    kinds = [
        model._meta.label_lower
        for model in apps.get_models()
        if f"{model._meta.app_label}.view_{model._meta.model_name}" in rights
    ]
    changes = Event.objects.filter(unit=unit, action__in=_ACTIONS, model__in=kinds)
    return changes.select_related("actor").order_by("-number")[:_LOOKED_AT]


def _owners(events: list[Event]) -> Iterator[tuple[Key, Key]]:
    """From each record that belongs to another to that one; one query."""
    keys = _by_label({_key(event) for event in events})
    parts = []
    for label, field in BELONGS_TO.items():
        if label in keys:
            rows = apps.get_model(label).objects.filter(pk__in=keys[label]).order_by()
            owner = rows.model._meta.get_field(field).related_model._meta.concrete_model
            parts.append(
                rows.annotate(
                    label=Value(label, TextField()),
                    owner_label=Value(owner._meta.label_lower, TextField()),
                    owner_key=F(f"{field}_id"),
                ).values_list("label", "pk", "owner_label", "owner_key")
            )
    if parts:
        for label, key, owner_label, owner in parts[0].union(*parts[1:], all=True):
            if owner is not None:
                yield (label, key), (owner_label, owner)


def _deed(event: Event) -> tuple[str, str]:
    """What was written together: in one request, or by a command within a minute."""
    return event.request_id, "" if event.request_id else f"{event.at:%Y-%m-%d %H:%M}"


def _line(deed: dict[Key, Event], names: Mapping[Key, Found], *, unit: Unit, user: User) -> Change:
    """One line of what was done at once; the record that was written first stands for all."""
    key, event = list(deed.items())[-1]
    found = names.get(key)
    kind = searchable(found.kind) if found else None
    own = key == _key(event)
    return Change(
        at=event.at,
        who=event.actor.full_name if event.actor else "",
        action=str(Action(event.action if own else Action.CHANGE).label),
        kind=capfirst(str(apps.get_model(key[0])._meta.verbose_name)),
        name=kind.label(found) if kind else "",
        address=kind.address(found, unit, user) if kind else "",
        others=len(deed) - 1,
    )


def _key(event: Event) -> Key:
    return event.model, int(event.object_id)


def _by_label(keys: set[Key]) -> Mapping[str, set[int]]:
    found: dict[str, set[int]] = {}
    for label, key in keys:
        found.setdefault(label, set()).add(key)
    return found
