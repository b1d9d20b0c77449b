"""Tampering with the change log is found and named (check 68)."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests import factories
from units.append_only import protect, unprotect
from units.events import Action, Event, EventDetail, record
from units.log_check import faults, read_anchors, write_anchor

pytestmark = pytest.mark.django_db


@pytest.fixture
def log(in_scope):
    """A log of twelve events that can be tampered with, as somebody with the database could."""
    for number in range(12 - Event.objects.count()):
        factories.theme(in_scope, name=f"主题{number}")
    unprotect(connection)
    yield Event.objects
    protect(connection)


def found(anchors=()) -> list[tuple[int, str]]:
    return [(fault.number, fault.what) for fault in faults(list(anchors))]


def remove(*numbers: int):
    EventDetail.objects.filter(event__number__in=numbers).delete()
    Event.objects.filter(number__in=numbers).delete()


def test_untouched_log_is_whole(log, capsys):
    assert found() == []
    call_command("verify_log")
    number = Event.objects.count()
    assert str(number) in capsys.readouterr().out


def test_changed_event_is_named(log):
    """Check 68."""
    log.filter(number=5).update(reason="别的理由")
    assert [number for number, _ in found()] == [5]


def test_changed_detail_is_named(log):
    """Check 68."""
    number = EventDetail.objects.order_by("event__number").last().event.number
    EventDetail.objects.filter(event__number=number).update(content={"name": [None, "别的"]})
    assert [number for number, _ in found()] == [number]


def test_removed_event_is_named(log):
    """Check 68."""
    remove(6)
    assert [number for number, _ in found()] == [6, 7]


def test_swapped_events_are_named(log):
    """Check 68."""
    first, second = log.get(number=4), log.get(number=5)
    log.filter(pk=first.pk).update(number=1000)
    log.filter(pk=second.pk).update(number=4)
    log.filter(pk=first.pk).update(number=5)
    assert {4, 5} <= {number for number, _ in found()}


def test_cut_tail_is_found_by_the_anchor(log, tmp_path):
    """Check 68."""
    write_anchor(tmp_path / "anchors.txt", day=date(2026, 3, 1))
    last = log.order_by("-number").first().number
    remove(last)
    assert found() == []
    assert [number for number, _ in found(read_anchors(tmp_path / "anchors.txt"))] == [last]


def test_chain_written_anew_is_found_by_the_anchor(log, tmp_path):
    """Check 68. Somebody with the key and the database seals everything again from event 3 on."""
    write_anchor(tmp_path / "anchors.txt", day=date(2026, 3, 1))
    previous = log.get(number=2).digest
    for event in log.filter(number__gte=3).order_by("number"):
        event.reason, event.previous = "改写", previous
        event.digest = previous = event.sealed()
        event.save()
    assert found() == []
    last = log.order_by("-number").first().number
    assert [number for number, _ in found(read_anchors(tmp_path / "anchors.txt"))] == [last]


def test_erased_detail_is_whole_only_with_its_erasure(log):
    number = EventDetail.objects.order_by("event__number").last().event.number
    EventDetail.objects.filter(event__number=number).delete()
    assert [number for number, _ in found()] == [number]
    record(Action.ERASE, events=[number])
    assert found() == []


def test_command_fails_and_names_the_event(log):
    """Check 68."""
    log.filter(number=5).update(reason="别的理由")
    with pytest.raises(CommandError, match="5") as refused:
        call_command("verify_log")
    assert refused.value.returncode == 1
