"""Pages of talks: pairs with what is due, the short form, the tick, and taking back."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activities.models import Activity, Talk
from tests import factories
from units.models import Event
from units.scoping import scope_of_unit

NOON = datetime(2017, 7, 2, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_july_2017():
    with time_machine.travel(NOON, tick=False):
        yield


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


def typed(clerk, school, whose, **values) -> dict:
    """A new talk, typed as on paper."""
    answer = clerk.get(page_of("new-talk", school))
    usual = {"pair": whose.pk, "started_on": "4.5", "title": "岗位发展", "follow_up": ""}
    return sent(answer, **{**usual, **values})


def stored(unit) -> list[Talk]:
    with scope_of_unit(unit):
        return list(Talk.objects.select_related("activity").order_by("pk"))


# --- the list ---


def test_pairs_are_listed_with_what_is_due_the_overdue_first(clerk, school):
    held = factories.talk_pair(school)
    factories.talk(held)
    late = factories.talk_pair(school)
    answer = clerk.get(page_of("talks", school))
    found = [(each.pair, each.held, each.next_due) for each in answer.context["pairs"]]
    assert found == [(late, 0, date(2017, 7, 1)), (held, 1, date(2017, 12, 31))]
    assert answer.content.decode().count("已逾期") == 1


def test_talks_of_the_chosen_year_are_listed(clerk, school):
    pair = factories.talk_pair(school)
    old = factories.talk(pair, day=date(2016, 5, 4))
    new = factories.talk(pair)
    page = page_of("talks", school)
    assert clerk.get(page).context["talks"] == [new]
    answer = clerk.get(f"{page}?year=2016")
    assert (answer.context["talks"], answer.context["years"]) == ([old], [2017, 2016])
    for nonsense in ("", "x", "99999", "-1"):
        assert clerk.get(f"{page}?year={nonsense}").context["shown"] == 2017


def test_an_empty_list_says_what_to_do(clerk, client, cast, school):
    page = clerk.get(page_of("talks", school)).content.decode()
    assert page.count(page_of("new-pair", school)) == 2
    client.force_login(cast.viewer)
    assert page_of("new-pair", school) not in client.get(page_of("talks", school)).content.decode()


def test_a_look_at_the_pairs_is_in_the_log(client, cast, school):
    factories.talk_pair(school)
    client.force_login(cast.viewer)
    client.get(page_of("talks", school))
    event = Event.objects.filter(action="view").get()
    assert event.detail.content == {"list": "talks", "rows": 1}


def queries_of(client, page) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    # The look itself is written to the log, whatever is seen.
    return len([each for each in queries if each["sql"].startswith("SELECT")])


def test_the_list_takes_the_same_queries_for_one_pair_for_three_and_for_three_hundred(
    clerk, school
):
    asked = []
    for more in (1, 2, 297):
        for _each in range(more):
            factories.talk(factories.talk_pair(school))
        asked.append(queries_of(clerk, page_of("talks", school)))
    assert asked[0] == asked[1] == asked[2]
    assert asked[0] <= 12


# --- a talk ---


def test_a_talk_is_recorded_as_on_paper(clerk, school):
    pair = factories.talk_pair(school)
    after = clerk.post(
        page_of("new-talk", school), typed(clerk, school, pair, follow_up="联系教研组")
    )
    assert after["Location"] == f"{page_of('talks', school)}?year=2017"
    (talk,) = stored(school)
    assert (talk.pair_id, talk.day_written, talk.activity.title, talk.follow_up) == (
        *(pair.pk, "2017-04-05", "岗位发展", "联系教研组"),
    )


def test_the_pair_and_the_year_come_with_the_address(clerk, school):
    pair = factories.talk_pair(school)
    address = f"{page_of('new-talk', school)}?pair={pair.pk}&year=2016"
    form = clerk.get(address).context["form"]
    assert str(form["pair"].value()) == str(pair.pk)
    clerk.post(address, typed(clerk, school, pair, started_on="5.4"))
    assert stored(school)[0].day_written == "2016-05-04"


def test_the_form_warns_beside_the_free_text_and_has_no_field_for_words(clerk, school):
    factories.talk_pair(school)
    answer = clerk.get(page_of("new-talk", school))
    assert list(answer.context["form"].fields) == ["pair", "started_on", "title", "follow_up"]
    assert "一律不记录" in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("title", ""), ("title", "长" * 41), ("follow_up", "长" * 61), ("started_on", "")),
        *(("started_on", "neulich"), ("started_on", "2017-2-30"), ("pair", ""), ("pair", "999999")),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_nothing_is_stored(clerk, school, field, value):
    pair = factories.talk_pair(school)
    data = typed(clerk, school, pair, **{field: value})
    answer = clerk.post(page_of("new-talk", school), data)
    assert list(answer.context["form"].errors) == [field]
    assert stored(school) == []


def test_a_day_on_which_the_two_are_no_pair_is_refused(clerk, school):
    pair = factories.talk_pair(school, started_on=date(2017, 3, 15), ended_on=date(2017, 5, 1))
    taken = {}
    for written in ("2017-3-14", "2017-3-15", "2017-3", "2017-4-30", "2017-5-1", "2017-5"):
        answer = clerk.post(
            page_of("new-talk", school), typed(clerk, school, pair, started_on=written)
        )
        taken[written] = answer.status_code == 302
    assert taken == {
        **dict.fromkeys(("2017-3-14", "2017-5-1", "2017-5"), False),
        **dict.fromkeys(("2017-3-15", "2017-3", "2017-4-30"), True),
    }


def test_a_pair_of_another_unit_cannot_be_chosen(clerk, school, other_school):
    factories.talk_pair(school)
    theirs = factories.talk_pair(other_school)
    answer = clerk.post(page_of("new-talk", school), typed(clerk, school, theirs))
    assert answer.context["form"].errors["pair"]


def test_sent_twice_it_is_recorded_once(clerk, school):
    data = typed(clerk, school, factories.talk_pair(school))
    for _each in range(2):
        assert clerk.post(page_of("new-talk", school), data).status_code == 302
    assert len(stored(school)) == 1


def test_a_talk_is_corrected(clerk, school):
    talk = factories.talk(factories.talk_pair(school), "旧话题", follow_up="联系")
    page = page_of("edit-talk", school, talk.pk)
    answer = clerk.get(page)
    assert answer.context["form"]["title"].value() == "旧话题"
    clerk.post(page, sent(answer, title="新话题", started_on="2017-4", followed_up_on="5.6"))
    (found,) = stored(school)
    assert (found.activity.title, found.day_written) == ("新话题", "2017-04")
    assert found.followed_up_on == date(2017, 5, 6)


def test_two_who_correct_the_same_talk_both_keep_what_they_typed(clerk, school):
    talk = factories.talk(factories.talk_pair(school), "旧话题")
    page = page_of("edit-talk", school, talk.pk)
    first, second = clerk.get(page), clerk.get(page)
    when = {"started_on": "2017-3-15"}
    clerk.post(page, sent(first, title="甲", **when))
    answer = clerk.post(page, sent(second, title="乙", **when))
    assert answer.context["stale_message"]
    pairs = [pair for each in answer.context["conflicts"] for pair in each["pairs"]]
    assert ("甲", "乙") in [(pair.theirs, pair.yours) for pair in pairs]
    assert stored(school)[0].activity.title == "甲"


def test_without_a_pair_the_form_leads_to_one(clerk, school):
    page = clerk.get(page_of("new-talk", school)).content.decode()
    assert page_of("new-pair", school) in page


# --- what is to be followed up ---


def test_a_follow_up_is_ticked_and_the_tick_taken_back(clerk, school):
    talk = factories.talk(factories.talk_pair(school), follow_up="联系教研组")
    page = page_of("talk-followed-up", school, talk.pk)
    clerk.post(page)
    assert stored(school)[0].followed_up_on == date(2017, 7, 2)
    clerk.post(page, {"undo": "1"})
    assert stored(school)[0].followed_up_on is None


def test_a_second_tick_leaves_the_first_day(clerk, school):
    talk = factories.talk(factories.talk_pair(school), follow_up="联系教研组")
    with scope_of_unit(school):
        talk.followed_up_on = date(2017, 5, 6)
        talk.save()
    clerk.post(page_of("talk-followed-up", school, talk.pk))
    assert stored(school)[0].followed_up_on == date(2017, 5, 6)


def test_nothing_to_follow_up_cannot_be_ticked(clerk, school):
    talk = factories.talk(factories.talk_pair(school))
    clerk.post(page_of("talk-followed-up", school, talk.pk))
    assert stored(school)[0].followed_up_on is None


# --- taking back ---


def test_a_talk_is_deleted_after_a_question(clerk, school):
    talk = factories.talk(factories.talk_pair(school))
    page = page_of("delete-talk", school, talk.pk)
    stamp = clerk.get(page).context["stamp"]
    assert len(stored(school)) == 1
    assert clerk.post(page, {stamp["name"]: stamp["value"]}).status_code == 302
    with scope_of_unit(school):
        assert not Activity.objects.exists()


def test_a_talk_changed_in_between_is_not_deleted(clerk, school):
    talk = factories.talk(factories.talk_pair(school), follow_up="联系")
    page = page_of("delete-talk", school, talk.pk)
    stamp = clerk.get(page).context["stamp"]
    clerk.post(page_of("talk-followed-up", school, talk.pk))
    answer = clerk.post(page, {stamp["name"]: stamp["value"]})
    assert answer.context["refusal"]
    assert len(stored(school)) == 1
