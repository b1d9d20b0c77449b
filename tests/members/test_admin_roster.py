"""The roster in the admin: searched, filtered, and as of a day."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from members.models import Employment, Member
from tests import factories

pytestmark = pytest.mark.ignore_template_errors

ROSTER = "admin:members_member_changelist"


@pytest.fixture
def clerk(client, cast):
    """The clerk's browser."""
    client.force_login(cast.clerk)
    return client


def names_found(client, **query) -> list[str]:
    answer = client.get(reverse(ROSTER), query)
    assert answer.status_code == 200
    return [member.name for member in answer.context["cl"].result_list]


@pytest.mark.parametrize(
    "term", ["徐文清", "文清", "xu wen qing", "xuwenqing", "wenqing", "XuWenQing", "xwq", "T017"]
)
def test_roster_search_finds(clerk, school, term):
    factories.member(school, "徐文清", staff_number="T017")
    factories.member(school, "刘友霞", staff_number="T018")
    assert names_found(clerk, q=term) == ["徐文清"]


def test_roster_search_surname_reading(clerk, school):
    factories.member(school, "曾国平")
    assert names_found(clerk, q="zengguoping") == ["曾国平"]


def cells(client, **query) -> list[list[str]]:
    """The roster as text: a list of cells for each row."""
    page = client.get(reverse(ROSTER), query).content.decode()
    rows = re.findall(r"<tr><td class=\"action-checkbox\">.*?</tr>", page, re.DOTALL)
    found = [re.findall(r"<(?:td|th) class=\"field-[^>]*>(.*?)</t[dh]>", row) for row in rows]
    return [[strip_tags(cell) for cell in row] for row in found]


def test_roster_columns(clerk, school):
    person = factories.person(school, "徐文清", sex="female")
    factories.employment(person, department=factories.department(school, "师训部"))
    factories.membership(person, "农工", started_on=date(2003, 1, 1))
    factories.membership(person, "民盟")
    factories.title_of(person, "一级教师", started_on=date(2001, 9, 1))
    factories.title_of(person, "高级教师", started_on=date(2012, 9, 1))
    female, in_service = str(Member.Sex.FEMALE.label), str(Employment.Status.IN_SERVICE.label)
    own = ["徐文清", female, "民盟、农工党", "师训部", in_service]
    assert cells(clerk) == [[*own, "高级教师"]]
    assert cells(clerk, on="2010-12-31") == [[*own, "一级教师"]]


@pytest.mark.parametrize(
    ("day", "counted"),
    [
        ("2005-04-30", []),
        ("2005-05-01", ["徐文清"]),
        ("2017-06-29", ["徐文清"]),
        ("2017-06-30", []),
    ],
)
def test_roster_counted_on(clerk, school, day, counted):
    person = factories.person(school, "徐文清")
    factories.employment(person, ended_on=date(2017, 6, 30))
    factories.membership(person)
    assert names_found(clerk, on=day) == counted


def test_roster_counted_on_no_date(clerk, school):
    answer = clerk.get(reverse(ROSTER), {"on": "2017-13-31"})
    assert (answer.status_code, answer.url) == (302, f"{reverse(ROSTER)}?e=1")


def test_roster_day_form_keeps_other_filters(clerk, school):
    page = clerk.get(reverse(ROSTER), {"party": "05", "on": "2017-12-31"}).content.decode()
    assert '<input type="hidden" name="party" value="05">' in page
    assert 'name="on" value="2017-12-31"' in page


def test_roster_filters(clerk, school):
    branch = factories.organisation(school, "民盟支部", party=factories.party("民盟"))
    senior = factories.person(school, "甲")
    factories.employment(senior)
    factories.membership(senior, organisation=branch)
    factories.title_of(senior, "高级教师")
    factories.member(school, "乙", party="民进", status="retired", title="小学高级教师")
    factories.person(school, "丙")
    assert names_found(clerk, party="05") == ["甲"]
    assert names_found(clerk, party="07") == ["乙"]
    assert names_found(clerk, organisation=str(branch.pk)) == ["甲"]
    assert names_found(clerk, employment="in_service") == ["甲"]
    assert names_found(clerk, employment="retired") == ["乙"]
    assert names_found(clerk, employment="none") == ["丙"]
    assert names_found(clerk, title_level="associate_senior") == ["甲"]
    assert names_found(clerk, title_level="middle") == ["乙"]
    assert names_found(clerk, party="05", on="2005-04-30") == []
    assert names_found(clerk, party="99") == []
    assert names_found(clerk, organisation="x") == []


def test_roster_filter_of_organisations_own_unit_only(clerk, school, other_school):
    league = factories.party("民盟")
    factories.organisation(school, "本校民盟支部", party=league)
    factories.organisation(other_school, "外校民盟支部", party=league)
    page = clerk.get(reverse(ROSTER)).content.decode()
    assert ("本校民盟支部" in page, "外校民盟支部" in page) == (True, False)


def roster_queries(client) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse(ROSTER))
    return len(queries)


def test_roster_queries_do_not_grow(clerk, school):
    numbers = []
    for size in (1, 3, 30):
        while len(names_found(clerk)) < size:
            office = factories.department(school)
            factories.member(school, party="民盟", title="高级教师", department=office)
        numbers.append(roster_queries(clerk))
    assert numbers == [numbers[0]] * 3
