"""What activities tell of a person: where they were, and never where they were not."""

from datetime import date

import pytest

from activities.models import Talk, TalkPair
from activities.person_timeline import sources
from members.timeline import Entry
from tests import factories
from tests.factories.rows import saved


@pytest.fixture
def person(in_scope):
    return factories.member(in_scope, "徐文清", party="民盟")


def told(person) -> dict[str, list[Entry]]:
    return {source.key: source.entries(person) for source in sources()}


def test_attended_activities_are_told_with_their_date_and_place_to_look(person):
    event = factories.activity(
        person.unit, "参观一大会址", started_on=date(2017, 7, 1), precision="month"
    )
    factories.participation(event, person)
    link = f"/{person.unit.code}/activities/{event.pk}/"
    assert told(person) == {
        "activity": [Entry("参观一大会址", date(2017, 7, 1), "month", link=link)],
        "talk": [],
    }


def test_absence_excuse_and_draft_are_told_nowhere(person):
    """Domain 7.2: no list says who did not attend."""
    factories.activity(person.unit, "没有参加")
    excused = factories.activity(person.unit, "请假")
    factories.participation(excused, person, status="excused", reason="teaching")
    factories.participation(factories.activity(person.unit, "草稿", started_on=None), person)
    assert told(person) == {"activity": [], "talk": []}


def test_talk_is_told_of_both_by_date_and_heading_alone(person):
    leader = factories.member(person.unit, "任之恒")
    pair = saved(TalkPair(unit=person.unit, leader=leader, friend=person))
    event = factories.activity(person.unit, "教学改革", kind="talk", started_on=date(2017, 5, 4))
    saved(Talk(unit=person.unit, activity=event, pair=pair, follow_up="安排听课"))
    factories.participation(event, person)
    expected = [Entry("教学改革", date(2017, 5, 4), "day")]
    for each in (person, leader):
        assert told(each) == {"activity": [], "talk": expected}
    assert told(factories.member(person.unit))["talk"] == []
