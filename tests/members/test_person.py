"""A person's page: what held on a day, one timeline, and the ways to what else there is."""

import re
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.models import MergedEntry
from tests import factories
from tests.factories.rows import saved
from units.events import Action
from units.models import Event

EVE, DAY = date(2017, 8, 31), date(2017, 9, 1)


@pytest.fixture
def somebody(school):
    """Somebody who retired on :data:`DAY`, with a row of every kind."""
    row = factories.person(school, "徐文清", born_on=date(1957, 8, 1), sex="female")
    office = factories.department(school, "教务处")
    branch = factories.organisation(school, "民盟支部", party=factories.party())
    factories.employment(row, department=office, full_time_teacher=True, ended_on=DAY)
    factories.employment(row, status="retired", started_on=DAY)
    factories.membership(row, organisation=branch, started_precision="month")
    factories.appointment(row, "主委", term="第十三届", ended_on=DAY)
    factories.title_of(row, "高级教师", started_precision="year")
    factories.education(row, school="华东师范大学", degree="master", completed_precision="month")
    factories.honour(school, "优秀盟员", member=row, awarded_by="民盟市委")
    factories.honour(school, "先进个人", member=row, awarded_on=date(2016, 12, 5))
    return row


def ask(client, user, person, **asked):
    client.force_login(user)
    return client.get(reverse("person", args=[person.unit.code, person.pk]), asked)


def facts(answer) -> dict[str, str]:
    return dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", answer.content.decode()))


def lines(answer) -> list[tuple[str, str, str]]:
    """(when, kind, words) of the timeline."""
    found = re.findall(
        r'timeline-when">(.*?)</span>.*?timeline-kind">(.*?)</span>.*?timeline-what">(.*?)</span>',
        answer.content.decode(),
    )
    return [tuple(unescape(re.sub("<[^>]*>", "", part)) for part in line) for line in found]


def test_facts_are_those_of_the_day(client, cast, somebody):
    before, after = (facts(ask(client, cast.viewer, somebody, day=day)) for day in (EVE, DAY))
    assert (before["在职情况"], before["部门"], before["专职教师"]) == ("在职", "教务处", "是")
    assert (before["党派职务"], before["出生年月"]) == ("民盟区委主委", "1957-08")
    assert after["在职情况"] == "退休"
    assert {"部门", "专职教师", "党派职务"} & set(after) == set()
    assert after["民主党派"] == before["民主党派"] == "民盟"


def test_timeline_tells_everything_once_the_latest_first(client, cast, somebody):
    assert lines(ask(client, cast.viewer, somebody)) == [
        ("2017-09-01", "在职情况", "退休"),
        ("2017", "荣誉", "优秀盟员 民盟市委"),
        ("2016-12-05", "荣誉", "先进个人"),
        ("2016-09-01 – 2017-09-01", "职务", "民盟区委主委（第十三届）"),
        ("2010", "职称", "高级教师（副高级）"),
        ("2008-07", "学历", "硕士研究生 硕士 华东师范大学"),
        ("2005-05", "民主党派", "民盟盟员 民盟支部"),
        ("2000-09-01 – 2017-09-01", "在职情况", "在职 教务处 专职教师"),
    ]


def test_what_nobody_dated_stands_last(client, cast, school):
    row = factories.member(school, employed_on=None, party="民盟")
    factories.appointment(row, started_on=None, ended_on=DAY)
    answer = ask(client, cast.viewer, row)
    assert [line[0] for line in lines(answer)] == ["2005-05-01", "", "至 2017-09-01"]
    assert "日期不详" in answer.content.decode()


def test_timeline_of_one_kind_keeps_the_day(client, cast, somebody):
    answer = ask(client, cast.viewer, somebody, only="honour", day=EVE)
    assert [line[1] for line in lines(answer)] == ["荣誉", "荣誉"]
    assert "?only=title&amp;day=2017-08-31" in answer.content.decode()


def test_page_of_somebody_with_nothing_says_so(client, cast, school):
    answer = ask(client, cast.viewer, factories.person(school, "徐文清"))
    text = answer.content.decode()
    assert "当日不在本单位。" in text
    assert "这里还没有记录。" in text


def test_day_that_cannot_be_read_is_said_at_its_field(client, cast, somebody):
    answer = ask(client, cast.viewer, somebody, day="2017-02-30")
    assert "没有这一天：2017-02-30。" in answer.content.decode()


def test_links_are_those_that_the_asker_may_open(client, cast, somebody):
    """Personal data and corrections have their own rights."""
    found = {
        part: [
            name for name, _address in ask(client, getattr(cast, part), somebody).context["links"]
        ]
        for part in ("clerk", "secretary", "viewer")
    }
    keeps = ["电话", "本人信息表", "更正记录"]
    assert found == {"clerk": keeps, "secretary": keeps, "viewer": []}


def test_look_is_in_the_log(client, cast, somebody):
    """It then stands on the person's own sheet as well."""
    ask(client, cast.viewer, somebody)
    look = Event.objects.get(action=Action.VIEW)
    assert (look.actor, look.model, look.object_id) == (
        cast.viewer,
        "members.member",
        str(somebody.pk),
    )


def test_merged_entry_leads_to_the_one_that_remains(client, cast, somebody):
    saved(
        MergedEntry(
            unit=somebody.unit,
            member=somebody,
            key=987654,
            person=somebody.person,
            merged_on=DAY,
            reason="重复登记",
        )
    )
    client.force_login(cast.viewer)
    code = somebody.unit.code
    assert client.get(f"/{code}/people/987654/")["Location"] == f"/{code}/people/{somebody.pk}/"
    assert client.get(f"/{code}/people/987655/").status_code == 404


def test_person_of_another_unit_is_not_there(client, cast, somebody, other_school):
    client.force_login(cast.colleague)
    for code in (somebody.unit.code, other_school.code):
        assert client.get(f"/{code}/people/{somebody.pk}/").status_code == 404


def test_number_of_queries_is_the_same_with_1_3_and_300_entries(client, cast, school, time_machine):
    # Once a minute the session notes when it was used last: not while this counts.
    time_machine.move_to("2017-06-19 12:00:00+08:00", tick=False)
    person = factories.member(school, party="民盟")
    client.force_login(cast.viewer)
    address = reverse("person", args=[school.code, person.pk])
    client.get(address)
    numbers = []
    for more in (1, 2, 297):
        for _number in range(more):
            factories.participation(factories.activity(school), person)
            factories.appointment(person)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        numbers.append(len(queries))
    # 3 find out who asks, 3 read the facts, 1 the timeline, 4 write the look into the log; on
    # PostgreSQL one more waits for the turn to write.
    assert numbers == [11 + (connection.vendor == "postgresql")] * 3
