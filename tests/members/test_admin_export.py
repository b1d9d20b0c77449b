"""The roster as a file: exactly the rows shown, in their order, logged, with nothing too much."""

import csv
import io
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.contrib.admin.views.main import ERROR_FLAG
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from members.models import Contact
from tests import factories
from tests.members.test_admin_roster import ROSTER, names_found
from units.events import Action, Event
from units.roles import Role
from units.scoping import scope_of_unit
from units.spreadsheets import MARK_SIGN

pytestmark = pytest.mark.ignore_template_errors

LINK = "admin:members_member_export_{}"


@pytest.fixture
def clerk(client, cast):
    """The clerk's browser."""
    client.force_login(cast.clerk)
    return client


def xlsx(client, **query):
    answer = client.get(reverse(LINK.format("xlsx")), query)
    assert answer.status_code == 200
    return load_workbook(io.BytesIO(answer.content)).active


def table(client, **query) -> list[dict[str, str]]:
    """The CSV, one dictionary for each row."""
    answer = client.get(reverse(LINK.format("csv")), query)
    assert answer.status_code == 200
    assert answer.content.startswith(b"\xef\xbb\xbf")
    lines = answer.content.decode("utf-8-sig").splitlines(keepends=True)
    assert MARK_SIGN in lines[-1]
    return list(csv.DictReader(lines[:-1]))


def everything(school):
    """A person with a row of every kind that the roster's file has a column for."""
    office = factories.department(school, "师训部")
    league = factories.party("民盟")
    branch = factories.organisation(school, "民盟支部", party=league)
    person = factories.person(
        school,
        "徐文清",
        sex="female",
        staff_number="0912",
        ethnic_group="汉族",
        born_on=date(1970, 5, 1),
        checked_on=date(2017, 9, 1),
        note="=1+1",
    )
    factories.membership(
        person, organisation=branch, started_on=date(2005, 1, 1), started_precision="year"
    )
    factories.membership(person, "民革", started_on=date(2010, 6, 19), ended_on=date(2016, 1, 1))
    factories.membership(person, "九三", started_on=date(2016, 1, 1), started_precision="month")
    factories.employment(person, department=office, full_time_teacher=True)
    factories.title_of(person, "高级教师")
    factories.education(person, level="14", degree="master")
    factories.appointment(person, "主委")
    factories.appointment(person, "代表", kind="congress", body="区人大")
    with scope_of_unit(school):
        Contact(member=person, phone="13912345678").save()
    return person


def test_export_has_every_column(clerk, school):
    everything(school)
    assert table(clerk, on="2017-12-31") == [
        {
            "工号": "'0912",
            "姓名": "徐文清",
            "性别": "女",
            "民族": "汉族",
            "出生日期": "1970年5月",
            "民主党派": "民盟",
            "加入党派时间": "2005年",
            "党派组织": "民盟支部",
            "第二党派": "九三学社",
            "加入第二党派时间": "2016年1月",
            "党派职务": "民盟区委主委",
            "在职情况": "在职",
            "现状起始时间": "2000-09-01",
            "部门": "师训部",
            "专职教师": "是",
            "校内职务": "",
            "职称": "高级教师",
            "职称级别": "副高级",
            "职称取得时间": "2010-09-01",
            "学历": "硕士研究生",
            "学位": "硕士",
            "社会职务": "区人大代表",
            "电话": "139****5678",
            "最近核对日期": "2017-09-01",
            "信息来源": "",
            "备注": "'=1+1",
        }
    ]


def test_export_as_workbook_has_dates_and_texts(clerk, school):
    everything(school)
    sheet = xlsx(clerk, on="2017-12-31")
    cells = {head.value: cell for head, cell in zip(*sheet.iter_rows(), strict=True)}
    assert [cells[name].value for name in ("工号", "备注", "最近核对日期")] == [
        "0912",
        "=1+1",
        datetime(2017, 9, 1),  # noqa: DTZ001 - a spreadsheet knows no time zones
    ]
    assert {cell.data_type for cell in cells.values() if cell.value is not None} == {"s", "d"}
    assert sheet.title == "人员"


def test_export_is_of_the_day_of_the_list(clerk, school):
    everything(school)
    (row,) = table(clerk, on="2012-12-31")
    assert (row["民主党派"], row["第二党派"], row["党派职务"]) == ("民革", "民盟", "")


def test_export_is_exactly_what_the_list_shows(clerk, school):
    """Probe 12: filters, search and order of the page, its rows beyond the first page too."""
    for number in range(60):
        factories.member(school, party="民盟" if number % 2 else "民革", title="高级教师")
    factories.member(school, "徐文清", party="民盟", status="retired")
    for query in ({}, {"party": "05"}, {"employment": "retired"}, {"q": "xwq"}, {"o": "-1"}):
        listed = names_found(clerk, **query, all="")
        assert [row["姓名"] for row in table(clerk, **query)] == listed, query
        names = [cell.value for cell in xlsx(clerk, **query)["B"]]
        assert names[1:] == listed, query


def test_export_with_a_filter_that_is_none_is_refused_as_the_list_is(clerk):
    answer = clerk.get(reverse(LINK.format("csv")), {"on": "2017-13-31"})
    assert (answer.status_code, answer.url) == (302, f"{reverse(ROSTER)}?{ERROR_FLAG}=1")


def test_links_on_the_list_keep_what_was_asked(clerk, school):
    page = clerk.get(reverse(ROSTER), {"party": "05", "q": "xwq"}).content.decode()
    for kind in ("xlsx", "csv"):
        assert f'href="{reverse(LINK.format(kind))}?party=05&amp;q=xwq"' in page


def test_export_is_logged_with_filter_and_number(clerk, cast, school):
    """Check 64."""
    factories.member(school, "徐文清", party="民盟")
    table(clerk, party="05", q="徐文清")
    event = Event.objects.filter(action=Action.EXPORT).get()
    assert (event.unit, event.actor) == (school, cast.clerk)
    assert event.detail.content == {
        "file": "members.member",
        "format": "csv",
        "asked": {"party": ["05"], "q": ["徐文清"]},
        "rows": 1,
    }


def test_export_of_nothing_is_logged_too(clerk, school):
    assert table(clerk) == []
    event = Event.objects.filter(action=Action.EXPORT).get()
    assert (event.unit, event.detail.content["rows"]) == (school, 0)


def test_export_is_named_and_marked(clerk, cast, school):
    """Check 64: the foot of each printed page says whose copy it is."""
    answer = clerk.get(reverse(LINK.format("xlsx")))
    assert "%E4%BA%BA%E5%91%98" in answer["Content-Disposition"]  # 人员
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert cast.clerk.username in sheet.oddFooter.left.text


def test_large_export_asks_for_the_password_again(clerk, school, settings):
    """Check 64: for more than so many rows, unless it was given within ten minutes."""
    settings.EXPORT_ROWS = 1
    for _each in range(2):
        factories.member(school)
    address = reverse(LINK.format("csv"))
    assert clerk.get(address).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        answer = clerk.get(address)
        assert answer.status_code == 302
        assert answer.url.startswith(reverse("confirm-sign-in"))
        assert clerk.get(address, {"q": "x"}).status_code == 200


def queries_of(client) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse(LINK.format("csv")))
    return len(queries)


def test_queries_do_not_grow_with_the_rows(clerk, school):
    numbers = []
    for _round in range(3):
        everything_once = factories.member(school, party="民盟", title="高级教师", schooling="14")
        factories.appointment(everything_once)
        numbers.append(queries_of(clerk))
    assert numbers == [numbers[0]] * 3


ANSWERS = {
    "clerk": 200,
    "secretary": 200,
    "auditor": 302,
    "administrator": 403,
    "viewer": 302,
    "colleague": 200,  # the other school's own rows
}


@pytest.mark.parametrize("part", ANSWERS)
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_export_by_cast(client, cast, school, other_school, part, kind):
    factories.member(school, "隐秘王小明")
    client.force_login(getattr(cast, part))
    assert client.get(reverse(LINK.format(kind))).status_code == ANSWERS[part]
    if part == "colleague":
        assert table(client) == []
        assert table(client, q="隐秘") == []


def test_clerk_of_two_units_gets_both_apart_and_both_logs_say_so(client, school, other_school):
    account = factories.user(Role.CLERK, unit=school)
    factories.role_grant(account, other_school, Role.CLERK)
    client.force_login(account)
    factories.member(school, "甲")
    factories.member(other_school, "乙")
    assert [(row["单位"], row["姓名"]) for row in table(client)] == [
        (school.name, "甲"),
        (other_school.name, "乙"),
    ]
    events = Event.objects.filter(action=Action.EXPORT)
    assert {(event.unit, event.detail.content["rows"]) for event in events} == {
        (school, 1),
        (other_school, 1),
    }
