"""Recording a talk: activity, participants and follow-up in one deed, or nothing."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from activities.models import Activity, Participation, Talk
from activities.statistics import talks_count
from activities.talks import change_talk, record_talk, take_back
from tests import factories
from units.dates import Period, Precision

DAY = date(2017, 4, 5)
YEAR = Period(date(2017, 1, 1), date(2017, 12, 31))


@pytest.fixture
def pair(in_scope):
    """A pair of friends."""
    return factories.talk_pair(in_scope)


def people_of(talk) -> set:
    return set(talk.activity.participations.values_list("member", "status"))


def test_a_talk_is_an_activity_with_both_present(pair):
    talk = record_talk(pair, day=DAY, title="岗位与专业发展", follow_up="联系教研组")
    activity = talk.activity
    assert (activity.kind, activity.started_on, activity.title) == (
        *(Activity.Kind.TALK, DAY, "岗位与专业发展"),
    )
    assert (talk.pair, talk.follow_up, talk.followed_up_on) == (pair, "联系教研组", None)
    assert people_of(talk) == {(pair.leader_id, "present"), (pair.friend_id, "present")}
    assert talks_count(unit=pair.unit, period=YEAR).value() == 1


def test_nothing_is_stored_where_a_part_is_refused(pair):
    with pytest.raises(ValidationError):
        record_talk(pair, day=DAY, title="话题", follow_up="超" * 61)
    assert not Activity.objects.exists()
    assert not Talk.objects.exists()
    assert not Participation.objects.exists()


def test_another_pair_brings_its_own_two(pair):
    talk = record_talk(pair, day=DAY, title="话题")
    other = factories.talk_pair(pair.unit, leader=pair.leader)
    talk.pair = other
    change_talk(talk, day=date(2017, 5, 1), precision=Precision.MONTH, title="新话题")
    stored = Talk.objects.get()
    assert people_of(stored) == {(pair.leader_id, "present"), (other.friend_id, "present")}
    assert (stored.activity.title, stored.day_written) == ("新话题", "2017-05")


def test_taking_a_talk_back_leaves_nothing_of_it(pair):
    take_back(record_talk(pair, day=DAY, title="话题"))
    assert not Activity.objects.exists()
    assert not Talk.objects.exists()
    assert not Participation.objects.exists()


def test_no_field_holds_what_was_said():
    texts = {f.name for f in Talk._meta.concrete_fields if f.get_internal_type() in TEXT}
    assert texts == {"follow_up"}
    assert Talk._meta.get_field("follow_up").max_length == 60


TEXT = ("CharField", "TextField", "JSONField")
