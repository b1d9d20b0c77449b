"""Is the change log whole? Finds events that were changed, removed, inserted or swapped."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from units.events import BEGINNING, Action, Event, EventDetail, LogPurge, head


@dataclass(frozen=True)
class Fault:
    """Something wrong at the event with this number."""

    number: int
    what: str


@dataclass(frozen=True)
class Anchor:
    """The head of the chain as it was on a day, kept outside the database."""

    day: str
    number: int
    digest: str


def faults(anchors: list[Anchor]) -> Iterator[Fault]:
    """Every fault of the log, in order of the numbers; nothing if the log is whole.

    The chain shows an event that was changed, removed or put in. Anchors show what no chain can: a
    tail that was cut off, and a chain that somebody with the key wrote anew from some point on.
    What was purged stands in a file (:mod:`units.log_archive`); the log begins after it.
    """
    purge = LogPurge.objects.first()
    if purge is not None and purge.seal != purge.sealed():
        yield Fault(purge.number, _("was purged by somebody without the key"))
    before = (purge.number, purge.digest) if purge else (0, BEGINNING)
    seen = dict([before])
    events = Event.objects.order_by("number").select_related("detail").iterator(2000)
    noted = _noting(events, seen, {anchor.number for anchor in anchors})
    yield from chain_faults(noted, before=before, erased=_erased_numbers())
    yield from _faults_of_anchors([a for a in anchors if a.number >= before[0]], seen)


def chain_faults(
    events: Iterable[Event], *, before: tuple[int, str], erased: Container[int]
) -> Iterator[Fault]:
    """The faults of events that follow on the one with the number and seal ``before``.

    The details of those that are ``erased`` may be missing.
    """
    number, previous = before
    for event in events:
        if event.number <= number:
            yield Fault(event.number, _("was put in"))
            continue
        if event.number != number + 1:
            yield Fault(number + 1, _gap(number + 1, event.number - 1))
        yield from _faults_of(event, previous, erased)
        number, previous = event.number, event.digest


def read_anchors(path: Path) -> list[Anchor]:
    """The anchors of a file written by :func:`write_anchor`; none if it does not exist."""
    if not path.exists():
        return []
    lines = path.read_text(encoding="ascii").splitlines()
    return [Anchor(day, int(number), digest) for day, number, digest in map(str.split, lines)]


def write_anchor(path: Path, *, day: date) -> Anchor:
    """Add today's head to the file, which belongs on another medium than the database."""
    number, digest = head()
    anchor = Anchor(day.isoformat(), number, digest)
    with path.open("a", encoding="ascii") as file:
        file.write(f"{anchor.day} {anchor.number} {anchor.digest}\n")
    return anchor


def _noting(events: Iterable[Event], seen: dict[int, str], numbers: set[int]) -> Iterator[Event]:
    """The events, while the seals of those with ``numbers`` are put into ``seen``."""
    for event in events:
        if event.number in numbers:
            seen[event.number] = event.digest
        yield event


def _faults_of(event: Event, previous: str, erased: Container[int]) -> Iterator[Fault]:
    if event.previous != previous:
        yield Fault(event.number, _("does not follow on the event before it"))
    if event.sealed() != event.digest:
        yield Fault(event.number, _("was changed"))
    detail = getattr(event, "detail", None)
    if detail is None and event.detail_digest and event.number not in erased:
        yield Fault(event.number, _("its detail was removed"))
    if detail is not None and detail.digest() != event.detail_digest:
        yield Fault(event.number, _("its detail was changed"))


def _faults_of_anchors(anchors: list[Anchor], seen: dict[int, str]) -> Iterator[Fault]:
    for anchor in anchors:
        if anchor.number == 0:
            continue
        if anchor.number not in seen:
            yield Fault(anchor.number, _("is gone, though it stood on %s") % anchor.day)
        elif seen[anchor.number] != anchor.digest:
            yield Fault(anchor.number, _("is not what it was on %s") % anchor.day)


def _erased_numbers() -> set[int]:
    """Events whose details were erased with an event that says so."""
    details = EventDetail.objects.filter(event__action=Action.ERASE)
    return {number for detail in details for number in detail.content.get("events", [])}


def _gap(first: int, last: int) -> str:
    if first >= last:
        return _("was removed")
    return _("was removed, and all up to %s") % last
