"""A stored plan opens only unaltered, rests on what was looked at, and is forgotten in time."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from members.erasing import erase
from members.importing import PEOPLE_FROM_SHEETS
from members.models import Member, Membership, Organisation
from tests import factories
from units.encryption import seal
from units.imports.plan import plan_from
from units.imports.plans import (
    KEPT_FOR,
    PlanRefused,
    forget_old_plans,
    keep_plan,
    opened,
)
from units.imports.storing import store
from units.models import Department, EventDetail, SheetImport
from units.row_check import mixed_rows

ROW = ["何青青", "女", "民盟", "1993.6", "在职"]


@pytest.fixture
def plan(in_scope, cast) -> SheetImport:
    """A plan that adds 何青青 and changes 陈静, who is in the records."""
    factories.member(in_scope, "陈静", party="民盟", joined_on=date(1993, 6, 1))
    return factories.planned_import(in_scope, cast.clerk, ROW, ["陈静", "女", "民盟", "", "在职"])


def refusal(row: SheetImport) -> str:
    """Why it is not stored, once it is clear that nobody came in."""
    before = Member.objects.count()
    with pytest.raises(PlanRefused) as refused:
        store(row.pk, kind=PEOPLE_FROM_SHEETS)
    assert Member.objects.count() == before
    return str(refused.value)


def test_plan_is_stored_once(plan):
    """Check 80."""
    store(plan.pk, kind=PEOPLE_FROM_SHEETS)
    assert "已经保存过" in refusal(plan)
    assert Member.objects.filter(name="何青青").count() == 1


def test_same_file_planned_twice_is_stored_once(in_scope, cast):
    """Check 80: both plans would add the person; the second finds that somebody did."""
    first, second = (factories.planned_import(in_scope, cast.clerk, ROW) for _time in range(2))
    store(first.pk, kind=PEOPLE_FROM_SHEETS)
    assert "有人改过" in refusal(second)
    assert Member.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda person: person.save(),
        lambda person: person.memberships.get().save(),
        lambda person: factories.membership(person, "民进"),
        lambda person: factories.person(person.unit, "陈静"),
        lambda person: factories.person(person.unit, "何青青"),
        lambda person: person.memberships.get().delete(),
    ],
    ids=["person", "membership", "further row", "namesake", "newcomer", "deleted row"],
)
def test_plan_is_refused_where_something_it_rests_on_changed(plan, change):
    """What was looked at and confirmed is what is stored, or nothing is."""
    change(Member.objects.get(name="陈静"))
    assert "有人改过" in refusal(plan)


def test_plan_is_stored_though_others_were_changed(plan, in_scope):
    factories.member(in_scope, "周青", party="民进")
    store(plan.pk, kind=PEOPLE_FROM_SHEETS)
    assert Member.objects.filter(name="何青青").exists()


def test_plan_that_was_altered_is_refused(plan):
    """Sealed by a hash over its content, besides the encryption: another plan does not pass."""
    changed = plan_from(opened(plan).as_json())
    changed.rows[0].steps[0].values["name"] = "别人"
    digest = plan.digest
    keep_plan(plan, changed)
    SheetImport.objects.filter(pk=plan.pk).update(digest=digest)
    assert "改动过" in refusal(plan)
    SheetImport.objects.filter(pk=plan.pk).update(
        sealed_content=plan.sealed_content[:-8] + "AAAAAAA="
    )
    assert refusal(plan)


def test_plan_of_another_unit_does_not_open(plan, other_school):
    """Check 26: sealed to the unit and the file it was made for."""
    words = seal("x", bound_to=f"units.sheetimport/plan/unit {other_school.pk}/{plan.file_digest}")
    SheetImport.objects.filter(pk=plan.pk).update(sealed_content=words)
    assert refusal(plan)


def test_names_of_another_units_rows_are_not_found(in_scope, other_school, cast):
    """Check 26: a branch and a department of the other school are none here."""
    factories.organisation(other_school, "第一支部", party=factories.party("民盟"))
    factories.department(other_school, "师训部")
    stranger = factories.person(other_school, "何青青", staff_number="0912")
    heads = ["姓名", "工号", "党派", "党派组织", "在职/退休", "部门"]
    row = ["何青青", "0912", "民盟", "第一支部", "在职", "师训部"]
    faulty = factories.planned_import(in_scope, cast.clerk, row, headings=heads)
    assert [fault.column for fault in opened(faulty).rows[0].faults] == ["organisation"]
    row[3] = ""
    fine = factories.planned_import(in_scope, cast.clerk, row, headings=heads)
    store(fine.pk, kind=PEOPLE_FROM_SHEETS)
    assert Member.objects.get().pk != stranger.pk
    assert Department.objects.get().unit == in_scope
    assert (Membership.objects.get().organisation, Organisation.objects.count()) == (None, 0)
    assert list(mixed_rows()) == []


def test_nothing_of_the_rows_is_readable_in_the_database(plan):
    """Neither in the plan nor in the log: both hold that there was a file, and how many rows."""
    assert "何青青" not in plan.sealed_content
    details = EventDetail.objects.filter(event__model="units.sheetimport")
    assert details.exists()
    assert [each for each in details if "何青青" in str(each.content)] == []
    assert all(plan.sealed_content not in str(each.content) for each in details)


def test_plans_are_forgotten_after_thirty_days(plan, in_scope):
    """Check 60: what became of the import stays known, its rows do not."""
    made = plan.made_at
    assert forget_old_plans(unit=in_scope, now=made + KEPT_FOR) == 0
    assert forget_old_plans(unit=in_scope, now=made + KEPT_FOR + timedelta(seconds=1)) == 1
    plan.refresh_from_db()
    assert (plan.state, plan.sealed_content, plan.new_rows) == ("dropped", "", 1)
    assert "已放弃" in refusal(plan)


def test_retention_command_forgets_them(plan, in_scope, capsys):
    later = timezone.localdate(plan.made_at) + timedelta(days=32)
    call_command("retention", on=later, unit=in_scope.code)
    plan.refresh_from_db()
    assert plan.sealed_content == ""


def test_plan_that_names_an_erased_person_is_forgotten(plan, in_scope, cast):
    """Check 59: nothing of the person stays in what was only planned."""
    other = factories.planned_import(in_scope, cast.clerk, ["周青", "女", "", "", "在职"])
    person = factories.person(in_scope, "何青青")
    erase(person, reason="本人要求", day=date(2026, 3, 2))
    plan.refresh_from_db()
    other.refresh_from_db()
    assert (plan.sealed_content, other.sealed_content != "") == ("", True)


def test_plan_comes_back_as_it_was_kept(plan):
    content = opened(plan)
    assert plan_from(content.as_json()) == content
