"""People come in from a spreadsheet as planned: all of them or nobody, once, and out again."""

from datetime import date

import pytest

from members.importing import PEOPLE_FROM_SHEETS
from members.models import Member
from members.spreadsheets import PEOPLE, with_sheet_rows
from tests import factories
from tests.members.imports.bringing_in import DAY, brought_in, faults, kept, outcomes, planned
from units.imports.plans import PlanRefused
from units.imports.storing import store
from units.imports.undoing import undo
from units.models import Department, Event
from units.recording import ChangeRefused

HEADINGS = ["姓名", "性别", "工号", "出生年月", "党派", "参加党派时间", "在职/退休", "部门", "职称"]
XU = ["徐文清", "女", "0912", "1975.3", "民盟盟员", "1993.06.10", "在职", "师训部", "高级教师"]


def sheet(day: date = DAY) -> list[list[str]]:
    """The roster as the export gives it, cells in words."""
    people = with_sheet_rows(Member.objects.order_by("sort_key", "pk"), day=day)
    rows = [[column.value(person) for column in PEOPLE] for person in people]
    return [[str(column.heading) for column in PEOPLE], *rows]


@pytest.fixture
def clerk(cast):
    return cast.clerk


def test_person_comes_in_with_everything_the_row_says(in_scope, clerk):
    brought_in(in_scope, [HEADINGS, XU], clerk)
    headings, row = sheet()
    said = {name: cell for name, cell in zip(headings, row, strict=True) if cell not in (None, "")}
    assert {name: str(cell) for name, cell in said.items()} == {
        "工号": "0912",
        "姓名": "徐文清",
        "性别": "女",
        "出生日期": "1975年3月",
        "民主党派": "民盟",
        "加入党派时间": "1993-06-10",
        "在职情况": "在职",
        "部门": "师训部",
        "专职教师": "False",
        "职称": "高级教师",
        "职称级别": "副高级",
    }
    person = Member.objects.get()
    assert (person.sort_key, person.version) != ("", None)
    assert Member.objects.found_by("xwq").get() == person


def test_same_file_again_adds_nothing(in_scope, clerk):
    """Check 80."""
    brought_in(in_scope, [HEADINGS, XU], clerk)
    assert outcomes(planned(in_scope, [HEADINGS, XU])) == ["same"]


def test_file_with_a_bad_last_row_stores_nothing(in_scope, clerk):
    """Check 80: the bad row is named by its number, and nothing of the others is stored."""
    bad = ["李明", "男", "", "1975.13", "民主党派", "", "在职", "", ""]
    plan = planned(in_scope, [["花名册"], HEADINGS, XU, bad])
    assert faults(plan) == [(4, "born", "1975.13"), (4, "party", "民主党派")]
    with pytest.raises(PlanRefused):
        store(kept(in_scope, plan, clerk).pk, kind=PEOPLE_FROM_SHEETS)
    assert (Member.objects.count(), Department.objects.count()) == (0, 0)


def test_import_is_undone_as_one(in_scope, clerk):
    stored = factories.member(in_scope, "陈静", party="民进")
    before = sheet()
    chen = ["陈静", "女", "0007", "", "民进", "", "", "教务处", ""]
    row = brought_in(in_scope, [HEADINGS, XU, chen], clerk)
    assert sheet() != before
    undo(row.pk, kind=PEOPLE_FROM_SHEETS)
    assert sheet() == before
    assert Member.objects.get() == stored


def test_every_event_of_an_import_carries_its_number(in_scope, clerk):
    """Check 66: person, department and three rows about the person, and the import itself."""
    row = brought_in(in_scope, [HEADINGS, XU], clerk)
    events = Event.objects.filter(source__endswith=f"import {row.pk}").order_by("number")
    assert [(each.action, each.model) for each in events] == [
        ("create", "units.department"),
        ("create", "members.member"),
        ("create", "members.membership"),
        ("create", "members.employment"),
        ("create", "members.title"),
        ("change", "units.sheetimport"),
    ]


def test_closed_year_takes_nobody_in(in_scope, clerk, cast):
    """Check 76: whoever was here in a closed year would be counted in it."""
    since = [*HEADINGS, "现状起始时间"]
    open_plan = kept(in_scope, planned(in_scope, [since, [*XU, "2000.9"]]), clerk)
    factories.closed_year(in_scope, cast.secretary)
    plan = planned(in_scope, [since, [*XU, "2000.9"]])
    assert [(row, column) for row, column, _value in faults(plan)] == [(2, "")]
    assert "2017" in plan.rows[0].faults[0].expected
    with pytest.raises(ChangeRefused):
        store(open_plan.pk, kind=PEOPLE_FROM_SHEETS)
    assert not Member.objects.exists()
    assert outcomes(planned(in_scope, [since, [*XU, "2018.2"]])) == ["new"]
