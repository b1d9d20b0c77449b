"""The checklist of a kind, and which activities lack something of it."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from activities.evidence_checklist import checklist, lacking_evidence, with_lack_of_evidence
from activities.kinds import ASKED
from activities.missing import missing_slots, with_facts
from activities.models import Activity, Evidence, Slot
from tests import factories

Kind = Activity.Kind


@pytest.fixture
def meeting(in_scope) -> Activity:
    return factories.activity(in_scope, kind=Kind.SYMPOSIUM)


def settle(activity, slots):
    for slot in slots:
        factories.evidence(activity, slot=slot)


def test_checklist_begins_with_what_the_kind_asks_for(meeting):
    lines = checklist(meeting)
    assert tuple(line.slot for line in lines) == ASKED[Kind.SYMPOSIUM].slots
    assert all(line.is_missing for line in lines)


def test_checklist_says_what_is_there_and_what_is_not_needed(meeting):
    notice = factories.evidence(meeting, slot=Slot.NOTICE)
    mark = factories.not_needed(meeting, Slot.NEWS, "内部会议")
    plan = factories.evidence(meeting, slot=Slot.PLAN)
    lines = {line.slot: line for line in checklist(meeting)}
    assert (lines[Slot.NOTICE].rows, lines[Slot.NOTICE].is_missing) == ([notice], False)
    assert (lines[Slot.NEWS].not_needed, lines[Slot.NEWS].is_missing) == (mark, False)
    assert (lines[Slot.PLAN].rows, lines[Slot.PLAN].asked) == ([plan], False)
    assert lines[Slot.MINUTES].is_missing
    assert list(lines)[-1] == Slot.PLAN


def test_checklist_of_a_talk_is_empty(in_scope):
    assert checklist(factories.activity(in_scope, kind=Kind.TALK)) == []


def test_checklist_asks_two_questions(meeting, django_assert_num_queries):
    settle(meeting, [*Slot, *Slot])
    with django_assert_num_queries(2):
        checklist(meeting)


@pytest.mark.parametrize("kind", ASKED)
def test_activity_lacks_evidence_until_each_kind_is_settled(in_scope, kind):
    activity = factories.activity(in_scope, kind=kind)
    for slot in ASKED[kind].slots:
        assert list(lacking_evidence(Activity.objects.all())) == [activity]
        factories.evidence(activity, slot=slot)
    assert list(lacking_evidence(Activity.objects.all())) == []


def test_what_is_not_needed_is_settled(meeting):
    settle(meeting, set(ASKED[Kind.SYMPOSIUM].slots) - {Slot.NEWS})
    assert list(lacking_evidence(Activity.objects.all())) == [meeting]
    factories.not_needed(meeting, Slot.NEWS)
    assert list(lacking_evidence(Activity.objects.all())) == []


def test_evidence_of_another_activity_settles_nothing(in_scope, meeting):
    other = factories.activity(in_scope, kind=Kind.SYMPOSIUM)
    settle(other, ASKED[Kind.SYMPOSIUM].slots)
    assert list(lacking_evidence(Activity.objects.all())) == [meeting]


def test_two_ways_of_asking_agree(in_scope):
    """One asks the database, the other the rows at hand."""
    for number, kind in enumerate(ASKED):
        settle(factories.activity(in_scope, kind=kind), ASKED[kind].slots[: number % 4])
    rows = with_lack_of_evidence(with_facts(Activity.objects.all()))
    found = {row.pk: row.lacks_evidence for row in rows}
    assert found == {row.pk: bool(missing_slots(row)) for row in rows}
    lacking = set(lacking_evidence(Activity.objects.all()).values_list("pk", flat=True))
    assert lacking == {pk for pk, lacks in found.items() if lacks}
    assert 0 < len(lacking) < len(found)


@pytest.mark.parametrize("number", [1, 30])
def test_lack_of_evidence_is_one_question(in_scope, number, django_assert_num_queries):
    for _each in range(number):
        factories.activity(in_scope)
    with django_assert_num_queries(1):
        assert len(with_lack_of_evidence(Activity.objects.all())) == number
    with django_assert_num_queries(1):
        assert lacking_evidence(Activity.objects.all()).count() == number


# --- what may leave the house ---


# (minors visible, made unrecognisable, is a picture) → may leave
@pytest.mark.parametrize(
    ("visible", "covered", "picture", "leaves"),
    [
        (None, False, True, False),
        (None, False, False, True),
        (False, False, True, True),
        (True, False, True, False),
        (True, True, True, True),
        (True, False, False, False),
        (True, True, False, True),
        (False, False, False, True),
    ],
)
def test_what_may_leave(meeting, visible, covered, picture, leaves):
    """Check 56: a picture that nobody has looked at stays; the row and the list agree."""
    row = factories.evidence(
        meeting,
        thumbnail=b"small" if picture else None,
        minors_visible=visible,
        minors_unrecognisable=covered,
    )
    assert row.may_leave is leaves
    assert list(Evidence.objects.may_leave()) == ([row] if leaves else [])


def test_web_address_may_leave(meeting):
    row = factories.evidence(meeting, address="https://example.org/", slot=Slot.NEWS)
    assert row.may_leave
    assert list(Evidence.objects.may_leave()) == [row]


def test_list_filters_activities_that_lack_evidence(cast, school):
    complete, lacking, bare = (
        factories.activity(school, title, kind=Kind.WRITTEN_REQUEST)
        for title in ("齐全的征求意见", "缺汇总的征求意见", "全无的征求意见")
    )
    settle(complete, ASKED[Kind.WRITTEN_REQUEST].slots)
    settle(lacking, ASKED[Kind.WRITTEN_REQUEST].slots[:1])
    browser = Client()
    browser.force_login(cast.clerk)

    def listed(lack: str) -> set[str]:
        page = browser.get(reverse("activities", args=[school.code]), {"lack": lack})
        return set(re.findall("(?:齐全|缺汇总|全无)的征求意见", page.content.decode()))

    assert listed("slots") == {lacking.title, bare.title}
    assert listed("evidence") == {bare.title}
    assert listed("") == {complete.title, lacking.title, bare.title}
