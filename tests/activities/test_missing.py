"""What is said to be missing of an activity, kind by kind."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.kinds import ASKED
from activities.missing import counts_agree, missing_of, missing_slots, with_facts
from activities.models import Activity, Evidence, NotNeeded, Slot
from tests import factories
from tests.factories.rows import saved

Kind = Activity.Kind


def facts(row) -> Activity:
    return with_facts(Activity.objects.filter(pk=row.pk)).get()


def keys(row) -> list[str]:
    return [lack.key for lack in missing_of(facts(row)) if lack.key != "evidence"]


def test_every_kind_says_what_it_asks_for():
    assert set(ASKED) == set(Kind)
    fields = {field.name for field in Activity._meta.get_fields()}
    for asked in ASKED.values():
        assert set(asked.fields) <= fields
        assert set(asked.slots) <= set(Slot)


def test_an_empty_draft_lacks_everything_its_kind_needs(in_scope):
    draft = saved(Activity(unit=in_scope, kind=Kind.VISIT))
    assert keys(draft) == ["started_on", "title", "place", "attendance", "head_count"]


def test_a_complete_visit_lacks_nothing(in_scope):
    visit = factories.activity(in_scope, kind=Kind.VISIT, place="航海博物馆", head_count=1)
    factories.participation(visit, factories.member(in_scope, party="民盟"))
    for slot in ASKED[Kind.VISIT].slots:
        saved(NotNeeded(unit=in_scope, activity=visit, slot=slot, reason="未产生"))
    assert missing_of(facts(visit)) == []


def test_a_poll_is_not_asked_for_names(in_scope):
    poll = factories.consultation(in_scope, kind=Kind.POLL)
    assert keys(poll) == ["organisers", "tally-party_members"]


def test_a_study_session_needs_themes(in_scope):
    session = factories.activity(in_scope)
    assert keys(session) == ["themes", "attendance"]
    session.themes.set([factories.theme(in_scope)])
    assert keys(session) == ["attendance"]


def test_a_series_in_one_row_has_no_list_of_its_own(in_scope):
    series = factories.activity(in_scope, kind=Kind.VISIT, place="各处", times=3)
    assert keys(series) == []


def test_somebody_excused_alone_is_a_list_too(in_scope):
    visit = factories.activity(in_scope, kind=Kind.VISIT, place="航海博物馆", head_count=0)
    factories.participation(visit, factories.member(in_scope), status="excused")
    assert keys(visit) == []


def test_evidence_is_missing_slot_by_slot(in_scope):
    hearing = factories.consultation(in_scope, kind=Kind.HEARING)
    assert missing_slots(facts(hearing)) == [Slot.NOTICE, Slot.SIGN_IN, Slot.MINUTES]
    saved(
        Evidence(
            unit=in_scope, activity=hearing, slot=Slot.NOTICE, address="https://www.example.cn/1"
        )
    )
    saved(NotNeeded(unit=in_scope, activity=hearing, slot=Slot.MINUTES, reason="另存"))
    assert missing_slots(facts(hearing)) == [Slot.SIGN_IN]
    words = [str(lack) for lack in missing_of(facts(hearing)) if lack.key == "evidence"]
    assert words == ["签到表"]


@pytest.mark.parametrize(
    ("head_count", "about", "note", "guests", "agree"),
    [
        (None, False, "", 2, True),
        (3, False, "", 2, True),  # 1 on the list + 2 guests
        (4, False, "", 2, False),
        (4, True, "", 2, True),
        (4, False, "一位同志未签到", 2, True),
        (4, False, "", None, True),  # guests whose number nobody knows
        (1, False, "", None, True),
        (0, False, "", None, False),
    ],
)
def test_the_head_count_agrees_with_the_list_or_says_why(
    in_scope, head_count, about, note, guests, agree
):
    meeting = factories.consultation(
        in_scope, head_count=head_count, head_count_is_about=about, head_count_note=note
    )
    factories.participation(meeting, factories.member(in_scope))
    factories.participation(meeting, factories.member(in_scope), status="excused")
    factories.guest_group(meeting, number=guests)
    assert counts_agree(facts(meeting)) is agree
    assert ("head_count_note" in keys(meeting)) is not agree


def test_without_a_list_there_is_nothing_to_compare(in_scope):
    meeting = factories.consultation(in_scope, head_count=12)
    factories.guest_group(meeting, number=3)
    assert counts_agree(facts(meeting))


def test_one_activity_and_many_cost_the_same(in_scope):
    def queries(number):
        for _each in range(number):
            row = factories.consultation(in_scope)
            factories.participation(row, factories.member(in_scope))
            saved(NotNeeded(unit=in_scope, activity=row, slot=Slot.NEWS, reason="未发"))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            for row in with_facts(Activity.objects.all()):
                missing_of(row)
        return len(asked)

    assert queries(1) == queries(8) == 3
