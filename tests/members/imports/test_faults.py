"""A large roster with faults of every kind: all are listed, nothing is stored; then all of it."""

import pytest

from members.importing import PEOPLE_FROM_SHEETS
from members.models import Member
from tests import factories
from tests.members.imports.bringing_in import DAY, faults, kept, outcomes, planned
from units.imports.planning import row_planned_again
from units.imports.plans import PlanRefused, keep_plan, opened
from units.imports.storing import store

ROWS = 400
HEADINGS = [
    *("工号", "姓名", "性别", "出生年月", "党派", "参加党派时间", "党派组织", "党派职务"),
    *("在职/退休", "专职教师", "职称", "学历", "学位", "社会职务"),
]
# kind of fault: (column as the plan calls it, place in the row, what is written there)
PLANTED = {
    "no name": ("name", 1, ""),
    "digits in the name": ("name", 1, "王3"),
    "unknown sex": ("sex", 2, "不详"),
    "no such month": ("born", 3, "1975.13"),
    "number that lost its zero": ("born", 3, 1975.1),
    "unknown party": ("party", 4, "民主党派"),
    "no date": ("joined", 5, "改革开放初期"),
    "no such day": ("joined", 5, "2017-02-30"),
    "unknown organisation": ("organisation", 6, "第九支部"),
    "no body": ("party_posts", 7, "委员"),
    "unknown status": ("status", 8, "病休"),
    "neither yes nor no": ("teacher", 9, "可能"),
    "title without a level": ("title_level", 10, "首席教师"),
    "unknown schooling": ("schooling", 11, "自学"),
    "unknown degree": ("degree", 12, "名誉"),
    "formula": ("public_posts", 13, '=HYPERLINK("http://x.cn")'),
    "number too long": ("staff_number", 0, 4.3e17),
}
FAULTY_ROWS = 40


def good_row(number: int) -> list:
    given = "".join(chr(0x4E00 + (number // 60**place) % 60) for place in range(2))
    return [
        *(
            f"{number:05}",
            f"何{given}",
            "女" if number % 2 else "男",
            "1975.3",
            "民盟",
            "1993.06.10",
        ),
        *("", "民盟区委委员", "在职", "是", "高级教师", "大学本科", "学士", "区政协委员"),
    ]


@pytest.fixture
def roster() -> tuple[list[list], dict[int, str]]:
    """The rows, and which column is at fault in which row of the file."""
    rows = [good_row(number) for number in range(ROWS)]
    planted = {}
    for number in range(FAULTY_ROWS):
        column, place, written = list(PLANTED.values())[number % len(PLANTED)]
        at = 7 + number * 9
        rows[at][place] = written
        planted[at + 2] = column
    return [HEADINGS, *rows], planted


def test_every_planted_fault_is_listed_and_nothing_stored(in_scope, cast, roster):
    """Check 80: forty faults of seventeen kinds; corrected one by one, all is stored at once."""
    assert len(PLANTED) >= 15
    rows, planted = roster
    plan = planned(in_scope, rows)
    found = faults(plan)
    assert {row: column for row, column, _value in found} == planted
    assert len(found) == FAULTY_ROWS
    assert all(fault.expected for row in plan.faulty for fault in row.faults)
    row = kept(in_scope, plan, cast.clerk)
    with pytest.raises(PlanRefused):
        store(row.pk, kind=PEOPLE_FROM_SHEETS)
    assert not Member.objects.exists()
    plan = opened(row)
    for number in planted:
        wrong = plan.row(number)
        correct = zip(HEADINGS, good_row(number - 2), strict=True)
        keys = {heading: key for key, heading in plan.headings.items()}
        wrong.cells = {keys[heading]: cell for heading, cell in correct if cell}
        row_planned_again(plan, wrong, kind=PEOPLE_FROM_SHEETS, unit=in_scope, day=DAY)
    assert set(outcomes(plan)) == {"new"}
    keep_plan(row, plan)
    store(row.pk, kind=PEOPLE_FROM_SHEETS)
    assert Member.objects.count() == ROWS


def test_person_named_twice_and_a_number_of_somebody_else(in_scope):
    factories.person(in_scope, "陈静", staff_number="0007")
    rows = [
        ["姓名", "工号", "在职/退休"],
        ["何青", "", "在职"],
        ["何青", "", "在职"],
        ["李明", "0007", "在职"],
    ]
    assert faults(planned(in_scope, rows)) == [(3, "name", "何青"), (4, "staff_number", "0007")]


def test_duplicate_is_none_once_the_first_row_is_corrected(in_scope):
    rows = [["姓名", "在职/退休"], ["何青", "在职"], ["何青", "在职"]]
    plan = planned(in_scope, rows)
    assert outcomes(plan) == ["new", "wrong"]
    plan.row(2).cells["name"] = "何晴"
    row_planned_again(plan, plan.row(2), kind=PEOPLE_FROM_SHEETS, unit=in_scope, day=DAY)
    assert outcomes(plan) == ["new", "new"]
