"""The roster of a day: who is on it, what stands in its cells, what its filters mean."""

from datetime import date

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as trials
from hypothesis import strategies as st

from members.ages import AgeBand, age_on
from members.models import Employment
from members.roster_columns import COLUMNS
from tests import factories
from tests.listed import shown, shown_on_all_pages
from units.events import Action
from units.models import Event

EVE, DAY, MORROW = (date(2017, 8, 31), date(2017, 9, 1), date(2017, 9, 2))
ALL_COLUMNS = [column.key for column in COLUMNS]


@pytest.fixture
def address(client, cast, school):
    """The roster's address, asked by a viewer: reading needs no more."""
    client.force_login(cast.viewer)
    return reverse("roster", args=[school.code])


def names(client, address, **asked) -> list[str]:
    return [row[0] for row in shown(client.get(address, asked))[1:]]


def cells(client, address, **asked) -> dict[str, str]:
    """The only row, by the headings of its columns; empty cells left out."""
    head, row = shown(client.get(address, {"columns": ALL_COLUMNS, **asked}))
    return {title: cell for title, cell in zip(head, row, strict=True) if cell}


def test_cells_are_those_of_the_day(client, address, school):
    maths = factories.department(school, "数学教研室")
    office = factories.department(school, "教务处")
    branch = factories.organisation(school, "民盟支部", party=factories.party())
    factories.organisation_name(branch, "民盟小组", started_on=date(2010, 1, 1), ended_on=DAY)
    person = factories.person(
        school,
        "徐文清",
        sex="female",
        born_on=date(1970, 6, 19),
        born_precision="day",
        staff_number="0912",
        checked_on=date(2017, 3, 1),
    )
    factories.employment(person, department=maths, full_time_teacher=True, ended_on=DAY)
    factories.employment(person, department=office, started_on=DAY)
    factories.membership(person, organisation=branch, started_precision="month")
    factories.title_of(person, "一级教师", ended_on=DAY)
    factories.title_of(person, "高级教师", started_on=DAY)
    factories.education(person, level="21", degree="bachelor", completed_on=date(1992, 7, 1))
    factories.education(person, level="14", degree="", completed_on=DAY)
    factories.appointment(person, "主委", organisation=branch, level="unit")
    factories.appointment(
        person, "主任", kind="school", level="unit", body="教务处", started_on=DAY
    )
    factories.appointment(person, "委员", kind="consultative", body="区政协")
    always = {
        "姓名": "徐文清",
        "性别": "女",
        "民主党派": "民盟",
        "在职情况": "在职",
        "学位": "学士",
        "出生年月": "1970-06",
        "加入党派时间": "2005-05",
        "社会职务": "区政协委员",
        "工号": "0912",
        "最近核对日期": "2017-03-01",
    }
    assert cells(client, address, day=EVE) == always | {
        "党派组织": "民盟小组",
        "党派职务": "民盟民盟小组主委",
        "部门": "数学教研室",
        "职称": "一级教师",
        "职称级别": "中级",
        "学历": "大学本科",
        "专职教师": "是",
    }
    assert cells(client, address, day=DAY) == always | {
        "党派组织": "民盟支部",
        "党派职务": "民盟民盟支部主委",
        "部门": "教务处",
        "职称": "高级教师",
        "职称级别": "副高级",
        "校内职务": "教务处主任",
        "学历": "硕士研究生",
    }


def test_two_parties_and_several_posts_stand_in_official_order(client, address, school):
    person = factories.member(school, party="农工", joined_on=date(1999, 1, 1))
    factories.membership(person, "民革", started_on=date(2003, 1, 1))
    factories.appointment(person, "委员", party=factories.party("农工"))
    factories.appointment(person, "主委", party=factories.party("民革"))
    found = cells(client, address)
    assert found["民主党派"] == "民革；农工党"
    assert found["加入党派时间"] == "2003-01-01；1999-01-01"
    assert found["党派职务"] == "民革区委主委；农工区委委员"


def test_probes_1_3_and_4_on_the_day_before_the_day_and_after(client, address, school):
    """离休 counts and is not in service; who leaves on a day is not on its roster; who comes is."""
    veteran = factories.person(school, "安老")
    factories.employment(veteran, status=Employment.Status.RETIRED_VETERAN)
    factories.membership(veteran)
    leaver = factories.person(school, "包去")
    factories.employment(leaver, ended_on=DAY)
    factories.membership(leaver)
    factories.member(school, "陈来", party="民盟", joined_on=DAY)
    found = {day: names(client, address, day=day) for day in (EVE, DAY, MORROW)}
    assert found == {EVE: ["安老", "包去"], DAY: ["安老", "陈来"], MORROW: ["安老", "陈来"]}
    assert names(client, address, day=EVE, status="in_service") == ["包去"]
    assert names(client, address, day=EVE, status="any_retired") == ["安老"]
    assert names(client, address, day=EVE, who="gone") == []
    assert names(client, address, day=DAY, who="gone") == ["包去"]


def test_day_is_today_where_none_is_asked_for_and_the_rule_is_said(client, address, time_machine):
    time_machine.move_to("2017-06-19 12:00:00+08:00")
    assert "截至 2017-06-19；结束日期是不再计入的第一天" in client.get(address).content.decode()
    # A day without its year is one of this year.
    text = client.get(address, {"day": "12.31"}).content.decode()
    assert "截至 2017-12-31；" in text


def test_people_stand_by_pinyin_with_surnames_read_as_surnames(client, address, school):
    for name in ("曾晓明", "单立", "解文静", "汪平", "陈喆", "王安", "区静仪"):
        factories.member(school, name, party="民盟")
    assert names(client, address) == [
        *("陈喆", "区静仪", "单立", "汪平", "王安", "解文静", "曾晓明"),
    ]


@pytest.mark.parametrize("words", ["徐文清", "文清", "xwq", "xuwenqing", "xu wen", "0912"])
def test_somebody_is_found_by_what_people_type(client, address, school, words):
    factories.member(school, "徐文清", party="民盟", staff_number="0912")
    factories.member(school, "陈喆", party="民盟")
    answer = client.post(address, {"words": words}, headers={"HX-Request": "true"})
    assert [row[0] for row in shown(answer)[1:]] == ["徐文清"]


def test_no_telephone_number_is_a_column(client, address):
    assert [key for key in ALL_COLUMNS if "phone" in key or "contact" in key] == []


def test_first_look_of_a_sign_in_is_in_the_log(client, address, school):
    """PIPL 28: who belongs to which party is sensitive."""
    factories.member(school, party="民盟")
    for _number in range(3):
        client.get(address)
    looks = Event.objects.filter(action=Action.VIEW)
    assert [(look.unit, look.detail.content) for look in looks] == [
        (school, {"list": "roster", "rows": 1})
    ]


# --- what every filter means, against the facts ---

PARTIES = {"04": "民革", "05": "民盟", "07": "民进"}
TITLES = {"senior": "正高级教师", "middle": "讲师"}


@pytest.fixture
def facts(school):
    """Thirty people with known facts, all since long ago: [(name, facts)]."""
    departments = [factories.department(school).pk for _number in range(2)]
    return [_person(school, number, departments) for number in range(30)]


def _person(school, number: int, departments: list[int]) -> dict:
    known = {
        "party": [None, "04", "05", "07"][number % 4],
        "status": ["in_service", "retired", "retired_veteran"][number % 3],
        "department": [*departments, None][number % 3],
        "title_level": [None, "senior", "middle"][number % 5 % 3],
        "sex": ["", "male", "female"][number % 7 % 3],
        "born_on": date(1950 + 2 * number % 45, 6, 19) if number % 6 else None,
        "post": [None, "party", "school"][number % 8 % 3],
    }
    known["teacher"] = known["status"] == "in_service" and number % 2 == 0
    person = factories.person(school, sex=known["sex"], born_on=known["born_on"])
    factories.employment(
        person,
        status=known["status"],
        full_time_teacher=known["teacher"],
        department_id=known["department"],
    )
    if known["party"]:
        factories.membership(person, PARTIES[known["party"]])
    if known["title_level"]:
        factories.title_of(person, TITLES[known["title_level"]])
    if known["post"]:
        factories.appointment(person, kind=known["post"])
    return {**known, "name": person.name}


def _is_meant(known: dict, asked: dict) -> bool:
    """Whether the facts of one person are what was asked for, said another time."""
    born, age = known["born_on"], asked["age"]
    retired = known["status"] != "in_service"
    meant = {
        "who": bool(known["party"]) or asked["who"] in ("here", "all"),
        "party": known["party"] in asked["party"],
        "status": known["status"] == asked["status"]
        or (asked["status"] == "any_retired" and retired),
        "department": known["department"] == asked["department"],
        "title_level": known["title_level"] in asked["title_level"],
        "sex": known["sex"] == asked["sex"],
        "teacher": known["teacher"] == (asked["teacher"] == "yes"),
        "post": known["post"] == asked["post"],
    }
    if age and not (born and _within(AgeBand.read(age), age_on(DAY, born_on=born))):
        return False
    return meant.pop("who") and all(meant[key] for key in meant if asked[key])


def _within(band: AgeBand, age: int) -> bool:
    return band.youngest <= age <= band.oldest


@trials(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    asked=st.fixed_dictionaries(
        {
            "who": st.sampled_from(["", "here", "all"]),
            "party": st.lists(st.sampled_from([*PARTIES]), max_size=2),
            "status": st.sampled_from(["", "", "in_service", "retired", "any_retired"]),
            "department": st.sampled_from(["", "", 0, 1]),
            "title_level": st.lists(st.sampled_from([*TITLES]), max_size=1),
            "sex": st.sampled_from(["", "", "male", "female"]),
            "teacher": st.sampled_from(["", "", "yes", "no"]),
            "post": st.sampled_from(["", "", "party", "school"]),
            "age": st.sampled_from(["", "", "≤50", "41-55", "≥51"]),
        }
    )
)
def test_filters_mean_what_they_say(client, address, facts, asked):
    """Every combination of filters, against the facts of everybody."""
    departments = sorted({known["department"] for known in facts if known["department"]})
    if asked["department"] != "":
        asked["department"] = departments[asked["department"]]
    rows = shown_on_all_pages(client, address, **asked, day=DAY.isoformat())
    assert {row[0] for row in rows[1:]} == {
        known["name"] for known in facts if _is_meant(known, asked)
    }
