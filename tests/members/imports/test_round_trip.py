"""What goes out comes in again as the same, whatever is written in it."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from members.models import Member
from members.spreadsheets import PEOPLE, with_sheet_rows
from tests import factories
from tests.members.imports.bringing_in import DAY, brought_in, outcomes, planned
from tests.units.imports.sheets import upload
from units.imports.files import read_sheet
from units.roles import Role
from units.scoping import scope_of_unit
from units.spreadsheets import write_csv, write_xlsx

RARE = "𠮷㐂䶮𫍯𬀩𰻝"
NASTY = ["=1+1", "+8613", "@王", "'0912", "0912", "1E5", "“引号”,逗号", "a\tb", "_x0041_", "＝１"]


def exported(unit, ending: str) -> bytes:
    """The unit's roster as the admin's list hands it out."""
    people = with_sheet_rows(Member.objects.filter(unit=unit), day=DAY)
    headings = [str(column.heading) for column in PEOPLE]
    rows = [[column.value(each) for column in PEOPLE] for each in people]
    if ending == "csv":
        return write_csv(headings, rows, mark="陈静 2017-12-31")
    return write_xlsx(headings, rows, title="人员", mark="陈静")


def full_roster(unit):
    """People with everything a roster can say of somebody."""
    league = factories.party("民盟")
    branch = factories.organisation(unit, "第一支部", party=league)
    office = factories.department(unit, "师训部")
    for number, name in enumerate([f"阿卜杜拉·买买提{RARE[0]}", *(f"王{c}" for c in RARE)]):
        person = factories.member(
            unit,
            name,
            sex="female",
            staff_number=f"{number:04}",
            born_on=date(1975, 3, 1),
            department=office,
            full_time_teacher=True,
            title="高级教师",
            schooling="14",
            note=NASTY[number],
            checked_on=date(2017, 6, 19),
        )
        factories.membership(person, league, organisation=branch, started_on=date(1993, 6, 10))
        factories.membership(person, "民进", started_on=date(2001, 1, 1), started_precision="year")
        factories.appointment(person, "副主委")
        factories.appointment(person, "委员", kind="consultative", body="区政协")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_own_file_says_nothing_new(in_scope, ending):
    """Checks 45 and 89: what looked like a formula is the same text again."""
    full_roster(in_scope)
    plan = planned(in_scope, exported(in_scope, ending), f"人员.{ending}")
    assert outcomes(plan) == ["same"] * 7
    assert plan.unread == ["电话"]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_file_brought_into_another_unit_goes_out_the_same(in_scope, other_school, cast, ending):
    """Checks 45 and 89: byte by byte as CSV, cell by cell as XLSX."""
    full_roster(in_scope)
    content = exported(in_scope, ending)
    with scope_of_unit(other_school):
        factories.organisation(other_school, "第一支部", party=factories.party("民盟"))
        by = factories.user(Role.CLERK, unit=other_school)
        brought_in(other_school, content, by, f"人员.{ending}")
        again = exported(other_school, ending)
    if ending == "csv":
        assert again == content
    assert cells(again, ending) == cells(content, ending)


def cells(content: bytes, ending: str) -> list:
    """The rows of the file, as they are read."""
    return read_sheet(upload(content, f"人员.{ending}")).rows


PART = st.text("王李𠮷㐂䶮𫍯𬀩𰻝阿卜杜拉买提é", min_size=1, max_size=6)
NAMES = st.lists(
    st.lists(PART, min_size=1, max_size=3).map("·".join), min_size=1, max_size=6, unique=True
)
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), max_size=12)


@given(names=NAMES, note=WORDS)
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_names_and_words_come_back_whatever_they_are(in_scope, names, note):
    """Check 89: rare characters, dots, signs; each file adds nobody."""
    note = note.strip()
    for name in names:
        if not Member.objects.filter(name=name).exists():
            factories.member(in_scope, name, party="民盟", note=note)
    for ending in ("csv", "xlsx"):
        plan = planned(in_scope, exported(in_scope, ending), f"人员.{ending}")
        assert set(outcomes(plan)) == {"same"}, [row.faults or row.changes for row in plan.rows]
