"""Killed while files come in: no row without its files, and the rest is cleaned up."""

import signal
import time

import pytest

from tests.units.installations import finished, manage, query

LOOP = """
import uuid
from pathlib import Path
from django.core.files.uploadedfile import SimpleUploadedFile
from activities.models import Activity
from activities.uploads.storing import Origin, store
from units.models import Unit, User
from units.scoping import scope_of_unit
unit = Unit.objects.get()
with scope_of_unit(unit):
    meeting = Activity.objects.get()
    print("ready", flush=True)
    for number in range(10_000):
        origin = Origin(meeting, User.objects.get(), str(uuid.uuid4()))
        upload = SimpleUploadedFile(f"{number}.txt", f"Nummer {number}".encode() * 50_000)
        row = store(upload, origin=origin)
        print(row.pk, flush=True)
"""
BEGIN = """
from activities.models import Activity
from units.models import Unit, User
from units.scoping import scope_of_unit
unit = Unit.objects.create(code="a", name="A", short_name="A", kind="school")
User.objects.create_user(username="clerk", full_name="录入员")
with scope_of_unit(unit):
    Activity.objects.create(unit=unit, kind="symposium", title="座谈会")
"""


@pytest.fixture
def installation(tmp_path):
    finished(manage(tmp_path, "migrate"))
    finished(manage(tmp_path, "shell", "-c", BEGIN))
    return tmp_path


def told_until_killed(installation, seconds: float) -> list[int]:
    """The keys of the rows that the program had told of when it was killed."""
    process = manage(installation, "shell", "-c", LOOP)
    while process.stdout.readline().strip() != "ready":
        pass
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    return [int(line) for line in process.communicate(timeout=30)[0].split()]


def test_kill_leaves_no_row_without_its_file(installation):
    """Check 81: every file that was acknowledged is there, once, and unchanged."""
    told = []
    for seconds in (0.4, 0.9, 1.3, 1.71):
        told += told_until_killed(installation, seconds)
    rows = query(installation, "SELECT id, file FROM activities_evidence")
    assert len(told) > 4
    assert set(told) <= {key for key, _file in rows}
    for _key, file in rows:
        assert (installation / "files" / file).is_file()
    # What is left behind is found, and goes when it is asked to.
    cleaned = finished(manage(installation, "verify_files", "--clean", "--older-than", "0"))
    assert "佐证文件齐全，均未改动。" in cleaned
    assert finished(manage(installation, "verify_files")) == "佐证文件齐全，均未改动。\n"
    assert len(list((installation / "files").rglob("*.txt"))) == len(rows)
