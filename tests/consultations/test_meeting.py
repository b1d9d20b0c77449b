"""What is said at a meeting, entered with it: agenda, totals, suggestions, and who said nothing."""

from datetime import date

import pytest

from activities.models import Activity
from consultations.models import AgendaItem, Suggestion, Tally
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
from units.scoping import scope_of_unit

SYMPOSIUM = Activity.Kind.SYMPOSIUM
DAY = date(2017, 6, 19)


@pytest.fixture
def clerk(cast):
    return browser_of(cast.clerk)


def agenda_of(unit) -> list[tuple]:
    with scope_of_unit(unit):
        return [
            (row.position, row.kind, row.subject, str(row.department or ""))
            for row in AgendaItem.objects.select_related("department").order_by("position")
        ]


def suggestions_of(unit) -> list[tuple]:
    """(number, wording, how signed, by whom) of each, in the order of numbers."""
    with scope_of_unit(unit):
        return [
            (str(row), row.wording, row.signature, row.made_by)
            for row in Suggestion.objects.select_related("organisation").order_by("year", "number")
        ]


def test_agenda_is_stored_with_its_meeting(clerk, school):
    office = factories.department(school, "总务处")
    entered(
        clerk,
        school,
        SYMPOSIUM,
        started_on="2017-6-19",
        agenda__0__subject="“三创”行动规划",
        agenda__1__subject="食堂改建",
        agenda__1__department=office.pk,
    )
    assert agenda_of(school) == [
        (1, "reported", "“三创”行动规划", ""),
        (2, "heard", "食堂改建", "总务处"),
    ]


def test_agenda_rows_are_changed_taken_off_and_added(clerk, school):
    meeting = factories.consultation(school, started_on=DAY)
    factories.agenda_item(meeting, "旧议题", position=1)
    factories.agenda_item(meeting, "留下的", position=2)
    send(
        clerk,
        address_of(meeting),
        agenda__0__subject="",
        agenda__1__subject="留下并改写",
        agenda__2__subject="新议题",
    )
    assert agenda_of(school) == [
        (2, "reported", "留下并改写", ""),
        (3, "heard", "新议题", ""),
    ]


def test_an_untouched_agenda_is_not_written_again(clerk, school):
    meeting = factories.consultation(school, started_on=DAY)
    item = factories.agenda_item(meeting, "议题", position=1)
    send(clerk, address_of(meeting))
    with scope_of_unit(school):
        assert AgendaItem.objects.get(pk=item.pk).version == item.version


def test_rows_of_another_meeting_are_refused(clerk, school):
    meeting, other = (factories.consultation(school, started_on=DAY) for _ in range(2))
    foreign = factories.agenda_item(other, "别处的议题")
    answer = send(clerk, address_of(meeting), agenda__0__key=foreign.pk, agenda__0__subject="改")
    assert answer.status_code == 200
    assert faults_on(answer) == ["这些行不属于本页，请重新打开页面。"]
    assert agenda_of(school) == [(0, "reported", "别处的议题", "")]


def test_seats_in_a_hearing_are_counted_without_names(clerk, school):
    entered(
        clerk,
        school,
        Activity.Kind.HEARING,
        title="中层干部选拔",
        started_on="2017-4-5",
        tally__took_part=36,
        tally__party_members=5,
    )
    with scope_of_unit(school):
        tally = Tally.objects.get()
    assert (str(tally.consultation), tally.took_part, tally.party_members) == (
        "中层干部选拔",
        36,
        5,
    )


def test_more_party_members_than_people_are_refused(clerk, school):
    answer = send(
        clerk,
        address_of_new(school, Activity.Kind.POLL),
        tally__took_part=4,
        tally__party_members=5,
    )
    assert answer.status_code == 200
    assert "党派成员" in answer.content.decode()
    with scope_of_unit(school):
        assert not Activity.objects.exists()


def test_a_tally_without_a_number_is_none(clerk, school):
    key = entered(clerk, school, Activity.Kind.POLL, tally__took_part=19)
    with scope_of_unit(school):
        poll = Activity.objects.select_related("unit").get(pk=key)
    send(clerk, address_of(poll), tally__took_part="")
    with scope_of_unit(school):
        assert not Tally.objects.exists()


def test_suggestions_get_numbers_of_their_year_and_the_meetings_day(clerk, school):
    wang, li = factories.person(school, "王明"), factories.person(school, "李红")
    factories.organisation(school, "民盟支部")
    factories.suggestion(school, year=2017, number=4)
    lines = ["1. 王明、李红：增设停车位。", "民盟支部：改善食堂。", "延长开放时间。"]
    entered(
        clerk,
        school,
        SYMPOSIUM,
        started_on="2017-6-19",
        **{"suggestions-pasted": "\n".join(lines)},
    )
    assert suggestions_of(school)[1:] == [
        ("2017-5", "增设停车位。", "persons", "李红、王明"),
        ("2017-6", "改善食堂。", "organisation", "民盟支部"),
        ("2017-7", "延长开放时间。", "unsigned", "不署名"),
    ]
    with scope_of_unit(school):
        days = set(Suggestion.objects.filter(number__gt=4).values_list("registered_on", flat=True))
    assert days == {DAY}
    assert {wang.name, li.name} == {"王明", "李红"}


def folded(page) -> tuple[bool, bool]:
    """Whether agenda and suggestions are folded away."""
    return page.context["agenda"].is_folded, page.context["suggestions"].is_folded


def test_a_poll_is_asked_for_its_totals_first_and_the_rest_is_folded(clerk, school):
    page = clerk.get(address_of_new(school, Activity.Kind.POLL))
    text = page.content.decode()
    assert text.index('id="tally"') < text.index('id="agenda"') < text.index('id="suggestions"')
    assert folded(page) == (True, True)
    poll = factories.consultation(school, kind=Activity.Kind.POLL)
    factories.agenda_item(poll, "候选人事迹")
    assert folded(clerk.get(address_of(poll))) == (False, True)


def test_a_symposium_has_no_totals_and_nothing_is_folded(clerk, school):
    page = clerk.get(address_of_new(school, SYMPOSIUM))
    assert "tally" not in page.context
    assert folded(page) == (False, False)


def test_two_editors_of_one_agenda_see_both(clerk, school):
    """Check 78: rows below the record that were added meanwhile are not overwritten."""
    meeting = factories.consultation(school, started_on=DAY)
    mine = typed_into(clerk, address_of(meeting), agenda__0__subject="我的")
    assert send(clerk, address_of(meeting), agenda__0__subject="他的").status_code == 302
    answer = clerk.post(address_of(meeting), mine.dict())
    assert answer.status_code == 200
    pairs = [
        (pair.theirs, pair.yours)
        for conflict in answer.context["conflicts"]
        for pair in conflict["pairs"]
    ]
    assert pairs == [("听取意见事项 · 他的", "听取意见事项 · 我的")]
    assert agenda_of(school) == [(1, "heard", "他的", "")]


def test_two_editors_of_the_suggestions_see_both(clerk, school):
    """Check 78: as above."""
    meeting = factories.consultation(school, started_on=DAY)
    factories.suggestion(school, consultation=meeting, wording="原来的", registered_on=DAY)
    mine = typed_into(clerk, address_of(meeting), suggestions__0__wording="我的")
    send(clerk, address_of(meeting), suggestions__0__wording="他的")
    answer = clerk.post(address_of(meeting), mine.dict())
    assert answer.status_code == 200
    assert [(pair.theirs, pair.yours) for pair in answer.context["conflicts"][0]["pairs"]] == [
        ("他的", "我的")
    ]
    assert [wording for _number, wording, _how, _who in suggestions_of(school)] == ["他的"]
