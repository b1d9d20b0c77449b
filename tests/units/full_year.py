"""A year with a row of every kind that belongs to one, and what of each row is held."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import models, transaction

from activities.models import (
    Activity,
    AidRound,
    Evidence,
    Gift,
    GiftDonor,
    Grant,
    GuestGroup,
    NotNeeded,
    Participation,
    Reversal,
    Talk,
    TalkPair,
    Target,
)
from consultations.models import (
    Adoption,
    AgendaItem,
    Promise,
    PromiseKept,
    Proposal,
    Reply,
    Step,
    Suggestion,
    Tally,
)
from members.models import (
    Appointment,
    Education,
    Employment,
    Honour,
    Membership,
    Organisation,
    OrganisationName,
    Title,
)
from tests import factories
from tests.factories.rows import saved
from units.models import UnitYear
from units.roles import Role

IN, AFTER = date(2017, 6, 1), date(2018, 6, 1)
LAST = date(2017, 12, 31)


def year_full_of_rows(unit) -> dict[type, models.Model]:
    """One row of every kind that belongs to a year, in 2017: {kind: row}."""
    member = factories.member(unit, "张三丰", party="民盟", employed_on=IN, title="高级教师")
    # Others, so that a second row of a kind overlaps with nobody's first.
    factories.member(unit, "李四", employed_on=IN)
    factories.person(unit, "王五")
    activity = factories.activity(unit, started_on=IN)
    meeting = factories.consultation(unit, started_on=IN)
    aid = factories.aid_round(unit, opened_on=IN)
    gift = factories.gift(aid, donors=[member])
    branch = factories.organisation(unit, started_on=IN)
    suggestion = factories.suggestion(unit, registered_on=IN)
    talk = factories.activity(unit, kind=Activity.Kind.TALK, started_on=IN)
    friend = factories.person(unit)
    pair = saved(TalkPair(unit=unit, leader=member, friend=friend, started_on=IN))
    rows = [
        activity,
        aid,
        gift,
        branch,
        suggestion,
        pair,
        gift.donors.get(),
        *(member.employments.get(), member.memberships.get(), member.titles.get()),
        factories.unit_year(unit),
        factories.participation(activity, member),
        factories.guest_group(activity),
        factories.agenda_item(meeting),
        factories.reply(suggestion, replied_on=IN),
        _reversed_grant(aid),
        factories.grant(aid, factories.recipient(unit), gift=gift, granted_on=IN),
        factories.appointment(member, started_on=IN),
        factories.education(member, completed_on=IN),
        factories.honour(unit),
        factories.organisation_name(branch, "旧名", ended_on=IN),
        saved(Evidence(unit=unit, activity=activity, slot="news", address="https://x.cn/1")),
        saved(NotNeeded(unit=unit, activity=activity, slot="plan", reason="当天临时决定")),
        saved(Talk(unit=unit, activity=talk, pair=pair)),
        saved(Target(unit=unit, year=2017, deed="symposium", due=2)),
        saved(Tally(unit=unit, consultation=meeting, took_part=19)),
        factories.course_step(suggestion, Step.Kind.NOTE, on=IN, words="已转总务处"),
        (proposal := factories.proposal(unit, submitted_on=IN)),
        factories.adoption(proposal, adopted_on=IN),
        (kept := factories.kept_promise(unit, on=IN)),
        kept.promise,
    ]
    return {type(row): row for row in rows}


def _reversed_grant(aid):
    """A reversal of a grant of the year."""
    grant = factories.grant(aid, factories.recipient(aid.unit), granted_on=IN)
    return factories.reversal(grant, factories.user(Role.CLERK, unit=aid.unit))


# kind: (a held field and another value of it, {the dates or row that place it in 2017: in 2018})
HELD = {
    Activity: ({"title": "改"}, {"started_on": AFTER}),
    AidRound: ({"name": "改"}, {"opened_on": AFTER}),
    Gift: ({"amount": 1}, None),
    GiftDonor: ({"position": 9}, None),
    Grant: ({"amount": 1}, {"granted_on": AFTER}),
    Reversal: (None, None),
    GuestGroup: ({"number": 9}, None),
    Participation: ({"status": "excused"}, None),
    Evidence: ({"slot": "photo"}, None),
    NotNeeded: ({"reason": "改"}, None),
    Talk: (None, None),
    TalkPair: ({"times_a_year": 9}, {"started_on": AFTER}),
    Target: ({"due": 9}, {"year": 2018}),
    AgendaItem: ({"subject": "改"}, None),
    Suggestion: ({"wording": "改"}, {"registered_on": AFTER}),
    Reply: ({"wording": "改"}, None),
    Tally: ({"took_part": 20}, None),
    Step: ({"words": "改"}, {"on": AFTER}),
    Proposal: ({"title": "改"}, {"submitted_on": AFTER}),
    Adoption: ({"body": "改"}, None),
    Promise: ({"wording": "改"}, {"made_in": 2018}),
    PromiseKept: ({"words": "改"}, {"on": AFTER}),
    Employment: ({"full_time_teacher": True}, {"started_on": AFTER}),
    Membership: ({"started_on": date(2017, 6, 2)}, {"started_on": AFTER}),
    Title: ({"level": "middle"}, {"started_on": AFTER}),
    Appointment: ({"post": "主委"}, {"started_on": AFTER}),
    Education: ({"level": "11"}, {"completed_on": AFTER}),
    Honour: ({"title": "改"}, {"performance_year": 2018}),
    Organisation: ({"level": "committee"}, {"started_on": AFTER}),
    OrganisationName: ({"name": "改"}, {"ended_on": AFTER}),
    UnitYear: ({"staff_total": 106}, None),
}
# What other rows of the year refer to, so that nobody can delete it anyway.
REFERRED_TO = {
    *(Activity, AidRound, Gift, Organisation, Suggestion, TalkPair, Proposal, Promise),
    Reply,  # which nobody deletes in any year
}
MOVED = {model: moved for model, (_changed, moved) in HELD.items() if moved}


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def stored_values(row) -> dict:
    return type(row).objects.filter(pk=row.pk).values().get()


def with_values(row, values):
    row = fresh(row)
    for name, value in values.items():
        setattr(row, name, value)
    return row


def refused(deed):
    """Run ``deed``, which a closed year must refuse, be it a form's check or the writing."""
    with pytest.raises(ValidationError) as refusal, transaction.atomic():
        deed()
    assert "已由" in "".join(refusal.value.messages)


def copy_of(row):
    """A new row with the same values."""
    values = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
    return type(row)(**{**values, "id": None, "version": 1})
