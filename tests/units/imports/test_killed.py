"""Killed at any moment while imports are stored and undone: all of each is there, or nothing."""

import json

import pytest

from tests.units.installations import finished, manage
from tests.units.test_crash import environment

__all__ = ["environment"]  # a fixture

ROUNDS, IMPORTS, PEOPLE = 20, 60, 20
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
KILL = f"""
import json, os, random, signal, time
from django.db import connections
from members.importing import PEOPLE_FROM_SHEETS
from members.models import Employment, Member, Membership
from units.imports.storing import store
from units.imports.undoing import undo
from units.models import Event, SheetImport, Unit
from units.scoping import scope_of_unit

def states():
    return dict(SheetImport.objects.order_by("pk").values_list("pk", "state"))

def work(tell):
    for number, (key, state) in enumerate(states().items()):
        if state == "planned":
            store(key, kind=PEOPLE_FROM_SHEETS)
            os.write(tell, f"{{key}} stored ".encode())
            if number % 2:
                undo(key, kind=PEOPLE_FROM_SHEETS)
                os.write(tell, f"{{key}} undone ".encode())

def found():
    rows = [model.objects.count() for model in (Member, Membership, Employment)]
    rows.append(Member.history.filter(history_type="+").count())
    rows.append(Event.objects.filter(action="create", model="members.member").count())
    return states(), rows

with scope_of_unit(Unit.objects.get()):
    for round_ in range({ROUNDS}):
        hear, tell = os.pipe()
        connections.close_all()
        child = os.fork()
        if not child:
            work(tell)
            os._exit(0)
        os.close(tell)
        first = os.read(hear, 8)
        time.sleep(random.uniform(0, 0.5))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        told = (first + os.read(hear, 100_000)).decode().split()
        print("round:" + json.dumps([told, *found()]), flush=True)
"""
"""One process after the other works until it is killed; what it told of comes through a pipe."""


@pytest.fixture
def rounds(var, environment) -> list:
    """(what was told, {import: state}, numbers of rows) after each of twenty kills."""
    finished(manage(var, "migrate", **environment))
    finished(manage(var, "shell", "-c", BEGIN, **environment))
    said, _ = manage(var, "shell", "-c", KILL, **environment).communicate(timeout=600)
    finished(manage(var, "verify_log", **environment))
    lines = [line for line in said.splitlines() if line.startswith("round:")]
    return [json.loads(line.removeprefix("round:")) for line in lines]


def test_killed_at_any_moment_an_import_is_whole_or_not_there(rounds):
    """Checks 80 and 81: twenty times while one import after the other is stored or undone."""
    assert len(rounds) == ROUNDS
    told: dict[str, str] = {}
    for said, states, rows in rounds:
        told |= dict(zip(said[::2], said[1::2], strict=True))
        # What was told of is so; what was going on when the kill came may be either.
        undone = {key for key, state in told.items() if state == "undone"}
        assert {states[key] for key in undone} <= {"undone"}
        assert {states[key] for key in told} <= {"stored", "undone"}
        stored = sum(state == "stored" for state in states.values())
        ever = sum(state in ("stored", "undone") for state in states.values())
        # People, memberships and employments of the stored ones; versions and events of all.
        assert rows == [PEOPLE * stored] * 3 + [PEOPLE * ever] * 2
    assert len(told) >= ROUNDS / 2
