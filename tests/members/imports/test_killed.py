"""Killed at any moment while imports are stored and undone: all of each is there, or nothing."""

import json
import random
import signal
import time

import pytest

from tests.units.installations import finished, manage
from tests.units.test_crash import environment

__all__ = ["environment"]  # a fixture

ROUNDS, IMPORTS, PEOPLE = 20, 100, 25
BEGIN = f"""
from tests import factories
from units.models import Unit, User
unit = Unit.objects.create(code="a", name="A", short_name="A", kind="school")
user = User.objects.create_user(username="clerk", full_name="录入员")
for number in range({IMPORTS}):
    names = (f"何{{chr(0x4E00 + number)}}{{chr(0x5E00 + each)}}" for each in range({PEOPLE}))
    rows = ([name, "女", "民盟", "1993.6", "在职"] for name in names)
    factories.planned_import(unit, user, *rows)
"""
WORK = """
import json
from members.importing import PEOPLE_FROM_SHEETS
from members.models import Employment, Member, Membership
from units.imports.storing import store
from units.imports.undoing import undo
from units.models import Event, SheetImport, Unit
from units.scoping import scope_of_unit
with scope_of_unit(Unit.objects.get()):
    states = list(SheetImport.objects.order_by("pk").values_list("pk", "state"))
    rows = [model.objects.count() for model in (Member, Membership, Employment)]
    rows.append(Member.history.filter(history_type="+").count())
    rows.append(Event.objects.filter(action="create", model="members.member").count())
    print("found:" + json.dumps([states, rows]), flush=True)
    for number, (key, state) in enumerate(states):
        if state == "planned":
            store(key, kind=PEOPLE_FROM_SHEETS)
            print("stored:", key, flush=True)
            if number % 2:
                undo(key, kind=PEOPLE_FROM_SHEETS)
                print("undone:", key, flush=True)
print("done", flush=True)
"""


@pytest.fixture
def installation(tmp_path, environment):
    """Where a hundred imports wait to be stored; and how its database is reached."""
    finished(manage(tmp_path, "migrate", **environment))
    finished(manage(tmp_path, "shell", "-c", BEGIN, **environment))
    return tmp_path, environment


def killed(installation, seconds: float) -> tuple[dict, list[int], dict]:
    """({import: state}, rows) as the next program finds them, and {import: what it told of}."""
    var, environment = installation
    process = manage(var, "shell", "-c", WORK, **environment)
    line = ""
    while not line.startswith("found:"):
        line = process.stdout.readline()
        assert line, process.communicate()
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    told = process.communicate(timeout=60)[0].split("\n")
    states, rows = json.loads(line.removeprefix("found:"))
    last = {int(each.split()[1]): each.split(":")[0] for each in told if ": " in each}
    return dict(states), rows, last


def test_killed_at_any_moment_an_import_is_whole_or_not_there(installation):
    """Checks 80 and 81: twenty times while one import after the other is stored or undone."""
    told: dict[int, str] = {}
    for _round in range(ROUNDS):
        states, rows, last = killed(installation, random.uniform(0.02, 0.6))  # noqa: S311
        # What was told of before the kill is so after it; what was going on may be either.
        assert {key: states[key] for key, state in told.items() if state == "undone"} == {
            key: "undone" for key, state in told.items() if state == "undone"
        }
        assert all(states[key] in ("stored", "undone") for key in told)
        stored = sum(state == "stored" for state in states.values())
        ever = sum(state in ("stored", "undone") for state in states.values())
        # Persons, memberships and employments of the stored ones; versions and events of all.
        assert rows == [PEOPLE * stored] * 3 + [PEOPLE * ever] * 2
        told |= last
    assert len(told) > ROUNDS / 2
    finished(manage(installation[0], "verify_log", **installation[1]))
