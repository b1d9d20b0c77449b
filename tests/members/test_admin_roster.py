"""The roster in the admin: searched, filtered, and as of a day."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from members.codes import TitleLevel
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


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("曾国平", ["zengguoping", "zeng guo ping", "zgp", "cengguoping"]),
        ("单立堃", ["shanlikun", "shan", "slk"]),
        ("解文静", ["xiewenjing", "xie wen", "xwj"]),
        ("王单", ["wangdan", "wd"]),
        ("欧阳若谷", ["ouyangruogu", "ouyang", "oyrg"]),
        ("阿卜杜拉·买买提", ["abodulamaimaiti", "阿卜杜拉买买提", "买买提"]),
    ],
)
def test_roster_search_by_readings(clerk, school, name, typed):
    factories.member(school, name)
    factories.member(school, "刘友霞")
    assert {words: names_found(clerk, q=words) for words in typed} == dict.fromkeys(typed, [name])


@pytest.mark.parametrize("words", ["danlikun", "jiewenjing"])
def test_roster_search_tolerates_the_reading_of_those_who_do_not_know_it(clerk, school, words):
    factories.member(school, {"d": "单立堃", "j": "解文静"}[words[0]])
    assert len(names_found(clerk, q=words)) == 1


@pytest.mark.parametrize("words", ["wangshan", "liuyouxiaz", "xqw"])
def test_roster_search_finds_nothing_else(clerk, school, words):
    """Within a given name 单 is dān."""
    for name in ("王单", "刘友霞", "徐文清"):
        factories.member(school, name)
    assert names_found(clerk, q=words) == []


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


FIRST, END = date(2010, 3, 1), date(2017, 6, 30)
DAYS = {"2010-02-28": False, "2010-03-01": True, "2017-06-29": True, "2017-06-30": False}


@pytest.mark.parametrize(("day", "holds"), DAYS.items())
def test_roster_filters_are_right_on_any_day(clerk, school, day, holds):
    """The day before, the first day, the last day, and the first that no longer counts."""
    branch = factories.organisation(school, "民盟支部", party=factories.party("民盟"))
    person = factories.person(school, "徐文清")
    dates = {"started_on": FIRST, "ended_on": END}
    factories.membership(person, organisation=branch, **dates)
    factories.employment(person, **dates)
    factories.title_of(person, "一级教师", **dates)
    asked = [
        {"party": "05"},
        {"organisation": str(branch.pk)},
        {"employment": "in_service"},
        {"title_level": "middle"},
    ]
    # Afterwards the person counts on, by other rows; and somebody else counts at no time.
    factories.employment(person, started_on=END, status="retired")
    factories.membership(person, "民革", started_on=END)
    factories.employment(factories.person(school, "他人"), ended_on=END, started_on=FIRST)
    found = [names_found(clerk, on=day, **query) for query in asked]
    assert found == [["徐文清"] if holds else []] * 4


@pytest.mark.parametrize(
    ("day", "level"),
    [("2012-08-31", "middle"), ("2012-09-01", "associate_senior"), ("2020-12-31", "senior")],
)
def test_roster_title_level_is_that_of_the_title_shown(clerk, school, day, level):
    """Earlier titles stay on record without an end when a higher one follows."""
    person = factories.member(school, "徐文清", party="民盟")
    factories.title_of(person, "二级教师", started_on=None)
    factories.title_of(person, "一级教师", started_on=date(2006, 9, 1))
    factories.title_of(person, "高级教师", started_on=date(2012, 9, 1))
    factories.title_of(person, "正高级教师", started_on=date(2018, 9, 1))
    levels = [
        choice for choice in TitleLevel.values if names_found(clerk, on=day, title_level=choice)
    ]
    assert levels == [level]


def test_roster_title_without_a_known_start_is_older_than_every_other(clerk, school):
    person = factories.member(school, "徐文清", party="民盟")
    factories.title_of(person, "高级教师", started_on=date(2012, 9, 1))
    factories.title_of(person, "二级教师", started_on=None)
    assert cells(clerk)[0][-1] == "高级教师"


def test_roster_filters_hold_together(clerk, school):
    """Every filter speaks of the same day, and all of them must hold."""
    person = factories.member(school, "徐文清", party="民盟", title="高级教师")
    factories.membership(person, "民革", started_on=date(2015, 1, 1))
    factories.member(school, "刘友霞", party="民革", status="retired", title="高级教师")
    query = {"party": "04", "employment": "in_service", "title_level": "associate_senior"}
    assert names_found(clerk, on="2017-12-31", **query) == ["徐文清"]
    assert names_found(clerk, on="2014-12-31", **query) == []
    assert names_found(clerk, on="2017-12-31", q="lyx", party="04") == ["刘友霞"]


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
