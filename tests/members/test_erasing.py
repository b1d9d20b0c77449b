"""Erasing: the name is nowhere any more, the numbers are what they were, the log is whole."""

from datetime import date

import pytest
from django.urls import reverse

from cases.loading import load
from consultations.models import Suggestion
from members.erasing import ErasureRefused, erase
from members.models import Contact, LegalHold, Member
from reports.readings import Figures
from tests import factories
from tests.members.leavers import DAY, EARLIER_NAME, NAME, OTHER, REASON, leaver_of
from tests.stored_bytes import is_stored, leave_traces
from units.events import Action, Event, EventDetail
from units.log_check import faults
from units.scoping import scope_of_unit


def test_what_is_to_be_erased_is_stored_before(leaver):
    """Without this, the searches below would prove nothing."""
    words = [
        NAME,
        EARLIER_NAME,
        "J0815",
        "回族",
        "原教研组长",
        "人事科名册",
        "华东师范大学数学系",
        "zhangsanfeng",
    ]
    assert [word for word in words if not is_stored(word)] == []


@pytest.mark.django_db(transaction=True)
def test_nothing_of_the_person_is_left_in_the_database(school, settings, tmp_path):
    """Check 59: in rows, versions, log, texts, and in the free pages of the file."""
    settings.VAR_DIR = tmp_path
    leave_traces()
    leaver = leaver_of(school)
    with scope_of_unit(school):
        phones = set(Contact.history.values_list("phone_sealed", flat=True))
        done = erase(leaver, reason=REASON, day=DAY)
    assert done.pseudonym == "已删除人员01"
    assert done.left == []
    words = [
        *(
            NAME,
            EARLIER_NAME,
            "三丰",
            "J0815",
            "回族",
            "原教研组长",
            "人事科名册",
            "华东师范大学数学系",
        ),
        *("zhang1张 san1三 feng1丰", "zhangsanfeng", *phones),
    ]
    assert [word for word in words if is_stored(word)] == []
    assert is_stored("已删除人员01")
    assert is_stored(OTHER)


def test_log_is_whole_and_says_what_was_forgotten(leaver, school, in_scope):
    """Check 59, 68."""
    number = Event.objects.count()
    done = erase(leaver, reason=REASON, day=DAY)
    assert list(faults([])) == []
    event = Event.objects.get(action=Action.ERASE)
    forgotten = event.detail.content["events"]
    assert (event.model, event.object_id) == ("members.member", str(leaver.pk))
    assert (len(forgotten), done.details_forgotten) == (len(set(forgotten)), len(forgotten))
    assert not EventDetail.objects.filter(event__number__in=forgotten).exists()
    assert Event.objects.count() > number


def test_log_check_still_finds_a_detail_that_nobody_erased(leaver, school, in_scope):
    erase(leaver, reason=REASON, day=DAY)
    EventDetail.objects.filter(event__model="members.membership").first().delete()
    assert len(list(faults([]))) == 1


def test_details_about_others_stay(leaver, school, in_scope):
    others = Event.objects.filter(model="members.membership")
    before = EventDetail.objects.filter(event__in=others).count()
    erase(leaver, reason=REASON, day=DAY)
    assert EventDetail.objects.filter(event__in=others).count() == before == 2


def test_texts_about_others_lose_the_name_only(leaver, school, in_scope):
    erase(leaver, reason=REASON, day=DAY)
    assert Suggestion.objects.get().wording == "已删除人员01建议延长开放时间"
    meeting = leaver.participations.get().activity
    assert (meeting.title, meeting.summary) == (
        "已删除人员01同志座谈",
        f"听取已删除人员01、{OTHER}意见",
    )
    assert {version.summary for version in meeting.history.all()} == {meeting.summary}


def test_rows_stay_without_a_name(leaver, school, in_scope):
    erase(leaver, reason=REASON, day=DAY)
    row = Member.objects.get(pk=leaver.pk)
    assert (row.name, row.staff_number, row.ethnic_group, row.note, row.source) == (
        *("已删除人员01", "", "", "", ""),
    )
    assert {version.name for version in Member.history.filter(id=row.pk)} == {"已删除人员01"}
    assert (row.memberships.count(), row.titles.count(), row.suggestions.count()) == (1, 1, 1)
    assert row.contact.phone == ""
    assert row.educations.get().school == ""


def test_versions_of_a_deleted_row_are_blanked_too(leaver, school, in_scope):
    leaver.educations.get().delete()
    erase(leaver, reason=REASON, day=DAY)
    history = leaver.educations.model.history.filter(member=leaver)
    assert {version.school for version in history} == {""}


@pytest.mark.parametrize("year", [2017, 2020, 2021])
def test_figures_are_what_they_were(year, in_scope, leaver):
    """Check 59: every figure of the register, each with its evidence."""
    factories.unit_year(in_scope, year)
    before = figures_of(in_scope, year)
    erase(leaver, reason=REASON, day=DAY)
    assert figures_of(in_scope, year) == before


def figures_of(unit, year):
    """{key: (value, number of records)} of every figure."""
    readings = Figures(unit.reporting_year(year))
    return {
        key: (reading.value, None if reading.evidence is None else reading.evidence.count())
        for key, reading in readings.items()
    }


def test_figures_of_the_2017_case_are_what_they_were(db, settings, tmp_path):
    """Check 59: the real summary's figures, one member of nineteen erased eight years later."""
    settings.VAR_DIR = tmp_path
    unit = load("2017")
    with scope_of_unit(unit):
        member = Member.objects.of_a_party_on(date(2017, 12, 31)).first()
        for row in (
            *member.memberships.all(),
            *member.employments.all(),
            *member.appointments.all(),
        ):
            row.ended_on = date(2018, 7, 1)
            row.save()
        before = figures_of(unit, 2017)
        name = member.name
        erase(member, reason=REASON, day=DAY)
        assert figures_of(unit, 2017) == before
        assert not Member.objects.filter(name=name).exists()
    assert before["members_total"][0] == 19


# --- who may be erased ---


@pytest.mark.parametrize(
    ("day", "allowed"),
    [(date(2020, 6, 30), False), (date(2020, 7, 1), True), (date(2020, 7, 2), True)],
)
def test_only_who_no_longer_counts(leaver, in_scope, day, allowed):
    if allowed:
        assert erase(leaver, reason=REASON, day=day).pseudonym
        return
    with pytest.raises(ErasureRefused):
        erase(leaver, reason=REASON, day=day)
    assert Member.objects.get(pk=leaver.pk).name == NAME


def test_who_holds_a_post_is_not_erased(leaver, in_scope):
    factories.appointment(leaver)
    with pytest.raises(ErasureRefused):
        erase(leaver, reason=REASON, day=DAY)


def test_roster_is_permanent_so_a_reason_is_asked_for(leaver, in_scope):
    for reason in ("", "   "):
        with pytest.raises(ErasureRefused):
            erase(leaver, reason=reason, day=DAY)


@pytest.mark.parametrize("name", [NAME, EARLIER_NAME])
def test_reason_with_the_name_is_refused(leaver, in_scope, name):
    with pytest.raises(ErasureRefused):
        erase(leaver, reason=f"{name}要求", day=DAY)


def test_legal_hold_keeps_somebody(leaver, in_scope):
    hold = LegalHold(unit=in_scope, member=leaver, reason="争议", placed_on=DAY)
    hold.save()
    with pytest.raises(ErasureRefused):
        erase(leaver, reason=REASON, day=DAY)


def test_nobody_is_erased_twice(leaver, in_scope):
    erase(leaver, reason=REASON, day=DAY)
    with pytest.raises(ErasureRefused):
        erase(leaver, reason=REASON, day=DAY)


def test_next_one_gets_the_next_number(leaver, in_scope, other_school):
    erase(leaver, reason=REASON, day=DAY)
    second = factories.person(in_scope)
    assert erase(second, reason=REASON, day=DAY).pseudonym == "已删除人员02"
    with scope_of_unit(other_school):
        assert erase(factories.person(other_school), reason=REASON, day=DAY).pseudonym.endswith(
            "01"
        )


def test_failure_half_way_changes_nothing(leaver, in_scope):
    """One transaction: the reason is longer than its column, which is noticed late."""
    events = Event.objects.count()
    with pytest.raises(Exception, match="200"):
        erase(leaver, reason="长" * 201, day=DAY)
    leaver.refresh_from_db()
    assert (leaver.name, Event.objects.count()) == (NAME, events)


# --- the page ---


def test_page_by_cast(client, cast, leaver):
    expected = {
        "clerk": 403,
        "secretary": 200,
        "auditor": 403,
        "administrator": 403,
        "viewer": 403,
        "colleague": 403,
    }
    codes = {}
    for part, account in cast:
        client.logout()
        client.force_login(account)
        codes[part] = client.get(reverse("person-erase", args=[leaver.pk])).status_code
    assert codes == expected


def test_secretary_of_another_unit_finds_nobody(client, cast, leaver, other_school):
    client.force_login(factories.user("secretary", unit=other_school))
    address = reverse("person-erase", args=[leaver.pk])
    assert client.get(address).status_code == 404
    assert client.post(address, {"reason": REASON, "sure": "on"}).status_code == 404


def test_page_erases_only_when_sure(client, cast, leaver, in_scope):
    client.force_login(cast.secretary)
    address = reverse("person-erase", args=[leaver.pk])
    assert client.post(address, {"reason": REASON}).status_code == 200
    assert client.post(address, {"reason": f"{NAME}要求", "sure": "on"}).status_code == 200
    assert Member.objects.get(pk=leaver.pk).name == NAME
    assert client.post(address, {"reason": REASON, "sure": "on"}).status_code == 302
    assert Member.objects.get(pk=leaver.pk).name == "已删除人员01"


def test_page_says_why_somebody_cannot_be_erased(client, cast, school):
    here = factories.member(school, party="民盟")
    client.force_login(cast.secretary)
    shown = client.get(reverse("person-erase", args=[here.pk])).content.decode()
    assert 'role="alert"' in shown
    assert "<button" not in shown.partition("<h1>")[2]
