"""A beginning of the change log as a file: one event a line, sealed as a whole.

The last line holds the checksum of all lines before it and a hash over that, keyed as the chain
is: whoever holds the key of this installation can tell that the file is the one that was written.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from units.events import Event, EventDetail, keyed_hash
from units.log_check import chain_faults


class NotAnArchive(Exception):  # noqa: N818 - it says what the file is
    """The file is none of ours, or was cut or changed."""


@dataclass(frozen=True)
class Archive:
    """What a file was found to hold: numbers of the first and last event, and its checksum."""

    first: int
    last: int
    digest: str


def write_archive(path: Path, events: Iterator[Event]) -> str:
    """Write the events to a new file, for this account alone, and return its checksum.

    FileExistsError if there is one of that name. When this returns, the file is on the disk.
    """
    checksum = hashlib.sha256()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        for event in events:
            line = _line(_content_of(event))
            checksum.update(line)
            file.write(line)
        digest = checksum.hexdigest()
        file.write(_line({"checksum": digest, "seal": _seal(digest)}))
        file.flush()
        os.fsync(file.fileno())
    return digest


def read_archive(path: Path) -> Archive:
    """What the file holds, once its seal and every event in it have been found true.

    NotAnArchive, with the reason, for any other file.
    """
    digest = _checked_seal(path)
    first = next(_events_in(path), None)
    if first is None:
        raise NotAnArchive(_("The file holds no event."))
    detailed = {event.number: hasattr(event, "detail") for event in _events_in(path)}
    erased = {number for number, has_detail in detailed.items() if not has_detail}
    before = (first.number - 1, first.previous)
    for fault in chain_faults(_events_in(path), before=before, erased=erased):
        raise NotAnArchive(_("Event %(number)s %(what)s.") % vars(fault))
    return Archive(first.number, max(detailed), digest)


def _content_of(event: Event) -> dict:
    detail = getattr(event, "detail", None)
    kept = {"salt": detail.salt, "content": detail.content} if detail is not None else None
    return {**event.sealed_content(), "digest": event.digest, "detail": kept}


def _events_in(path: Path) -> Iterator[Event]:
    with path.open("rb") as file:
        for line in file:
            content = json.loads(line)
            if "seal" not in content:
                yield _event_of(content)


def _event_of(content: dict) -> Event:
    detail, at = content.pop("detail"), parse_datetime(content.pop("at"))
    keys = {"actor_id": content.pop("actor"), "unit_id": content.pop("unit")}
    event = Event(**content, **keys, at=at)
    if detail is not None:
        EventDetail(event=event, **detail)
    return event


def _checked_seal(path: Path) -> str:
    """The checksum of the file's lines; NotAnArchive unless its last line seals just that."""
    checksum, last = hashlib.sha256(), b""
    with path.open("rb") as file:
        for line in file:
            checksum.update(last)
            last = line
    try:
        said = json.loads(last)
        is_true = said == {"checksum": checksum.hexdigest(), "seal": _seal(checksum.hexdigest())}
    except ValueError:
        is_true = False
    if not is_true:
        raise NotAnArchive(_("The file was changed or cut, or is none of this installation's."))
    return checksum.hexdigest()


def _seal(checksum: str) -> str:
    return keyed_hash({"archive": checksum})


def _line(content: dict) -> bytes:
    text = json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
    return text.encode() + b"\n"
