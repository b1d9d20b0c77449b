"""The page of a pair of friends: entered, ended, never exchanged."""

from datetime import date

import pytest
from django.urls import reverse

from activities.models import TalkPair
from tests import factories
from units.scoping import scope_of_unit


@pytest.fixture
def clerk(client, cast):
    """The clerk's browser."""
    client.force_login(cast.clerk)
    return client


def page_of(name, unit, *more) -> str:
    return reverse(name, args=[unit.code, *more])


def sent(answer, **values) -> dict:
    """What the form sends as it stands, but for ``values``."""
    form = answer.context["form"]
    data = {field.html_name: field.value() or "" for field in form}
    careful = answer.context["careful"]
    return {**data, careful["name"]: careful["value"], **values}


def test_a_pair_is_entered_and_ended(clerk, school):
    leader, friend = factories.person(school), factories.person(school)
    answer = clerk.get(page_of("new-pair", school))
    data = sent(answer, leader=leader.pk, friend=friend.pk, times_a_year="3", started_on="2017-3")
    assert clerk.post(page_of("new-pair", school), data).status_code == 302
    with scope_of_unit(school):
        pair = TalkPair.objects.get()
    assert (pair.leader_id, pair.friend_id, pair.times_a_year) == (leader.pk, friend.pk, 3)
    assert (pair.started_on, pair.started_precision) == (date(2017, 3, 1), "month")
    page = page_of("edit-pair", school, pair.pk)
    clerk.post(page, sent(clerk.get(page), started_on="2017-3", ended_on="2017-6-30"))
    with scope_of_unit(school):
        assert TalkPair.objects.get().ended_on == date(2017, 6, 30)


def test_the_two_of_a_pair_are_never_exchanged(clerk, school):
    pair, other = factories.talk_pair(school), factories.person(school)
    page = page_of("edit-pair", school, pair.pk)
    clerk.post(page, sent(clerk.get(page), friend=other.pk, started_on=""))
    with scope_of_unit(school):
        assert TalkPair.objects.get().friend_id == pair.friend_id


@pytest.mark.parametrize(
    ("values", "field"),
    [({"same": True}, "__all__"), ({"times_a_year": "0"}, "times_a_year")],
)
def test_an_impossible_pair_is_refused(clerk, school, values, field):
    one, two = factories.person(school), factories.person(school)
    values = dict(values)
    friend = one if values.pop("same", False) else two
    data = sent(
        clerk.get(page_of("new-pair", school)), leader=one.pk, friend=friend.pk, started_on=""
    )
    answer = clerk.post(page_of("new-pair", school), {**data, **values})
    assert list(answer.context["form"].errors) == [field]


def test_a_pair_does_not_end_before_its_last_talk(clerk, school):
    pair = factories.talk_pair(school)
    factories.talk(pair, day=date(2017, 3, 15))
    page = page_of("edit-pair", school, pair.pk)
    data = sent(clerk.get(page), started_on="")
    assert clerk.post(page, {**data, "ended_on": "2017-3-15"}).context["form"].errors["ended_on"]
    assert clerk.post(page, {**data, "ended_on": "2017-3-16"}).status_code == 302
