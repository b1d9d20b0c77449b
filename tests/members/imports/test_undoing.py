"""An import is undone as one, or not at all; a refusal says whose row stands in the way."""

from datetime import date

import pytest

from members.importing import PEOPLE_FROM_SHEETS
from members.models import Employment, Member
from tests import factories
from tests.members.imports.bringing_in import brought_in
from tests.members.imports.test_storing import sheet
from units.imports.plans import PlanRefused
from units.imports.undoing import undo
from units.models import Department, Event, SheetImport

HEADINGS = ["姓名", "党派", "在职/退休", "现状起始时间", "部门"]
ROWS = [["何青青", "民盟", "在职", "2000.9", "师训部"], ["李明明", "民进", "在职", "", "师训部"]]


@pytest.fixture
def stored(in_scope, cast) -> SheetImport:
    return brought_in(in_scope, [HEADINGS, *ROWS], cast.clerk)


def refusal(row: SheetImport) -> str:
    """Why it is not undone, once it is clear that nothing was."""
    before, events = sheet(), Event.objects.count()
    with pytest.raises(PlanRefused) as refused:
        undo(row.pk, kind=PEOPLE_FROM_SHEETS)
    assert (sheet(), Event.objects.count()) == (before, events)
    return str(refused.value)


def test_row_changed_since_is_named(stored):
    person = Member.objects.get(name="李明明")
    person.note = "已核对"
    person.save()
    assert refusal(stored) == "这次导入不能撤销：李明明（3）后来又改过。什么也没有改动。"


def test_row_deleted_since_is_named(stored):
    Member.objects.get(name="李明明").memberships.get().delete()
    assert "李明明（3）" in refusal(stored)


def test_person_who_took_part_since_is_named(stored, in_scope):
    person = Member.objects.get(name="何青青")
    factories.participation(factories.activity(in_scope), person)
    assert refusal(stored) == "这次导入不能撤销：何青青（2）已被其他记录用到。什么也没有改动。"


def test_department_that_others_joined_since_stays(stored, in_scope):
    office = Department.objects.get(name="师训部")
    factories.member(in_scope, "周青", department=office)
    assert "何青青（2）" in refusal(stored)


def test_what_is_undone_is_not_undone_again(stored):
    undo(stored.pk, kind=PEOPLE_FROM_SHEETS)
    assert "无需撤销" in refusal(stored)


def test_each_row_that_goes_has_its_event_and_its_last_version(stored):
    """Check 66: deleted together, reported one by one, with what each was."""
    person = Member.objects.get(name="何青青")
    undo(stored.pk, kind=PEOPLE_FROM_SHEETS)
    event = Event.objects.get(action="delete", model="members.member", object_id=person.pk)
    assert event.source.endswith(f"import {stored.pk}")
    assert event.detail.content["name"] == ["何青青", None]
    versions = Member.history.filter(id=person.pk).order_by("history_id")
    assert [(each.history_type, each.name) for each in versions] == [
        ("+", "何青青"),
        ("-", "何青青"),
    ]
    # Two people with a membership and an employment each, and one department.
    assert Event.objects.filter(action="delete").count() == 2 * 3 + 1


def test_retirement_is_taken_back(in_scope, cast):
    """It ended one row and began another: the one goes, the other goes on."""
    person = factories.member(in_scope, "周青", party="民盟", full_time_teacher=True)
    before = sheet()
    row = brought_in(in_scope, [HEADINGS, ["周青", "", "退休", "2016.5", ""]], cast.clerk)
    rows = Employment.objects.filter(member=person).order_by("started_on")
    assert [(each.status, each.ended_on) for each in rows] == [
        ("in_service", date(2016, 5, 1)),
        ("retired", None),
    ]
    assert rows[1].full_time_teacher is False
    undo(row.pk, kind=PEOPLE_FROM_SHEETS)
    assert sheet() == before
