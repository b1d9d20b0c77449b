"""Which records of a sealed year are other ones today: added, gone, or changed since.

Found by comparing fingerprints (:mod:`units.year_records`), so a change made in the database by
hand is found too. Two clocks are kept apart: the days a record is about, and when it was entered.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from django.apps import apps
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext_lazy

from reports.models import Seal
from reports.sealed import content_of
from units.dating import Holds, InYear
from units.models import ChangeUnderException, User, YearException
from units.scoping import UnitRow
from units.written_dates import written
from units.year_records import fingerprints

Key = tuple[str, str]
"""Kind of record (its label) and key of the record, both as text."""


class Became(Enum):
    """What a record has become since."""

    ADDED = pgettext_lazy("record", "added")
    GONE = pgettext_lazy("record", "gone")
    CHANGED = pgettext_lazy("record", "changed")


@dataclass(frozen=True)
class ChangedRecord:
    """One record that says something else of the sealed year than it did.

    ``true_on`` are the days it is about, in words; ``entered_at`` and ``entered_by`` say when and
    by whom it came to be as it is, None where no version of it tells. ``exception`` is the one it
    was done under. ``refers_to`` are the records it belongs to, now or in an earlier version.
    """

    key: Key
    became: Became
    kind: str
    words: str
    true_on: str
    entered_at: datetime | None
    entered_by: User | None
    exception: YearException | None
    refers_to: frozenset[Key]
    row: UnitRow | None

    @property
    def keys(self) -> frozenset[Key]:
        """The record itself and what it belongs to."""
        return self.refers_to | {self.key}


def changed_records(seal: Seal) -> list[ChangedRecord]:
    """Every record of the sealed year that was added, has gone or was changed, by kind and key."""
    sealed, today = content_of(seal)["records"], fingerprints(seal.closed_year.in_question())
    found = []
    for label in dict.fromkeys([*sealed, *today]):
        before, now = sealed.get(label, {}), today.get(label, {})
        for key in sorted({*before, *now}, key=int):
            if before.get(key) != now.get(key):
                found.append(changed_record(seal, (label, key), _became(before, now, key)))
    return found


def changed_record(seal: Seal, key: Key, became: Became) -> ChangedRecord:
    """What is known of one record that is not what it was when ``seal`` was made."""
    model = apps.get_model(key[0])
    versions = list(model.history.filter(id=key[1]).order_by("history_date", "history_id"))
    row = model.objects.filter(pk=key[1]).first()
    shown = row or (versions[-1].instance if versions else None)
    since = [version for version in versions if version.history_date >= seal.signed_at]
    return ChangedRecord(
        key=key,
        became=became,
        kind=capfirst(str(model._meta.verbose_name)),
        words=words_of(shown) if shown is not None else key[1],
        true_on=days_of(shown) if shown is not None else "",
        entered_at=since[-1].history_date if since else None,
        entered_by=_account(since[-1].history_user_id) if since else None,
        exception=_exception(seal, model, key[1]),
        refers_to=frozenset(_references(model, versions if row is None else [*versions, row])),
        row=row,
    )


@dataclass(frozen=True)
class ChangeMade:
    """One change under an exception: what was done to which record, when."""

    note: ChangeUnderException
    kind: str
    words: str


def changes_under(exception: YearException) -> list[ChangeMade]:
    """What was changed under ``exception``, in the order in which it was."""
    made = []
    for note in exception.changes.order_by("number"):
        model = apps.get_model(note.model)
        row = model.objects.filter(pk=note.object_id).first()
        last = (
            None if row else model.history.filter(id=note.object_id).order_by("history_id").last()
        )
        shown = row or (last and last.instance)
        words = words_of(shown) if shown is not None else note.object_id
        made.append(ChangeMade(note, capfirst(str(model._meta.verbose_name)), words))
    return made


def words_of(row: UnitRow) -> str:
    """What the record is called, with the person it is about."""
    member = getattr(row, "member", None)
    return f"{member} {row}" if member is not None else str(row)


def days_of(row: UnitRow) -> str:
    """The days or the year that the record is about."""
    rule = next(iter(row.dating), None)
    if isinstance(rule, Holds):
        end = getattr(row, rule.end) if rule.end else None
        return gettext("from %(start)s until %(end)s") % {
            "start": written(getattr(row, rule.start)) or "…",
            "end": written(end) or "…",
        }
    if isinstance(rule, InYear):
        return str(getattr(row, rule.name))
    value = getattr(row, getattr(rule, "name", ""), None)
    return days_of(value) if isinstance(value, UnitRow) else str(value or "")


def _became(before: dict, now: dict, key: str) -> Became:
    if key not in before:
        return Became.ADDED
    return Became.CHANGED if key in now else Became.GONE


def _references(model: type[UnitRow], rows: list[models.Model]) -> Iterator[Key]:
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and issubclass(field.related_model, UnitRow):
            label = field.related_model._meta.concrete_model._meta.label
            for row in rows:
                if getattr(row, field.attname) is not None:
                    yield label, str(getattr(row, field.attname))


def _exception(seal: Seal, model: type[UnitRow], key: str) -> YearException | None:
    noted = ChangeUnderException.objects.filter(
        exception__closed_year=seal.closed_year, model=model._meta.label_lower, object_id=key
    )
    last = noted.select_related("exception__granted_by").order_by("number").last()
    return last.exception if last else None


def _account(key: int | None) -> User | None:
    return User.objects.filter(pk=key).first()
