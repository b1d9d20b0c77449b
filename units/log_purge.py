"""Taking old events out of the change log: written to a sealed file first, and only then deleted.

The law on network security (网络安全法) asks for six months of logs; the database refuses less.
What is left is a whole chain: it begins where the file ends.
"""

from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from units.append_only import KEPT_DAYS
from units.events import Action, Event, EventDetail, LogPurge, hold_chain, record
from units.log_archive import Archive, read_archive, write_archive
from units.log_check import Anchor, faults

USUAL_DAYS = 3 * 365 + 1
_AT_A_TIME = 2000


class PurgeRefused(Exception):  # noqa: N818 - it names what happened
    """Nothing was purged; the message says why."""


def purge(*, keep_days: int, now: datetime, folder: Path, anchors: list[Anchor]) -> Archive:
    """Move the events older than ``keep_days`` to a new file in ``folder``; what it holds.

    PurgeRefused below 184 days, where nothing is that old, and while the log is not whole: a purge
    must not take away the traces of tampering.
    """
    if keep_days < KEPT_DAYS:
        raise PurgeRefused(
            _("Events are kept for at least %(days)s days: the law asks for six months.")
            % {"days": KEPT_DAYS}
        )
    last = last_event_older_than(now - timedelta(days=keep_days))
    if last is None:
        raise PurgeRefused(_("No event is older than %(days)s days.") % {"days": keep_days})
    if next(faults(anchors), None) is not None:
        raise PurgeRefused(_("The log is not whole: look at manage.py verify_log first."))
    with transaction.atomic():
        hold_chain()
        archive = _archived(last, folder)
        _delete(last, archive, now=now)
    return archive


def last_event_older_than(moment: datetime) -> Event | None:
    """The event up to which every one happened before ``moment``; None if the first did not."""
    younger = Event.objects.filter(at__gte=moment).order_by("number").first()
    events = Event.objects.order_by("-number")
    return (events.filter(number__lt=younger.number) if younger else events).first()


def _archived(last: Event, folder: Path) -> Archive:
    """The file, written and read again: what cannot be read back is not deleted."""
    events = Event.objects.filter(number__lte=last.number).order_by("number")
    first = events.first().number
    path = folder / f"log-{first}-{last.number}.jsonl"
    folder.mkdir(parents=True, exist_ok=True)
    write_archive(path, events.select_related("detail").iterator(_AT_A_TIME))
    return read_archive(path)


def _delete(last: Event, archive: Archive, *, now: datetime):
    row = LogPurge(
        number=last.number, digest=last.digest, archive_digest=archive.digest, purged_at=now
    )
    row.seal = row.sealed()
    row.save()
    record(
        Action.PURGE,
        row=row,
        first=archive.first,
        last=archive.last,
        digest=last.digest,
        archive=archive.digest,
    )
    EventDetail.objects.filter(event__number__lte=last.number).delete()
    for number in range(archive.first, last.number + 1, _AT_A_TIME):
        until = min(number + _AT_A_TIME - 1, last.number)
        Event.objects.filter(number__range=(number, until)).delete()
