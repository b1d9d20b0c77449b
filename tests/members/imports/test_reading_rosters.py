"""Rosters as offices keep them: headings, names of parties, dates and titles in their own words."""

from datetime import date

import pytest

from members.codes import LEVEL_OF_TITLE
from members.models import Appointment, Membership, Title
from tests import factories
from tests.members.imports.bringing_in import brought_in, faults, outcomes, planned
from tests.units.imports.sheets import xlsx

KEY = ["姓名", "在职/退休"]


def steps(plan, model: str) -> list[dict]:
    """The values of each new record of a kind."""
    return [step.values for step in plan.steps() if step.model == model]


def of_one(unit, **cells) -> tuple[list, list]:
    """(faults, steps as (model, values)) of a row about somebody new in service."""
    plan = planned(unit, [[*KEY, *cells], ["徐文清", "在职", *cells.values()]])
    found = [(step.model, step.values) for step in plan.steps()]
    return [(f.column, f.value) for f in plan.rows[0].faults], found


@pytest.mark.parametrize(
    ("written", "brief"),
    [
        *(("民革党员", "民革"), ("民盟盟员", "民盟"), ("中国民主建国会", "民建"), ("民进", "民进")),
        *(("中国民主促进会会员", "民进"), ("中国民主促进会会员(民进会员)", "民进"), ("07", "民进")),
        *(
            ("农工", "农工"),
            ("农工民主党", "农工"),
            ("农工党党员", "农工"),
            ("中国农工民主党党员", "农工"),
        ),
        *(("致公", "致公"), ("中国致公党党员", "致公"), ("九三", "九三"), ("九三学社社员", "九三")),
        *(("九三社员", "九三"), ("台湾民主自治同盟盟员", "台盟"), (" 民 盟 ", "民盟")),
    ],
)
def test_party_is_known_by_every_name_in_use(in_scope, written, brief):
    missing, found = of_one(in_scope, 政治面貌=written)
    assert missing == []
    assert ("members.membership", factories.party(brief).pk) in [
        (model, values.get("party")) for model, values in found
    ]


@pytest.mark.parametrize("written", ["中共党员", "群众", "无党派人士", "共青团员"])
def test_who_belongs_to_no_democratic_party_gets_no_membership(in_scope, written):
    missing, found = of_one(in_scope, 政治面貌=written)
    assert (missing, [model for model, _values in found]) == (
        [],
        ["members.member", "members.employment"],
    )


@pytest.mark.parametrize("written", ["民主党派", "党员", "民盟；民建", "民盟会"])
def test_party_is_never_guessed(in_scope, written):
    assert of_one(in_scope, 党派=written)[0] == [("party", written)]


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("1993.06.10", ("1993-06-10", "day")),
        ("2016.5", ("2016-05-01", "month")),
        ("2016年9月", ("2016-09-01", "month")),
        ("2017-9-1", ("2017-09-01", "day")),
        ("20170901", ("2017-09-01", "day")),
        ("2017", ("2017-01-01", "year")),
        (2017, ("2017-01-01", "year")),
        (date(2017, 9, 1), ("2017-09-01", "day")),
        # 1 September 2017 as Excel counts days.
        (42979, ("2017-09-01", "day")),
        ("42979", ("2017-09-01", "day")),
        (2016.5, ("2016-05-01", "month")),
    ],
)
def test_date_is_read_as_exactly_as_it_is_written(in_scope, written, stored):
    missing, found = of_one(in_scope, 党派="民盟", 参加党派时间=written)
    values = dict(found)["members.membership"]
    assert (missing, (values["started_on"], values["started_precision"])) == ([], stored)


@pytest.mark.parametrize("written", [2016.1, "2016.13", "去年", "2017-02-30", "=TODAY()"])
def test_date_is_never_guessed(in_scope, written):
    """The number 2016.1 may be January, or October without its zero."""
    assert of_one(in_scope, 党派="民盟", 参加党派时间=written)[0] == [("joined", str(written))]


def test_title_brings_its_level_and_an_unknown_one_needs_it(in_scope):
    """小学高级教师 is a middle level, whatever its name says."""
    for name, level in LEVEL_OF_TITLE.items():
        assert dict(of_one(in_scope, 职称=name)[1])["members.title"]["level"] == level
    assert of_one(in_scope, 职称="首席教师")[0] == [("title_level", "")]
    assert of_one(in_scope, 职称="首席教师", 级别="正高")[0] == []
    assert of_one(in_scope, 职称="小学高级教师", 级别="副高")[0] == [("title_level", "副高")]


def test_headings_below_a_title_in_merged_cells(in_scope, cast):
    """Two rows of headings: 学历学位 stands above 学历 and 学位, the others above nothing."""

    def merge(sheet):
        sheet.merge_cells("A1:F1")
        sheet.merge_cells("D2:E2")
        for column in "ABCF":
            sheet.merge_cells(f"{column}2:{column}3")

    content = xlsx(
        [
            ["普陀区教育学院民主党派成员花名册"],
            ["序号", "姓 名*", "党派（简称）", "学历学位", None, "在职或退休"],
            [None, None, None, "学历", "学位", None],
            [1, "徐文清", "民盟", "硕士研究生", "硕士", "在职"],
            [None, None, None, None, None, None],
        ],
        merge,
    )
    plan = planned(in_scope, content)
    assert plan.headings == {
        "name": "姓 名*",
        "party": "党派（简称）",
        "schooling": "学历",
        "degree": "学位",
        "status": "在职或退休",
    }
    assert (outcomes(plan), plan.unread, plan.rows[0].number) == (["new"], [], 4)
    assert steps(plan, "members.education") == [
        {"level": "14", "degree": "master", "member": {"new": "member:4"}}
    ]


def test_second_party_in_columns_of_the_same_name(in_scope, cast):
    """上海大学: 党派, 参加党派时间, 第二党派, 参加党派时间."""
    heads = ["姓名", "党派", "参加党派时间", "第二党派", "参加党派时间", "在职/退休"]
    brought_in(in_scope, [heads, ["徐文清", "民盟", "1993", "民建", "2001", "在职"]], cast.clerk)
    rows = Membership.objects.order_by("party__order").values_list("party__brief", "started_on")
    assert list(rows) == [("民盟", date(1993, 1, 1)), ("民建", date(2001, 1, 1))]


def test_number_written_as_text_stays_and_a_rounded_one_is_refused(in_scope):
    missing, found = of_one(in_scope, 工号="0912")
    assert dict(found)["members.member"]["staff_number"] == "0912"
    # Half of the column must not look like identity numbers, or it is not read at all.
    rows = [[*KEY, "工号"], ["徐文清", "在职", 4.3e17], ["李明", "在职", "0912"]]
    assert faults(planned(in_scope, rows)) == [(2, "staff_number", "4.3e+17")]


def test_posts_are_taken_apart_and_found_again(in_scope, cast):
    factories.organisation(in_scope, "民盟支部", party=factories.party("民盟"))
    heads = [*KEY, "党派", "党派职务", "校内职务", "社会职务"]
    row = ["徐文清", "在职", "民盟", "民盟区委副主委；民盟支部主委", "师训部主任", "区政协委员"]
    brought_in(in_scope, [heads, row], cast.clerk)
    posts = Appointment.objects.order_by("pk")
    assert [(each.kind, each.level, each.words) for each in posts] == [
        ("party", "district", "民盟区委副主委"),
        ("party", "unit", "民盟民盟支部主委"),
        ("school", "unit", "师训部主任"),
        ("consultative", "district", "区政协委员"),
    ]
    assert outcomes(planned(in_scope, [heads, row])) == ["same"]


def test_post_without_a_body_is_not_guessed(in_scope):
    assert of_one(in_scope, 社会职务="委员")[0] == [("public_posts", "委员")]
    assert of_one(in_scope, 社会职务="热心人士")[0] == [("public_posts", "热心人士")]


def test_month_does_not_replace_the_day_that_is_known(in_scope):
    factories.member(
        in_scope, "徐文清", party="民盟", born_on=date(1975, 3, 15), born_precision="day"
    )
    heads = ["姓名", "出生年月", "党派", "参加党派时间"]
    # Joined on 2005-05-01, known to the day.
    plan = planned(in_scope, [heads, ["徐文清", "1975.3", "民盟", "2005.5"]])
    assert outcomes(plan) == ["same"]
    plan = planned(in_scope, [heads, ["徐文清", "", "民盟", "2005.6"]])
    assert [(c.before, c.after) for c in plan.rows[0].changes] == [("2005-05-01", "2005-06")]


def test_further_title_is_a_further_row(in_scope, cast):
    factories.member(in_scope, "徐文清", title="一级教师")
    heads = ["姓名", "职称", "职称取得时间"]
    assert faults(planned(in_scope, [heads, ["徐文清", "高级教师", ""]])) == [
        (2, "title_since", "")
    ]
    brought_in(in_scope, [heads, ["徐文清", "高级教师", "2016.9"]], cast.clerk)
    assert list(Title.objects.order_by("started_on").values_list("name", flat=True)) == [
        "一级教师",
        "高级教师",
    ]


def test_membership_is_not_ended_by_a_file(in_scope):
    factories.member(in_scope, "徐文清", party="民盟")
    plan = planned(in_scope, [["姓名", "党派"], ["徐文清", "民进"]])
    assert faults(plan) == [(2, "party", "民进")]
    assert "现有记录是民盟" in plan.rows[0].faults[0].expected


def test_day_of_joining_is_that_of_the_first_branch(in_scope):
    """Somebody who went on in another branch in 2015 joined the party in 2005 all the same."""
    person = factories.member(in_scope, "徐文清")
    moved = date(2015, 9, 1)
    factories.membership(person, started_on=date(2005, 5, 1), ended_on=moved)
    factories.membership(person, started_on=moved)
    heads = ["姓名", "党派", "参加党派时间"]
    assert outcomes(planned(in_scope, [heads, ["徐文清", "民盟", "2005.5.1"]])) == ["same"]
    assert faults(planned(in_scope, [heads, ["徐文清", "民盟", "2006.5"]])) == [
        (2, "joined", "2006.5")
    ]
