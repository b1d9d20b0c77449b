"""Two entries of one person become one: each row once, nothing of either lost."""

from datetime import date

import pytest

from activities.models import GiftDonor, Participation, Talk, TalkPair
from consultations.models import Suggestion
from members.erasing import erase
from members.erasure_list import list_path, read_list
from members.merge_plan import lists_of, plan_of, references_to
from members.merging import MergeRefused, merge
from members.models import Consent, Contact, Employment, LegalHold, Member, Membership, MergedEntry
from members.own_sheet import own_sheet
from members.person_rows import unit_models
from tests import factories
from tests.factories.rows import saved
from tests.stored_bytes import is_stored
from units.events import Action, Event
from units.log_check import faults
from units.scoping import scope_of_units

DAY = date(2017, 12, 31)
REASON = "同一人录入两次"


@pytest.fixture(autouse=True)
def own_list_of_erasures(settings, tmp_path):
    """What is erased here is on this test's own list."""
    settings.VAR_DIR = tmp_path


@pytest.fixture
def keep(in_scope):
    """The entry that remains."""
    return factories.person(in_scope, "徐文清", sex="female")


@pytest.fixture
def gone(in_scope):
    """The entry that goes."""
    return factories.person(in_scope, "徐文清", sex="female")


def merged(keep, gone, **choices) -> Member:
    return merge(keep, gone, reason=REASON, day=DAY, choices=choices)


def refusal(*args, **fields) -> str:
    with pytest.raises(MergeRefused) as refused:
        merge(*args, **{"reason": REASON, "day": DAY, **fields})
    return str(refused.value)


# --- rows ---


def test_meeting_attended_under_both_entries_is_attended_once(in_scope, keep, gone):
    """Probe 21."""
    meeting, other = factories.activity(in_scope), factories.activity(in_scope)
    factories.participation(meeting, keep)
    factories.participation(meeting, gone)
    factories.participation(other, gone)
    merged(keep, gone)
    assert [row.member for row in Participation.objects.order_by("activity")] == [keep, keep]
    assert meeting.participations.count() == other.participations.count() == 1


def test_rows_of_every_room_move(in_scope, keep, gone):
    factories.title_of(gone)
    factories.education(gone)
    factories.appointment(gone)
    factories.honour(in_scope, member=gone)
    factories.gift(factories.aid_round(in_scope), donors=[gone])
    suggestion = factories.suggestion(in_scope, proposers=[gone], signature="persons")
    friend = factories.person(in_scope)
    pair = saved(TalkPair(unit=in_scope, leader=friend, friend=gone))
    merged(keep, gone)
    for relation in ("titles", "educations", "appointments", "honours"):
        assert getattr(keep, relation).count() == 1, relation
    assert GiftDonor.objects.get().member == keep
    assert list(suggestion.proposers.all()) == [keep]
    pair.refresh_from_db()
    assert pair.friend == keep
    assert set(Member.objects.all()) == {keep, friend}


def test_every_reference_to_a_person_is_in_the_plan():
    """A new kind of record that names a person is merged without anybody remembering it."""
    named = {
        (model, each.name)
        for model in unit_models()
        for each in (*model._meta.local_fields, *model._meta.local_many_to_many)
        if each.related_model is Member
    }
    assert {(Participation, "member"), (Suggestion, "proposers"), (TalkPair, "leader")} <= named
    in_plan = {(each.model, each.name) for each in (*references_to(Member), *lists_of(Member))}
    assert named == in_plan


def test_suggestion_signed_under_both_entries_has_one_proposer(in_scope, keep, gone):
    suggestion = factories.suggestion(in_scope, proposers=[keep, gone], signature="persons")
    merged(keep, gone)
    assert list(suggestion.proposers.all()) == [keep]


def test_same_membership_days_remain_once(in_scope, keep, gone):
    for entry in (keep, gone):
        factories.membership(entry)
        factories.employment(entry)
        factories.title_of(entry)
    merged(keep, gone)
    counts = [rows.count() for rows in (keep.memberships, keep.employments, keep.titles)]
    assert counts == [1, 1, 1]


def test_memberships_of_other_days_and_parties_stand_beside_each_other(in_scope, keep, gone):
    factories.membership(keep, "民盟", ended_on=date(2010, 1, 1))
    factories.membership(gone, "民盟", started_on=date(2010, 1, 1))
    factories.membership(gone, "民革")
    merged(keep, gone)
    assert keep.memberships.count() == 3


@pytest.mark.parametrize(
    ("side", "statuses"), [("keep", ["in_service"]), ("gone", ["in_service", "retired"])]
)
def test_rows_that_cannot_all_stand_are_chosen_from(in_scope, keep, gone, side, statuses):
    """One entry says in service ever since; the other, retired in 2017."""
    factories.employment(keep)
    factories.employment(gone, ended_on=date(2017, 7, 1))
    factories.employment(gone, started_on=date(2017, 7, 1), status="retired")
    (clash,) = plan_of(keep, gone).clashes
    assert (len(clash.ours), len(clash.theirs)) == (1, 2)
    assert refusal(keep, gone)
    assert (Employment.objects.count(), Member.objects.count()) == (3, 2)
    merged(keep, gone, **{clash.key: side})
    assert [row.status for row in keep.employments.all()] == statuses


def test_one_telephone_and_one_consent_of_a_kind_remain(in_scope, keep, gone):
    for entry, phone in ((keep, "139 1234 5678"), (gone, "13912345678")):
        Contact(unit=in_scope, member=entry, phone=phone).save()
        Consent(unit=in_scope, member=entry, kind="roster", notice_version="1", given_on=DAY).save()
    assert plan_of(keep, gone).clashes == []
    merged(keep, gone)
    assert (Contact.objects.get().phone, Consent.objects.count()) == ("13912345678", 1)


def test_two_telephones_are_chosen_from(in_scope, keep, gone):
    for entry, phone in ((keep, "13912345678"), (gone, "13987654321")):
        Contact(unit=in_scope, member=entry, phone=phone).save()
    (clash,) = plan_of(keep, gone).clashes
    merged(keep, gone, **{clash.key: "gone"})
    assert Contact.objects.get().phone == "13987654321"
    assert Contact.objects.get().member == keep


def test_withdrawn_consent_stays_beside_one_that_holds(in_scope, keep, gone):
    """The constraint speaks only of consents that hold."""
    fields = {"unit": in_scope, "kind": "roster", "notice_version": "1", "given_on": DAY}
    Consent(member=keep, **fields, withdrawn_on=DAY).save()
    Consent(member=gone, **fields).save()
    merged(keep, gone)
    assert Consent.objects.filter(member=keep).count() == 2


def test_talks_of_a_pair_that_is_double_go_to_the_pair_that_stays(in_scope, keep, gone):
    leader = factories.person(in_scope)
    pairs = [saved(TalkPair(unit=in_scope, leader=leader, friend=each)) for each in (keep, gone)]
    talk = saved(
        Talk(
            unit=in_scope,
            activity=factories.activity(in_scope, kind="talk"),
            pair=pairs[1],
        )
    )
    merged(keep, gone)
    talk.refresh_from_db()
    assert (talk.pair, TalkPair.objects.count()) == (pairs[0], 1)


# --- fields ---


def test_empty_fields_are_filled_and_others_chosen(in_scope, keep, gone):
    Member.objects.filter(pk=keep.pk).update(staff_number="T017")
    Member.objects.filter(pk=gone.pk).update(
        staff_number="T018", born_on=date(1960, 1, 1), born_precision="year", note="原教研组长"
    )
    assert refusal(keep, gone)
    entry = merged(keep, gone, **{"field-staff_number": "gone"})
    entry.refresh_from_db()
    assert (entry.staff_number, entry.born_on, entry.born_precision, entry.note) == (
        "T018",
        date(1960, 1, 1),
        "year",
        "原教研组长",
    )


def test_name_chosen_changes_the_pinyin(in_scope, keep, gone):
    Member.objects.filter(pk=keep.pk).update(name="徐文青")
    entry = merged(keep, gone, **{"field-name": "gone"})
    assert (entry.name, entry.sort_key) == ("徐文清", gone.sort_key)


# --- what stays known ---


def test_history_and_log_say_what_happened_and_why(in_scope, keep, gone):
    title = factories.title_of(gone)
    before = Event.objects.latest("number").number
    merged(keep, gone)
    events = Event.objects.filter(number__gt=before)
    assert set(events.values_list("reason", flat=True)) == {REASON}
    deleted = events.get(action=Action.DELETE, model="members.member")
    assert deleted.detail.content["name"] == ["徐文清", None]
    last = Member.history.filter(id=gone.pk).first()
    assert (last.history_type, last.name, last.history_change_reason) == ("-", "徐文清", REASON)
    assert [version.member_id for version in title.history.all()] == [keep.pk, gone.pk]
    entry = MergedEntry.objects.get()
    assert (entry.member, entry.key, entry.person) == (keep, gone.pk, gone.person)
    assert list(faults([])) == []


def test_own_sheet_shows_what_the_merged_entry_said(in_scope, keep, gone):
    Member.objects.filter(pk=gone.pk).update(note="原教研组长")
    merged(keep, gone, **{"field-note": "gone"})
    Member.objects.filter(pk=keep.pk).update(note="")
    sheet = str(own_sheet(keep, day=DAY).as_json())
    assert "原教研组长" in sheet


def test_three_entries_become_one_and_are_erased_as_one(in_scope, keep, gone):
    """The versions of merged entries go with the person, and so do their lines of the list."""
    third = factories.person(in_scope, "徐文靖", note="原教研组长")
    merged(gone, third, **{"field-name": "keep", "field-sex": "keep"})
    merged(keep, gone, **{"field-note": "keep"})
    assert {entry.key for entry in keep.merged_entries.all()} == {gone.pk, third.pk}
    done = erase(Member.objects.get(pk=keep.pk), reason="本人要求", day=DAY)
    assert done.left == []
    names = set(Member.history.values_list("name", flat=True))
    assert names == {"已删除人员01"}
    assert set(Member.history.values_list("note", flat=True)) == {""}


@pytest.mark.django_db(transaction=True)
def test_list_of_erasures_names_the_merged_entry_too(school):
    with scope_of_units([school]):
        keep, gone = (factories.person(school, "徐文清") for _each in range(2))
        merged(keep, gone)
        erase(Member.objects.get(pk=keep.pk), reason="本人要求", day=DAY)
    assert {line.person for line in read_list(list_path())} == {keep.person, gone.person}
    assert not is_stored("徐文清")


# --- what is refused ---


def test_merge_across_units_is_refused(school, other_school):
    """Nobody merges people of two schools, even who works for both."""
    keep, gone = factories.person(school), factories.person(other_school)
    with scope_of_units([school, other_school]):
        assert refusal(keep, gone)
        assert Member.objects.count() == 2


def test_merge_with_itself_is_refused(in_scope, keep):
    assert refusal(keep, keep)


@pytest.mark.parametrize("reason", ["", "  ", "徐文清录入两次"])
def test_merge_without_a_reason_or_with_the_name_in_it_is_refused(in_scope, keep, gone, reason):
    assert refusal(keep, gone, reason=reason)


def test_merge_of_somebody_on_legal_hold_is_refused(in_scope, keep, gone):
    LegalHold(unit=in_scope, member=gone, reason="仲裁", placed_on=DAY).save()
    assert refusal(keep, gone)


def test_merge_of_somebody_erased_is_refused(in_scope, keep, gone):
    erase(gone, reason="本人要求", day=DAY)
    assert refusal(keep, gone)


def test_merge_of_an_entry_no_longer_there_is_refused(in_scope, keep, gone):
    Member.objects.get(pk=gone.pk).delete()
    assert refusal(keep, gone)


def test_merge_of_the_two_of_a_pair_is_refused_whole(in_scope, keep, gone):
    """A leader and a colleague are two people; nothing is left half done."""
    saved(TalkPair(unit=in_scope, leader=keep, friend=gone))
    factories.membership(gone)
    assert refusal(keep, gone)
    assert (Membership.objects.get().member, Member.objects.count()) == (gone, 2)
