"""Who came: the roster of that very day, pasted names, reasons, others, a count that agrees."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activities.models import Activity, Participation
from tests import factories
from tests.activities.sending_entries import (
    address_of,
    address_of_new,
    browser_of,
    entered,
    faults_on,
    send,
    typed_into,
)
from units.events import Event
from units.scoping import scope_of_unit

VISIT = Activity.Kind.VISIT
DAY = date(2017, 6, 19)


@pytest.fixture
def clerk(cast):
    return browser_of(cast.clerk)


@pytest.fixture
def meeting(school) -> Activity:
    return factories.activity(school, kind=VISIT, started_on=DAY)


def listed(unit) -> list[tuple]:
    """(name, status, reason) of everybody noted, by name."""
    with scope_of_unit(unit):
        rows = Participation.objects.order_by("member__name")
        return list(rows.values_list("member__name", "status", "reason"))


def the_list(clerk, unit, **typed):
    """The list of people as the page fetches it for what is typed."""
    address = reverse("attendance-list", args=[unit.code])
    return clerk.post(address, {"kind": VISIT, "attendance_shown": "1", **typed})


def benches_on(page) -> list[tuple]:
    """(party, organisation, names) in the order of the page."""
    return [
        (str(bench.party or ""), bench.organisation, [seat.label for seat in bench.seats])
        for bench in page.context["attendance"].benches
    ]


def test_the_roster_stands_by_party_and_organisation(clerk, school):
    league = factories.party("民盟")
    branch = factories.organisation(school, "民盟第一支部", party=league)
    factories.membership(factories.member(school, "钱学文"), league, organisation=branch)
    factories.member(school, "陈一", party="民进")
    factories.member(school, "李二", party="民革")
    page = the_list(clerk, school, started_on="2017-6-19")
    # 民革, 民盟, 民进: the official order.
    assert benches_on(page) == [
        ("民革", "", ["李二"]),
        ("民盟", "民盟第一支部", ["钱学文"]),
        ("民进", "", ["陈一"]),
    ]


def test_it_is_the_roster_of_that_very_day(clerk, school):
    day = date(2017, 6, 20)
    factories.membership(factories.member(school, "离开"), ended_on=day)
    factories.membership(factories.member(school, "新来"), started_on=day)
    for typed, names in (
        ("2017-6-19", ["离开"]),
        ("6.20", ["新来"]),
    ):
        page = the_list(clerk, school, started_on=typed, year="2017")
        assert [names for _party, _organisation, names in benches_on(page)] == [names]


def test_without_a_date_there_is_no_list_yet(clerk, school):
    factories.member(school, "钱学文", party="民盟")
    page = the_list(clerk, school, started_on="")
    assert benches_on(page) == []
    assert "请先填写日期" in page.content.decode()


def test_present_excused_with_a_reason_and_nothing_about_the_rest(clerk, school):
    first, second, third = (
        factories.member(school, name, party="民盟") for name in ("甲一", "乙二", "丙三")
    )
    assert third.name == "丙三"
    entered(
        clerk,
        school,
        VISIT,
        started_on="2017-6-19",
        present=[first.pk],
        excused=[f"{second.pk}:leave"],
    )
    assert listed(school) == [("乙二", "excused", "leave"), ("甲一", "present", "")]


def test_excused_without_a_reason(clerk, school):
    person = factories.member(school, "甲一", party="民盟")
    entered(clerk, school, VISIT, started_on="2017-6-19", excused=[f"{person.pk}:excused"])
    assert listed(school) == [("甲一", "excused", "")]


def test_ticked_and_excused_at_once_is_asked_about(clerk, school):
    person = factories.member(school, "甲一", party="民盟")
    answer = send(
        clerk,
        address_of_new(school, VISIT),
        started_on="2017-6-19",
        present=[person.pk],
        excused=[f"{person.pk}:leave"],
    )
    assert answer.status_code == 200
    assert len(answer.context["attendance"].non_field_errors()) == 1
    assert listed(school) == []


def test_a_change_leaves_the_other_rows_alone(clerk, school, meeting):
    stays, goes = (factories.member(school, name, party="民盟") for name in ("甲一", "乙二"))
    kept = factories.participation(meeting, stays)
    factories.participation(meeting, goes)
    send(clerk, address_of(meeting), present=[stays.pk])
    assert listed(school) == [("甲一", "present", "")]
    with scope_of_unit(school):
        assert Participation.objects.get(pk=kept.pk).version == kept.version


def test_a_page_on_which_the_list_never_arrived_changes_nobody(clerk, school, meeting):
    factories.participation(meeting, factories.member(school, "甲一", party="民盟"))
    data = typed_into(clerk, address_of(meeting), title="新名")
    for name in ("attendance_shown", "present", "excused"):
        data.pop(name, None)
    assert clerk.post(address_of(meeting), data.dict()).status_code == 302
    assert listed(school) == [("甲一", "present", "")]


def test_others_are_picked_besides_the_roster(clerk, school):
    factories.member(school, "甲一", party="民盟")
    secretary = factories.person(school, "书记")
    page = the_list(clerk, school, started_on="2017-6-19").content.decode()
    picker = page[page.index('name="others"') : page.index('id="id_names"')]
    assert "甲一" not in picker
    assert f'value="{secretary.pk}" data-find="{secretary.find_key}"' in picker
    entered(clerk, school, VISIT, started_on="2017-6-19", others=[secretary.pk])
    assert listed(school) == [("书记", "present", "")]


def test_people_of_another_unit_are_refused(clerk, school, other_school):
    stranger = factories.person(other_school, "外人")
    answer = send(clerk, address_of_new(school, VISIT), others=[stranger.pk])
    assert answer.status_code == 200
    assert listed(school) == []


def test_pasted_names_are_ticked_and_those_in_doubt_shown(clerk, school):
    first = factories.member(school, "甲一", party="民盟")
    twins = [factories.member(school, "王明", party="民盟") for _each in range(2)]
    page = the_list(clerk, school, started_on="2017-6-19", names="1. 甲 一\n王明、无此人", read="1")
    form = page.context["attendance"]
    assert form.marks.present == {first.pk}
    assert form.found.unknown == ["无此人"]
    assert [(name, {p.pk for p in people}) for name, people in form.found.namesakes] == [
        ("王明", {each.pk for each in twins})
    ]
    # What is not settled stays in the field.
    assert form["names"].value() == "无此人\n王明"
    assert listed(school) == []


def test_names_in_doubt_keep_the_form_from_being_stored(clerk, school):
    factories.member(school, "甲一", party="民盟")
    answer = send(
        clerk, address_of_new(school, VISIT), started_on="2017-6-19", names="甲一、无此人"
    )
    assert faults_on(answer) == [str(answer.context["attendance"].errors["names"][0])]
    assert listed(school) == []


def test_names_nobody_compared_are_ticked_when_all_are_clear(clerk, school):
    factories.member(school, "甲一", party="民盟")
    factories.person(school, "书记")
    entered(clerk, school, VISIT, started_on="2017-6-19", names="甲一，书记")
    assert [name for name, _status, _reason in listed(school)] == ["书记", "甲一"]


@pytest.mark.parametrize(
    ("typed", "is_stored"),
    [
        ({"head_count": 4}, True),  # 2 on the list + 2 guests
        ({"head_count": 5}, False),
        ({"head_count": 3}, False),
        ({"head_count": 5, "head_count_is_about": "on"}, True),
        ({"head_count": 5, "head_count_note": "一位同志未签到"}, True),
        ({"head_count": ""}, True),
    ],
)
def test_the_typed_count_agrees_with_the_list_or_says_why(clerk, school, typed, is_stored):
    people = [factories.member(school, name, party="民盟") for name in ("甲一", "乙二")]
    answer = send(
        clerk,
        address_of_new(school, VISIT),
        started_on="2017-6-19",
        present=[each.pk for each in people],
        guests__0__capacity="辖区警官",
        guests__0__number=2,
        **typed,
    )
    assert (answer.status_code == 302) is is_stored
    assert bool(listed(school)) is is_stored
    if not is_stored:
        assert answer.context["attendance"].errors.keys() == {"head_count_note"}


def test_a_poll_takes_nobodys_name(clerk, school):
    person = factories.member(school, "甲一", party="民盟")
    answer = send(
        clerk,
        address_of_new(school, Activity.Kind.POLL),
        attendance_shown=1,
        present=[person.pk],
    )
    assert listed(school) == []
    assert answer.status_code == 302


def test_two_editors_of_one_list_see_both(clerk, school, meeting):
    first, second = (factories.member(school, name, party="民盟") for name in ("甲一", "乙二"))
    mine = typed_into(clerk, address_of(meeting), present=[first.pk])
    send(clerk, address_of(meeting), present=[second.pk])
    answer = clerk.post(address_of(meeting), mine.dict())
    pairs = [
        (pair.theirs, pair.yours)
        for conflict in answer.context["conflicts"]
        for pair in conflict["pairs"]
    ]
    assert pairs == [("乙二", "甲一")]
    assert [name for name, _status, _reason in listed(school)] == ["乙二"]


def test_the_sign_in_sheet_has_the_roster_others_and_lines_for_guests(clerk, school, meeting):
    factories.member(school, "钱学文", party="民盟")
    factories.participation(meeting, factories.person(school, "书记"))
    factories.guest_group(meeting, number=3)
    page = clerk.get(address_of(meeting, "sign-in-sheet"))
    lines = [(line["label"], str(line["party"])) for line in page.context["lines"]]
    assert lines == [("钱学文", "民盟"), ("书记", "")]
    assert len(page.context["guest_lines"]) == 3


def test_who_looks_at_a_sign_in_sheet_is_in_the_log(cast, clerk, school, meeting):
    factories.member(school, "钱学文", party="民盟")
    before = Event.objects.count()
    clerk.get(address_of(meeting, "sign-in-sheet"))
    made = Event.objects.order_by("number")[before:]
    assert [(event.action, event.actor_id) for event in made] == [("view", cast.clerk.pk)]


def test_the_list_costs_the_same_for_one_three_and_three_hundred(clerk, school):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert the_list(clerk, school, started_on="2017-6-19").status_code == 200
        return len(asked)

    counts = []
    for number in (1, 2, 297):
        for _each in range(number):
            factories.member(school, party="民盟")
        queries()
        counts.append(queries())
    assert counts[0] == counts[1] == counts[2]
    assert counts[0] <= 12
