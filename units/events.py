"""The change log: one append-only table, each event sealed by a hash over itself and the last.

An event is written in the transaction of what it reports: both happen or neither. What was before
and after stands in a detail of its own, of which the chain holds only a salted hash, so that the
words about a person can be erased (PIPL 47) without breaking the chain. The database refuses to
change or delete an event (triggers, migration ``append_only``).
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.apps import apps
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from units.acting import current_act

BEGINNING = "0" * 64
_CHAIN_LOCK = 7_420_311
"""The key of PostgreSQL's advisory lock that puts writers in a row."""


class Action(models.TextChoices):
    """What an event reports."""

    CREATE = "create", _("created")
    CHANGE = "change", _("changed")
    DELETE = "delete", _("deleted")
    VIEW = "view", _("viewed")
    EXPORT = "export", _("exported")
    SIGN_IN = "sign_in", _("signed in")
    SIGN_IN_FAILED = "sign_in_failed", _("sign-in failed")
    LOCKED = "locked", _("locked out")
    UNLOCKED = "unlocked", _("unlocked")
    SIGN_OUT = "sign_out", _("signed out")
    REFUSED = "refused", _("refused")
    ERASE = "erase", _("erased")
    SIGN = "sign", _("signed a report")
    PURGE = "purge", _("purged")


@dataclass(frozen=True)
class Entry:
    """One thing to be reported: on which record (if any), and what was before and after.

    ``exceptions`` are those of closed years under which it was done, ``reason`` theirs.
    """

    action: str
    unit_id: int | None = None
    model: str = ""
    object_id: str = ""
    detail: dict = field(default_factory=dict)
    reason: str = ""
    exceptions: tuple[int, ...] = ()


class Event(models.Model):
    """One link of the chain."""

    number = models.PositiveBigIntegerField(_("number"), unique=True)
    at = models.DateTimeField(_("time"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    unit = models.ForeignKey(
        "units.Unit", verbose_name=_("unit"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    action = models.CharField(_("what happened"), max_length=15, choices=Action)
    model = models.CharField(_("kind of record"), max_length=60)
    object_id = models.CharField(_("record"), max_length=60)
    source = models.CharField(_("through"), max_length=200)
    request_id = models.CharField(_("request"), max_length=36)
    address = models.CharField(_("address"), max_length=45)
    reason = models.CharField(_("reason"), max_length=300)
    detail_digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    digest = models.CharField(_("seal"), max_length=64)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("change log")
        ordering = ["-number"]
        indexes = [
            models.Index(fields=["unit", "number"]),
            models.Index(fields=["model", "object_id", "number"]),
            models.Index(fields=["model", "number"]),
            models.Index(fields=["actor", "number"]),
        ]

    def __str__(self):
        return f"{self.number} {self.get_action_display()}"

    def sealed(self) -> str:
        """The keyed hash this event ought to carry."""
        return keyed_hash(self.sealed_content())

    def sealed_content(self) -> dict:
        """What the seal is over: everything but the detail, of which it holds the hash."""
        return {
            "number": self.number,
            "at": self.at.astimezone(timezone.get_fixed_timezone(0)).isoformat(),
            "actor": self.actor_id,
            "unit": self.unit_id,
            "action": str(self.action),
            "model": self.model,
            "object_id": self.object_id,
            "source": self.source,
            "request_id": self.request_id,
            "address": self.address,
            "reason": self.reason,
            "detail_digest": self.detail_digest,
            "previous": self.previous,
        }


class EventDetail(models.Model):
    """What was before and after: ``{field: [before, after]}``. Erasing removes this row alone."""

    event = models.OneToOneField(
        Event, on_delete=models.PROTECT, primary_key=True, related_name="detail"
    )
    salt = models.CharField(max_length=32)
    content = models.JSONField(encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("detail of an event")
        verbose_name_plural = _("details of events")

    def __str__(self):
        return str(self.event_id)

    def digest(self) -> str:
        """The salted hash that the event must carry for this detail."""
        return hashlib.sha256(self.salt.encode() + _canonical(self.content)).hexdigest()


class LogPurge(models.Model):
    """A beginning of the log that was written to a file and taken out of the database.

    The chain in the database begins with the event after ``number``, whose ``previous`` is
    ``digest``. Written by :mod:`units.log_purge` alone.
    """

    number = models.PositiveBigIntegerField(_("last event"), unique=True)
    digest = models.CharField(_("seal of the last event"), max_length=64)
    archive_digest = models.CharField(_("checksum of the file"), max_length=64)
    purged_at = models.DateTimeField(_("time"))
    seal = models.CharField(_("seal"), max_length=64)

    class Meta:
        verbose_name = _("purge of the change log")
        verbose_name_plural = _("purges of the change log")
        ordering = ["-number"]

    def __str__(self):
        return str(self.number)

    def sealed(self) -> str:
        """The keyed hash this row ought to carry."""
        return keyed_hash(
            {"purged": self.number, "digest": self.digest, "archive": self.archive_digest}
        )


def keyed_hash(content: dict) -> str:
    """A hash that nobody makes without the installation's EVENT_KEY."""
    return hmac.new(settings.EVENT_KEY, _canonical(content), hashlib.sha256).hexdigest()


def hold_chain():
    """Wait for one's turn to write: called before the first row of a transaction is touched.

    Taking the turn first keeps two writers from each holding what the other needs. SQLite lets in
    one writing transaction at a time anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])


class LogUnavailable(DatabaseError):  # noqa: N818 - it names what happened
    """The log could not be written, so what it was to report must not happen either."""


def append(entries: Iterable[Entry], *, savepoint: bool = True):
    """Add events to the chain, in the transaction going on. LogUnavailable if that fails.

    Without a savepoint of its own where the caller's block is undone as a whole.
    """
    entries = list(entries)
    if not entries:
        return
    try:
        with transaction.atomic(savepoint=savepoint):
            _append(entries)
    except DatabaseError as error:
        raise LogUnavailable(str(error)) from error


def _append(entries: list[Entry]):
    hold_chain()
    newest, previous = head()
    events, details = [], []
    for number, entry in enumerate(entries, start=newest + 1):
        event, detail = _linked(entry, number, previous)
        previous = event.digest
        events.append(event)
        details.append(detail)
    Event.objects.bulk_create(events)
    EventDetail.objects.bulk_create(detail for detail in details if detail is not None)
    _note_exceptions(entries, events)


def record(action: str, *, unit=None, row: models.Model | None = None, **detail):
    """Report one thing that is no change of a record: a look, an export, a sign-in."""
    append(
        [
            Entry(
                action=action,
                unit_id=unit.pk if unit else getattr(row, "unit_id", None),
                model=row._meta.label_lower if row else "",
                object_id=str(row.pk) if row else "",
                detail=detail,
            )
        ]
    )


def head() -> tuple[int, str]:
    """Number and seal of the newest event: what a signed report prints."""
    return Event.objects.values_list("number", "digest").first() or (0, BEGINNING)


def _note_exceptions(entries: list[Entry], events: list[Event]):
    """Note each change of a closed year under its exceptions, apart from the log: events may be
    purged, the list stays."""
    notes = apps.get_model("units", "ChangeUnderException").objects
    for entry, event in zip(entries, events, strict=True):
        for key in entry.exceptions:
            notes.create(
                exception_id=key,
                number=event.number,
                at=event.at,
                action=event.action,
                model=event.model,
                object_id=event.object_id,
            )


def _linked(entry: Entry, number: int, previous: str) -> tuple[Event, EventDetail | None]:
    act = current_act()
    event = Event(
        number=number,
        at=timezone.now(),
        actor_id=getattr(act.user, "pk", None),
        unit_id=entry.unit_id,
        action=entry.action,
        model=entry.model,
        object_id=entry.object_id,
        source=act.source[:200],
        request_id=act.request_id,
        address=act.address,
        reason="；".join(filter(None, (entry.reason, act.reason)))[:300],
        detail_digest="",
        previous=previous,
    )
    detail = None
    if entry.detail:
        content = json.loads(json.dumps(entry.detail, cls=DjangoJSONEncoder))
        detail = EventDetail(event=event, salt=secrets.token_hex(16), content=content)
        event.detail_digest = detail.digest()
    event.digest = event.sealed()
    return event, detail


def _canonical(content: dict) -> bytes:
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
