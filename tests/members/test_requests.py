"""Consents, requests of people and their answers, legal holds."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from members.models import Consent, CorrectionRequest, LegalHold
from members.models.requests import working_days_after
from tests import factories
from units.events import Action, Event
from units.scoping import scope_of_unit

ASKED = date(2026, 3, 2)  # a Monday


@pytest.fixture
def member(school):
    return factories.member(school, "张三丰", party="民盟")


def stored(row):
    """Check and store ``row``."""
    with scope_of_unit(row.unit):
        row.full_clean()
        row.save()
    return row


def request_of(member, **fields) -> CorrectionRequest:
    fields = {"asked_on": ASKED, "wording": "出生年月应为1970年5月", **fields}
    return stored(CorrectionRequest(unit=member.unit, member=member, **fields))


@pytest.mark.parametrize(
    ("day", "number", "expected"),
    [
        (date(2026, 3, 2), 1, date(2026, 3, 3)),
        (date(2026, 3, 6), 1, date(2026, 3, 9)),  # Friday, then Monday
        (date(2026, 3, 7), 1, date(2026, 3, 9)),  # Saturday
        (date(2026, 3, 2), 5, date(2026, 3, 9)),
        (date(2026, 3, 2), 15, date(2026, 3, 23)),
    ],
)
def test_working_days_leave_out_weekends(day, number, expected):
    assert working_days_after(day, number) == expected


def test_request_is_due_after_fifteen_working_days(member):
    assert request_of(member).due_on == date(2026, 3, 23)


def test_due_day_set_by_hand_stays(member):
    assert request_of(member, due_on=date(2026, 3, 10)).due_on == date(2026, 3, 10)


def test_due_day_before_asking_is_refused(member):
    with pytest.raises(ValidationError) as refused:
        request_of(member, due_on=ASKED - timedelta(days=1))
    assert list(refused.value.message_dict) == ["due_on"]


def test_overdue_from_the_day_after_the_due_day(member, in_scope):
    row = request_of(member)
    overdue = {
        day: list(CorrectionRequest.objects.overdue(day=day))
        for day in (date(2026, 3, 22), date(2026, 3, 23), date(2026, 3, 24))
    }
    assert list(overdue.values()) == [[], [], [row]]


def test_answered_request_is_open_no_more(member, in_scope):
    row = request_of(member)
    assert list(CorrectionRequest.objects.open()) == [row]
    row.decision, row.done_on = "granted", ASKED
    stored(row)
    assert list(CorrectionRequest.objects.open()) == []


@pytest.mark.parametrize(
    "answer",
    [
        {"decision": "refused"},
        {"decision": "partly"},
        {"done_on": ASKED},
        {"decision": "granted", "done_on": ASKED - timedelta(days=1)},
    ],
)
def test_incomplete_answer_is_refused(member, answer):
    """PIPL 50: a refusal gives its reason."""
    with pytest.raises(ValidationError):
        request_of(member, **answer)


def test_refusal_with_its_reason(member):
    row = request_of(member, decision="refused", refusal_reason="名册须永久保存", done_on=ASKED)
    assert row.pk


def test_consent_holds_from_giving_until_withdrawal(member, in_scope):
    """Check 57, PIPL 15: on the day of withdrawal it does not hold any more."""
    row = Consent(
        unit=in_scope, member=member, kind="name", notice_version="1",
        given_on=date(2026, 3, 2), withdrawn_on=date(2026, 3, 5),
    )  # fmt: skip
    stored(row)
    days = [date(2026, 3, day) for day in (1, 2, 4, 5, 6)]
    assert [Consent.objects.on(day).exists() for day in days] == [False, True, True, False, False]


def test_consent_withdrawn_before_it_was_given_is_refused(member):
    with pytest.raises(ValidationError):
        stored(
            Consent(
                unit=member.unit, member=member, kind="name", notice_version="1",
                given_on=ASKED, withdrawn_on=ASKED - timedelta(days=1),
            )
        )  # fmt: skip


def test_consent_given_twice_is_refused_and_after_withdrawal_taken(member):
    first = stored(
        Consent(unit=member.unit, member=member, kind="roster", notice_version="1", given_on=ASKED)
    )
    again = Consent(
        unit=member.unit, member=member, kind="roster", notice_version="2", given_on=ASKED
    )
    with pytest.raises(ValidationError):
        stored(again)
    first.withdrawn_on = ASKED
    stored(first)
    stored(again)


def test_row_about_a_person_of_another_unit_is_refused(member, other_school):
    for row in (
        Consent(kind="name", notice_version="1", given_on=ASKED),
        CorrectionRequest(asked_on=ASKED, wording="x"),
        LegalHold(reason="x", placed_on=ASKED),
    ):
        row.unit, row.member = other_school, member
        with scope_of_unit(other_school), pytest.raises(ValidationError) as refused:
            row.full_clean()
        assert "member" in refused.value.message_dict


# --- pages ---

ADDRESSES = ("person-requests", "person-request", "person-new-request")


def address(name, member, row):
    keys = {"person-requests": [], "person-request": [row.pk], "person-new-request": [member.pk]}
    return reverse(name, args=keys[name])


def test_pages_by_cast(client, cast, member):
    row = request_of(member)
    expected = {
        "clerk": [200, 200, 200],
        "secretary": [200, 200, 200],
        "auditor": [403, 403, 403],
        "administrator": [403, 403, 403],
        "viewer": [403, 403, 403],
        "colleague": [200, 404, 404],
    }
    codes = {}
    for part, account in cast:
        client.logout()
        client.force_login(account)
        codes[part] = [client.get(address(name, member, row)).status_code for name in ADDRESSES]
    assert codes == expected


@time_machine.travel("2026-03-24 08:00+08:00")
def test_open_list_marks_what_is_overdue_and_hides_other_units(client, cast, member, other_school):
    request_of(member)
    stranger = factories.member(other_school, "李四光")
    request_of(stranger)
    client.force_login(cast.clerk)
    shown = client.get(reverse("person-requests")).content.decode()
    assert ("张三丰" in shown, "李四光" in shown, shown.count('class="missing"')) == (
        True,
        False,
        1,
    )


def test_request_recorded_and_answered_in_the_browser(client, cast, member, in_scope):
    """Check 59: each step is in the change log."""
    client.force_login(cast.clerk)
    asked = {"kind": "correct", "asked_on": "2026-03-02", "wording": "改正姓名用字", "due_on": ""}
    address = reverse("person-new-request", args=[member.pk])
    assert client.post(address, asked).status_code == 302
    row = CorrectionRequest.objects.get()
    assert (row.member, row.due_on) == (member, date(2026, 3, 23))
    answer = {
        "due_on": "2026-03-23",
        "decision": "granted",
        "refusal_reason": "",
        "done_on": "2026-03-05",
        "version": row.version,
    }
    assert client.post(reverse("person-request", args=[row.pk]), answer).status_code == 302
    events = Event.objects.filter(model="members.correctionrequest").order_by("number")
    assert [(event.action, event.actor) for event in events] == [
        (Action.CREATE, cast.clerk),
        (Action.CHANGE, cast.clerk),
    ]


def test_same_request_sent_twice_is_one(client, cast, member, in_scope):
    """Check 79: told where it was written anew, and led on where the very form is sent again."""
    client.force_login(cast.clerk)
    asked = {"kind": "correct", "asked_on": "2026-03-02", "wording": "改正", "due_on": ""}
    address = reverse("person-new-request", args=[member.pk])
    assert [client.post(address, asked).status_code for _ in range(2)] == [302, 200]
    assert CorrectionRequest.objects.count() == 1
    form = client.get(address).context
    more = {**asked, "wording": "删除", form["careful"]["name"]: form["careful"]["value"]}
    assert [client.post(address, more).status_code for _ in range(2)] == [302, 302]
    assert CorrectionRequest.objects.count() == 2


def test_refusal_without_reason_is_told_at_the_form(client, cast, member, in_scope):
    row = request_of(member)
    client.force_login(cast.clerk)
    answer = {"due_on": "2026-03-23", "decision": "refused", "done_on": "", "version": row.version}
    shown = client.post(reverse("person-request", args=[row.pk]), answer)
    (rule,) = [c for c in row._meta.constraints if c.name == "refusal_gives_its_reason"]
    assert shown.context["form"].non_field_errors() == [rule.violation_error_message]
    row.refresh_from_db()
    assert row.decision == ""


def test_answer_given_before_asking_is_told_at_the_form(client, cast, member, in_scope):
    """The constraint also speaks of a field that is not on the form."""
    row = request_of(member)
    client.force_login(cast.clerk)
    answer = {
        "due_on": "2026-03-23", "decision": "granted", "done_on": "2026-03-01",
        "version": row.version,
    }  # fmt: skip
    assert client.post(reverse("person-request", args=[row.pk]), answer).status_code == 200


def test_answer_on_a_stale_page_is_refused_and_kept_on_the_form(client, cast, member, in_scope):
    """Two people answer at once: the second is told, and nothing typed is lost."""
    row = request_of(member)
    stale = row.version
    row.decision = "granted"
    stored(row)
    client.force_login(cast.clerk)
    answer = {
        "due_on": "2026-03-23", "decision": "refused", "refusal_reason": "名册永久保存",
        "done_on": "", "version": stale,
    }  # fmt: skip
    shown = client.post(reverse("person-request", args=[row.pk]), answer)
    assert (shown.status_code, "名册永久保存" in shown.content.decode()) == (200, True)
    row.refresh_from_db()
    assert row.decision == "granted"


def test_posted_fields_that_are_not_on_the_form_change_nothing(
    client, cast, member, in_scope, other_school
):
    """Check 18."""
    client.force_login(cast.clerk)
    asked = {
        "kind": "correct", "asked_on": "2026-03-02", "wording": "改正", "due_on": "",
        "unit": other_school.pk, "member": "999", "decision": "granted", "done_on": "2026-03-02",
    }  # fmt: skip
    client.post(reverse("person-new-request", args=[member.pk]), asked)
    row = CorrectionRequest.objects.get()
    assert (row.unit, row.member, row.decision, row.done_on) == (in_scope, member, "", None)
