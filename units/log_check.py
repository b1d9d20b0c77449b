"""Is the change log whole? Finds events that were changed, removed, inserted or swapped."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from units.events import BEGINNING, Action, Event, EventDetail, head


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
    """
    seen: dict[int, str] = {}
    anchored = {anchor.number for anchor in anchors}
    erased = _erased_numbers()
    number, previous = 0, BEGINNING
    for event in Event.objects.order_by("number").select_related("detail").iterator(2000):
        if event.number != number + 1:
            yield Fault(number + 1, _gap(number + 1, event.number - 1))
        yield from _faults_of(event, previous, erased)
        number, previous = event.number, event.digest
        if number in anchored:
            seen[number] = event.digest
    yield from _faults_of_anchors(anchors, seen)


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


def _faults_of(event: Event, previous: str, erased: set[int]) -> Iterator[Fault]:
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
