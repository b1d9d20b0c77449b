"""Purging the change log: never early, never without the file, and what is left is whole."""

import json
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests import factories
from units.append_only import protect, unprotect
from units.events import Action, Event, EventDetail, LogPurge
from units.log_archive import NotAnArchive, read_archive
from units.log_check import faults, read_anchors, write_anchor
from units.log_purge import USUAL_DAYS, PurgeRefused, last_event_older_than, purge

pytestmark = pytest.mark.django_db


def happen(number: int = 3, *, days_ago: int = 0):
    """So many events, so long ago."""
    with time_machine.travel(timezone.now() - timedelta(days=days_ago)):
        for _ in range(number):
            factories.unit()


def purged(folder: Path, *, keep_days: int = 184, anchors=()):
    """Purge, as the command does."""
    return purge(keep_days=keep_days, now=timezone.now(), folder=folder, anchors=list(anchors))


def numbers() -> list[int]:
    return list(Event.objects.order_by("number").values_list("number", flat=True))


@contextmanager
def unprotected():
    """As somebody with the database, who drops its triggers."""
    unprotect(connection)
    yield
    protect(connection)


@pytest.fixture
def log():
    """Three old events, 1 to 3, and three new ones."""
    happen(days_ago=200)
    happen()
    assert numbers() == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("keep_days", [-1, 0, 1, 183])
def test_less_than_184_days_is_refused(log, tmp_path, keep_days):
    """Check 70: the law asks for six months, and 184 days are the longest six months."""
    with pytest.raises(CommandError, match="184") as refused:
        call_command("purge_log", keep_days=keep_days, folder=tmp_path)
    assert refused.value.returncode == 2
    assert numbers() == [1, 2, 3, 4, 5, 6]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("days_ago", "left"), [(183, [1, 2, 3]), (185, [3, 4])])
def test_event_may_go_from_the_185th_day_on(tmp_path, days_ago, left):
    """Check 70: the day before the limit, and the day after it."""
    happen(2, days_ago=days_ago)
    happen(1)
    if left == [1, 2, 3]:
        with pytest.raises(PurgeRefused):
            purged(tmp_path)
    else:
        purged(tmp_path)
    assert numbers() == left


def test_three_years_are_kept_unless_told_otherwise(tmp_path, capsys):
    """Check 70: 3 × 365 days and the leap day."""
    happen(2, days_ago=1097)
    happen(2, days_ago=1095)
    call_command("purge_log", folder=tmp_path)
    assert (USUAL_DAYS, numbers()) == (1096, [3, 4, 5])
    assert str(tmp_path) in capsys.readouterr().out


def test_old_event_after_a_younger_one_stays(log):
    """A clock was put back: the chain is cut at one place, and nothing young goes."""
    happen(days_ago=300)
    assert last_event_older_than(timezone.now() - timedelta(days=184)).number == 3


def test_rest_of_the_log_is_whole_and_goes_on(log, tmp_path):
    """Check 70: the purge is an event of its own, and ``verify_log`` stays true."""
    archive = purged(tmp_path)
    assert numbers() == [4, 5, 6, 7]
    event = Event.objects.get(action=Action.PURGE)
    assert event.detail.content == {
        "first": 1,
        "last": 3,
        "digest": LogPurge.objects.get().digest,
        "archive": archive.digest,
    }
    happen()
    assert list(faults([])) == []
    call_command("verify_log", anchors=tmp_path / "none")


def test_fault_after_a_purge_is_still_found(log, tmp_path):
    """Check 68."""
    purged(tmp_path)
    with unprotected():
        EventDetail.objects.filter(event__number=4).delete()
        Event.objects.filter(number=4).delete()
    assert [fault.number for fault in faults([])] == [4, 5]


def test_second_purge_follows_on_the_first(tmp_path):
    """Check 70: the files follow on one another without a gap."""
    happen(2, days_ago=400)
    happen(2, days_ago=200)
    happen(1)
    first, second = purged(tmp_path, keep_days=300), purged(tmp_path)
    assert (first.first, first.last, second.first, second.last) == (1, 2, 3, 4)
    assert numbers() == [5, 6, 7]
    assert list(faults([])) == []


def test_wrong_clock_of_the_program_purges_nothing(log, tmp_path):
    """Check 70: the database looks at its own."""
    with (
        time_machine.travel(timezone.now() + timedelta(days=300)),
        pytest.raises(DatabaseError, match="184"),
        transaction.atomic(),
    ):
        purged(tmp_path)
    assert numbers() == [1, 2, 3, 4, 5, 6]


def test_anchors_before_a_purge_are_left_out_and_later_ones_hold(log, tmp_path):
    """Check 70: the anchor of the very event that was purged last is compared as well."""
    path = tmp_path / "anchors.txt"
    for number in (2, 3, 5):
        digest = Event.objects.get(number=number).digest
        with path.open("a") as file:
            file.write(f"2026-03-0{number} {number} {digest}\n")
    write_anchor(path, day=date(2026, 3, 6))
    anchors = read_anchors(path)
    purged(tmp_path / "archive", anchors=anchors)
    assert list(faults(anchors)) == []
    false = [type(anchors[0])(each.day, each.number, "0" * 64) for each in anchors]
    assert [fault.number for fault in faults(false)] == [3, 5, 6]


def test_file_holds_every_event_with_its_detail_and_is_closed_to_others(log, tmp_path):
    """Check 70."""
    kept = [(e.number, e.digest, e.detail.content) for e in Event.objects.order_by("number")[:3]]
    purged(tmp_path)
    (path,) = tmp_path.iterdir()
    *lines, _seal = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    assert [(row["number"], row["digest"], row["detail"]["content"]) for row in lines] == kept
    assert path.stat().st_mode & 0o777 == 0o600
    assert (read_archive(path).first, read_archive(path).last) == (1, 3)
    call_command("verify_log", archive=path)


@pytest.mark.parametrize(
    "fault",
    [
        lambda lines: [lines[0].replace(b'"create"', b'"change"'), *lines[1:]],
        lambda lines: lines[1:],
        lambda lines: [lines[0], *lines[2:]],
        lambda lines: lines[:-1],
        lambda lines: [],
        lambda lines: [*lines[:-1], b'{"checksum": 1}'],
        lambda lines: [*lines, b"rubbish"],
    ],
)
def test_changed_file_is_found(log, tmp_path, fault):
    """Check 70: a changed, missing, swapped or further line, and no file of ours at all."""
    purged(tmp_path)
    (path,) = tmp_path.iterdir()
    path.write_bytes(b"\n".join(fault(path.read_bytes().splitlines())))
    with pytest.raises(NotAnArchive):
        read_archive(path)
    with pytest.raises(CommandError):
        call_command("verify_log", archive=path)


def test_file_of_another_installation_is_found(log, tmp_path, settings):
    """Check 70: the file is signed with the key of this installation."""
    purged(tmp_path)
    (path,) = tmp_path.iterdir()
    settings.EVENT_KEY = b"another key"
    with pytest.raises(NotAnArchive):
        read_archive(path)


def test_log_that_is_not_whole_is_not_purged(log, tmp_path):
    """Check 70: the traces of tampering must not be tidied away."""
    with unprotected():
        Event.objects.filter(number=2).update(reason="改写")
    with pytest.raises(PurgeRefused):
        purged(tmp_path)
    assert numbers() == [1, 2, 3, 4, 5, 6]


def test_without_a_file_nothing_is_purged(log, tmp_path):
    """Check 70: a file of that name is not overwritten."""
    (tmp_path / "log-1-3.jsonl").write_text("another")
    with pytest.raises(CommandError) as refused:
        call_command("purge_log", keep_days=184, folder=tmp_path)
    assert (refused.value.returncode, numbers()) == (2, [1, 2, 3, 4, 5, 6])
    assert (tmp_path / "log-1-3.jsonl").read_text() == "another"


def row_of(number: int, **values) -> LogPurge:
    digest = Event.objects.get(number=number).digest
    fields = {"number": number, "digest": digest, "archive_digest": "", **values}
    return LogPurge(**fields, purged_at=timezone.now(), seal="")


def refused_by_the_database(deed) -> bool:
    try:
        with transaction.atomic():
            deed()
    except DatabaseError:
        return True
    return False


def test_database_lets_out_old_events_only(log):
    """Checks 67 and 70: whatever the program asks, the triggers refuse."""
    assert refused_by_the_database(row_of(4).save), "a young event"
    assert refused_by_the_database(row_of(3, digest="0" * 64).save), "not the event's seal"
    assert not refused_by_the_database(row_of(2).save)
    assert refused_by_the_database(row_of(1).save), "before the last purge"
    assert refused_by_the_database(LogPurge.objects.all().delete)
    assert refused_by_the_database(lambda: LogPurge.objects.update(number=6))
    EventDetail.objects.all().delete()
    assert refused_by_the_database(Event.objects.filter(number=3).delete), "after the purge"
    assert refused_by_the_database(lambda: Event.objects.filter(number=2).update(reason="x"))
    assert not refused_by_the_database(Event.objects.filter(number__lte=2).delete)


def test_purge_without_the_key_is_found(log):
    """Check 68: the row in the database carries a seal of its own."""
    row_of(3).save()
    EventDetail.objects.filter(event__number__lte=3).delete()
    Event.objects.filter(number__lte=3).delete()
    assert [fault.number for fault in faults([])] == [3]


def test_event_put_in_before_the_beginning_is_found(log, tmp_path):
    """Check 68."""
    purged(tmp_path)
    Event.objects.create(number=2, at=timezone.now(), previous="", digest="")
    assert [fault.number for fault in faults([])] == [2]
