"""The history of a record in the admin: before and after, in words, and nobody else's."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from members.erasing import erase
from members.merging import merge
from members.models import Contact, Member, Membership
from tests import factories
from units.acting import Act, acting, because
from units.roles import Role
from units.scoping import scope_of_unit
from units.versions import versions_of

pytestmark = pytest.mark.ignore_template_errors

DAY = date(2017, 12, 31)


@pytest.fixture
def clerk(client, cast):
    """The clerk's browser."""
    client.force_login(cast.clerk)
    return client


@pytest.fixture
def act(cast):
    """Everything the test does is done by the clerk."""
    with acting(Act(user=cast.clerk)):
        yield


def address(row) -> str:
    names = f"{row._meta.app_label}_{row._meta.model_name}"
    return reverse(f"admin:{names}_history", args=[row.pk])


def shown(client, row, **query) -> list[tuple[str, list[str]]]:
    """(heading without its time, lines) of each version on the page."""
    page = client.get(address(row), query).content.decode()
    tables = re.findall(r'<table class="version">(.*?)</table>', page, re.S)
    return [(_heading(table), _lines(table)) for table in tables]


def _heading(table: str) -> str:
    caption = strip_tags(re.search(r"<caption>(.*?)</caption>", table)[1])
    assert re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d · ", caption)
    return caption.partition(" · ")[2]


def _lines(table: str) -> list[str]:
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", table)
    return [" | ".join(strip_tags(cell) for cell in re.split(r"<td[^>]*>", row)) for row in rows]


def test_history_shows_before_and_after_in_words(clerk, cast, act, in_scope):
    person = factories.person(in_scope, "徐文青", sex="female", born_on=date(1960, 5, 1))
    person.name, person.sex, person.born_precision = "徐文清", "", "year"
    with because("更正"):
        person.save()
    who = str(cast.clerk)
    changed, entered = shown(clerk, person)
    assert changed == (
        f"{who} · 人员 修改 · 理由：更正",
        ["姓名 | 徐文青 | 徐文清", "性别 | 女 | –", "出生日期 | 1960-05 | 1960"],
    )
    assert entered == (
        f"{who} · 人员 新增",
        ["姓名 | – | 徐文青", "性别 | – | 女", "出生日期 | – | 1960-05"],
    )


def test_history_shows_the_rows_below_deleted_ones_too(clerk, cast, act, in_scope):
    person = factories.person(in_scope, "徐文清")
    branch = factories.organisation(in_scope, "民盟支部", party=factories.party("民盟"))
    row = factories.membership(person, organisation=branch)
    row.ended_on = date(2017, 6, 30)
    row.save()
    Membership.objects.get(pk=row.pk).delete()
    deleted, changed, entered, _person = shown(clerk, person)
    who = str(cast.clerk)
    assert changed == (f"{who} · 党派成员身份 修改", ["终止日期 | – | 2017-06-30"])
    assert entered[0] == f"{who} · 党派成员身份 新增"
    assert "民主党派 | – | 民盟" in entered[1]
    assert "党派组织 | – | 民盟支部" in entered[1]
    assert deleted[0] == f"{who} · 党派成员身份 删除"
    assert "民主党派 | 民盟 | –" in deleted[1]


def test_history_shows_lists_and_what_is_deleted_by_now(clerk, act, in_scope):
    theme, series = factories.theme(in_scope, "中国梦"), factories.series(in_scope, "课堂")
    event = factories.activity(in_scope, "教育行", themes=[theme], series=series)
    event.series = None
    event.save()
    series.delete()
    lines = [line for _heading, lines in shown(clerk, event) for line in lines]
    assert "主题 | – | 中国梦" in lines
    assert "平台（系列） | （已删除） | –" in lines


def test_history_of_a_save_that_changed_nothing_is_left_out(clerk, act, in_scope):
    person = factories.person(in_scope)
    person.save()
    assert len(shown(clerk, person)) == 1


def test_history_of_what_the_program_did_says_so(clerk, in_scope):
    assert shown(clerk, factories.person(in_scope))[0][0] == "系统 · 人员 新增"


def test_history_covers_what_is_sealed(clerk, act, in_scope):
    contact = Contact(member=factories.person(in_scope), phone="13912345678")
    contact.save()
    contact.phone = "13987654321"
    contact.save()
    changed, _entered = shown(clerk, contact)
    assert changed[1] == ["电话（加密） | ••• | •••"]
    page = clerk.get(address(contact)).content.decode()
    assert [number for number in ("13912345678", "13987654321") if number in page] == []


def test_history_of_an_entry_goes_on_in_the_one_it_was_merged_into(clerk, act, in_scope):
    keep, gone = (factories.person(in_scope, "徐文清") for _each in range(2))
    factories.title_of(gone, "高级教师")
    merge(keep, gone, reason="录入两次", day=DAY)
    found = shown(clerk, keep)
    assert [heading for heading, _lines in found if "录入两次" in heading]
    assert sum("人员 新增" in heading for heading, _lines in found) == 2
    assert any("高级教师" in line for _heading, lines in found for line in lines)


def test_erased_words_stay_erased(clerk, act, in_scope, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    person = factories.person(in_scope, "徐文清", note="原教研组长")
    person.name = "徐文青"
    person.save()
    assert "原教研组长" in clerk.get(address(person)).content.decode()
    erase(person, reason="本人要求", day=DAY)
    page = clerk.get(address(person)).content.decode()
    assert [word for word in ("徐文清", "徐文青", "原教研组长") if word in page] == []
    assert "已删除人员01" in page


def test_history_of_another_unit_is_not_there(client, cast, school, other_school):
    """Two units: neither by the key, nor within the rows below, nor to somebody of both."""
    person = factories.member(school, "隐秘王小明", party="民盟", title="高级教师")
    client.force_login(cast.colleague)
    assert client.get(address(person)).status_code == 404
    with scope_of_unit(other_school):
        assert versions_of(Member, [person.pk]) == []
        assert versions_of(Membership, [row.pk for row in Membership.objects.all()]) == []
    own = factories.member(other_school, "自家李明", party="民盟")
    assert "隐秘" not in client.get(address(own)).content.decode()
    with scope_of_unit(school):
        assert len(versions_of(Member, [person.pk])) == 1


def test_clerk_of_two_units_sees_each_history_by_itself(client, school, other_school):
    account = factories.user(Role.CLERK, unit=school)
    factories.role_grant(account, other_school, Role.CLERK)
    client.force_login(account)
    people = [factories.member(unit, party="民盟") for unit in (school, other_school)]
    for person, other in (people, reversed(people)):
        page = client.get(address(person)).content.decode()
        assert (person.name in page, other.name in page) == (True, False)


def test_queries_do_not_grow_with_the_versions(clerk, act, in_scope):
    person = factories.member(in_scope, party="民盟", title="高级教师")
    numbers = []
    for _round in range(3):
        for since in (date(2006, 1, 1), date(2007, 1, 1)):
            row = person.memberships.get()
            row.started_on = since
            row.save()
        with CaptureQueriesContext(connection) as queries:
            clerk.get(address(person))
        numbers.append(len(queries))
    assert numbers == [numbers[0]] * 3


def test_long_history_has_pages(clerk, act, in_scope):
    person = factories.person(in_scope)
    for number in range(60):
        person.note = str(number)
        person.save()
    assert (len(shown(clerk, person)), len(shown(clerk, person, p=2))) == (50, 11)
