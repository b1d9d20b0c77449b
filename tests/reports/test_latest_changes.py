"""What changed lately, on a unit's start page: who, which record, when, and never what it says."""

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.models import Contact
from reports.latest_changes import BELONGS_TO, latest_changes
from tests import factories
from tests.factories.rows import saved
from tests.reports.addresses import address
from units.acting import Act, acting
from units.scoping import scope_of_unit
from units.search import searchables


@pytest.fixture
def by(cast):
    """Makes the clerk act, in a request of that name."""

    def act(request: str):
        return acting(Act(user=cast.clerk, request_id=request))

    return act


def lines(unit, user) -> list[tuple]:
    with scope_of_unit(unit):
        return [
            (line.who, line.action, line.kind, line.name, line.others)
            for line in latest_changes(unit, user=user)
        ]


def test_the_latest_come_first_with_who_did_what_to_which_record(cast, school, by):
    with by("1"):
        person = factories.person(school, "徐文清")
    with by("2"), scope_of_unit(school):
        person.note = "绝密"
        person.save()
    with by("3"):
        factories.activity(school, "学习党章")
    who = cast.clerk.full_name
    assert lines(school, cast.viewer) == [
        (who, "新建", "活动", "学习党章", 0),
        (who, "修改", "人员", "徐文清", 0),
        (who, "新建", "人员", "徐文清", 0),
    ]


def test_the_page_shows_records_and_not_what_they_say(client, cast, school, by):
    factories.unit_year(school)
    with by("1"):
        person = factories.person(school, "徐文清", note="绝密", staff_number="0912")
    client.force_login(cast.clerk)
    page = client.get(address("this-year", school)).content.decode()
    assert f'<a href="{reverse("person", args=[school.code, person.pk])}">徐文清</a>' in page
    assert "绝密" not in page
    assert "0912" not in page


def test_what_belongs_to_a_record_is_a_change_of_it_in_one_line(cast, school, by):
    activity = factories.activity(school, "参观")
    people = [factories.person(school) for _each in range(3)]
    with by("1"):
        for person in people:
            factories.participation(activity, person)
    assert lines(school, cast.clerk)[0] == (cast.clerk.full_name, "修改", "活动", "参观", 0)


def test_a_record_made_with_its_parts_at_once_was_created(cast, school, by):
    with by("1"):
        person = factories.member(school, "徐文清", party="民盟")
    assert lines(school, cast.clerk)[0] == (
        *(cast.clerk.full_name, "新建", "人员", "徐文清"),
        0,
    )
    assert person.name == "徐文清"


def test_many_records_of_one_import_are_one_line(cast, school, by):
    with by("1"):
        for name in ("甲甲", "乙乙", "丙丙"):
            factories.person(school, name)
    assert lines(school, cast.clerk) == [(cast.clerk.full_name, "新建", "人员", "甲甲", 2)]


def test_a_deleted_record_has_neither_name_nor_page(cast, school, by):
    activity = factories.activity(school, "学习党章")
    with by("1"), scope_of_unit(school):
        activity.delete()
    with scope_of_unit(school):
        line = latest_changes(school, user=cast.clerk)[0]
    assert (line.action, line.kind, line.name, line.address) == ("删除", "活动", "", "")


def test_looks_accounts_and_personal_data_are_no_changes_of_records(cast, school, by):
    before = lines(school, cast.clerk)
    person = factories.person(school, "徐文清")
    with by("1"):
        saved(Contact(member=person, phone="13912345678"))
        factories.user("viewer", unit=school)
    assert [line[2] for line in lines(school, cast.clerk)] == ["人员"] + [
        line[2] for line in before
    ]


def test_a_line_without_an_account_was_a_command(client, cast, school):
    factories.unit_year(school)
    factories.person(school, "徐文清")
    client.force_login(cast.clerk)
    page = client.get(address("this-year", school)).content.decode()
    assert "系统 新建：人员" in page


def test_at_most_ten_lines_and_none_of_another_unit(cast, school, other_school, by):
    for number in range(12):
        with by(str(number)):
            factories.person(school, "甲" + "乙丙丁戊己庚辛壬癸子丑寅"[number])
    factories.person(other_school, "别人")
    assert [line[3] for line in lines(school, cast.clerk)] == [
        "甲" + last for last in "寅丑子癸壬辛庚己戊丁"
    ]


def test_who_sees_no_records_sees_no_changes(client, cast, school):
    factories.unit_year(school)
    factories.person(school, "徐文清")
    seen = {}
    for part, account in cast:
        client.force_login(account)
        answer = client.get(address("this-year", school))
        seen[part] = answer.status_code, "徐文清" in answer.content.decode()
    assert seen == {
        "clerk": (200, True),
        "secretary": (200, True),
        "auditor": (403, False),
        "administrator": (403, False),
        "viewer": (200, True),
        "colleague": (404, False),
    }


def test_the_queries_are_three_whatever_has_changed(cast, school, by):
    asked = []
    for more in (1, 3, 60):
        for number in range(more):
            with by(f"{more}-{number}"):
                person = factories.member(school, party="民盟", title="高级教师")
                factories.participation(factories.activity(school), person)
        with scope_of_unit(school), CaptureQueriesContext(connection) as queries:
            latest_changes(school, user=cast.clerk)
        asked.append(len(queries))
    # The account's roles are read once more the first time.
    assert asked[1:] == [3, 3]
    assert asked[0] <= 4


def test_what_a_record_belongs_to_is_a_field_of_it_and_can_be_found(in_scope):
    found = {each.rows().model._meta.concrete_model for each in searchables()}
    for label, name in BELONGS_TO.items():
        field = apps.get_model(label)._meta.get_field(name)
        assert field.related_model._meta.concrete_model in found, label
