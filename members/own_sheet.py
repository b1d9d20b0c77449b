"""What is stored about one person, for that person to read (PIPL 45), and about nobody else.

The parts follow the models (see :mod:`members.person_rows`). Names of other people are left out:
references to them are not followed, and within texts they are covered.
"""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from members.models import Contact, Member
from members.person_rows import RowsAbout, keys_about, names_of, rows_about
from units.dates import DatedRow
from units.encryption import SealBroken
from units.events import Action, Event

COVER = "某某"
"""What stands in a text in place of somebody else's name."""

LOOKS = (Action.VIEW, Action.EXPORT)
_TECHNICAL = {"id", "unit", "version"}


@dataclass(frozen=True)
class Value:
    """One field of one row: its name in code, its label, and its value in words.

    ``derived`` marks what the program works out (keys, pinyin): in the file, not on the page.
    """

    field: str
    label: str
    value: str
    derived: bool = False


@dataclass(frozen=True)
class Row:
    """One row, or an earlier version of one: ``until`` is when it was replaced."""

    values: list[Value]
    until: str = ""


@dataclass(frozen=True)
class Part:
    """All rows of one kind, and their earlier versions where those said something else."""

    kind: str
    label: str
    rows: list[Row]
    earlier: list[Row]


@dataclass(frozen=True)
class Happening:
    """One event of the log about the person's rows."""

    at: str
    who: str
    what: str
    kind: str


@dataclass(frozen=True)
class Sheet:
    """The whole sheet, as of the day it was made."""

    unit: str
    name: str
    made_on: str
    parts: list[Part]
    looked_at: list[Happening]
    changed: list[Happening]

    def as_json(self) -> dict[str, Any]:
        """For the download: plain values only."""
        return asdict(self)


def own_sheet(member: Member, *, day: date, full: bool = False) -> Sheet:
    """Everything stored about ``member``; in the scope of the unit. ``day`` is when it is made.

    The telephone number is covered as in lists unless ``full``.
    """
    cover = _Cover(member, full=full)
    happenings = list(_happenings(member))
    return Sheet(
        unit=member.unit.name,
        name=member.name,
        made_on=day.isoformat(),
        parts=[part for about in rows_about(member) if (part := _part(about, cover))],
        looked_at=[row for action, row in happenings if action in LOOKS],
        changed=[row for action, row in happenings if action not in LOOKS],
    )


class _Cover:
    """Covers the names of everybody else in the unit, and one's own number unless ``full``."""

    def __init__(self, member: Member, *, full: bool):
        self.full = full
        self.own = names_of(member)
        others = Member.objects.filter(unit=member.unit).exclude(pk=member.pk)
        names = {name for name in others.values_list("name", flat=True) if len(name) > 1}
        words = sorted(names | self.own, key=len, reverse=True)
        self.pattern = re.compile("|".join(map(re.escape, words)))

    def __call__(self, text: str) -> str:
        return self.pattern.sub(lambda m: m[0] if m[0] in self.own else COVER, text)


def _part(about: RowsAbout, cover: _Cover) -> Part | None:
    rows = [Row(_values(row, cover)) for row in about.rows]
    earlier = list(_earlier(about, cover))
    if not rows and not earlier:
        return None
    label = capfirst(str(about.model._meta.verbose_name))
    return Part(about.model._meta.label_lower, label, rows, earlier)


def _earlier(about: RowsAbout, cover: _Cover) -> Iterator[Row]:
    """Versions that said something else than the one after them, the newest first."""
    if about.versions is None:
        return
    after: dict[int, models.Model] = {}
    for version in about.versions.order_by("-history_date", "-history_id"):
        following = after.get(version.id)
        after[version.id] = version
        gone = following is None and version.history_type == "-"
        if following is None and not gone:
            continue
        said = _values(version.instance, cover)
        if gone or said != _values(following.instance, cover):
            until = version if gone else following
            yield Row(said, until=_moment(until.history_date))


def _values(row: models.Model, cover: _Cover) -> list[Value]:
    if isinstance(row, Contact):
        phone = _phone(row) if cover.full else row.masked_phone
        return [Value("phone", _("Telephone"), phone)]
    values = []
    for field in row._meta.fields:
        if field.name in _TECHNICAL or field.related_model is Member:
            continue
        words = _words(row, field)
        if words:
            label = capfirst(str(field.verbose_name))
            values.append(Value(field.name, label, cover(words), derived=not field.editable))
    return values


def _words(row: models.Model, field: models.Field) -> str:
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    try:
        value = getattr(row, field.name)
    except ObjectDoesNotExist:  # an earlier version may name what is deleted by now
        return ""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return value.isoformat()
    happened_on = getattr(value, "started_on", None)
    if happened_on and not isinstance(value, DatedRow):
        return f"{value} ({happened_on.isoformat()})"
    return str(value)


def _phone(contact: Contact) -> str:
    try:
        return contact.phone
    except SealBroken as broken:
        return str(broken)


def _happenings(member: Member) -> Iterator[tuple[str, Happening]]:
    """Every event about the person's own rows, the newest first."""
    keys = keys_about(member)
    about = Q(*(Q(model=m, object_id__in=ids) for m, ids in keys.items()), _connector=Q.OR)
    kinds = {about.model._meta.label_lower: about.model for about in rows_about(member)}
    events = Event.objects.filter(about, unit=member.unit).select_related("actor")
    for event in events.order_by("-number"):
        yield (
            event.action,
            Happening(
                at=_moment(event.at),
                who=str(event.actor) if event.actor else event.source,
                what=str(event.get_action_display()),
                kind=str(kinds[event.model]._meta.verbose_name),
            ),
        )


def _moment(at) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")
