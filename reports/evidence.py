"""How the records behind a figure are shown: the columns of each kind of record.

Models are named by their labels: this floor knows the statistics of the rooms below, not their
tables. Recipients of aid are children: they appear by code, and guests by capacity; neither has a
name in the records.
"""

from collections.abc import Mapping

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from reports.sheets import (
    Column,
    Sheet,
    covered,
    happened,
    joined,
    party_or_cpc,
    since,
    until,
    with_dates,
)

_MEMBER = Column(_("Name"), lambda row: row.member, covered=lambda row: covered(row.member.name))
_DATES = (Column(_("From"), since), Column(_("Until"), until))

_OF_ACTIVITIES = Sheet(
    columns=(
        Column(_("Activity"), str),
        Column(_("Date"), happened),
        Column(_("Kind"), lambda row: row.get_kind_display()),
        Column(_("Occasion"), lambda row: row.occasion),
        Column(_("Place"), lambda row: row.place),
        Column(_("Series"), lambda row: row.series),
        Column(_("Themes"), lambda row: joined(row.themes.all())),
        Column(_("Organisers"), lambda row: joined(row.organisers.all())),
        Column(_("Partner"), lambda row: row.partner),
        Column(_("Times"), lambda row: row.times, field="times"),
    ),
    joins=("series",),
    gathers=("themes", "organisers"),
)


def covered_giver(giver: Model) -> str:
    """A giver; of a person, not more than the name's first character."""
    return covered(giver.member.name) if giver.member_id else str(giver)


SHEETS: Mapping[str, Sheet] = {
    "units.Unit": Sheet(
        columns=(
            Column(_("Unit"), lambda row: row.name),
            Column(_("Name within the text"), lambda row: row.short_name),
            Column(_("Code"), lambda row: row.code),
        )
    ),
    "units.UnitYear": Sheet(
        columns=(
            Column(_("Year"), lambda row: row.year),
            Column(_("Closing day"), lambda row: row.closes_on),
            Column(_("Staff in all"), lambda row: row.staff_total),
            Column(_("Full-time teachers"), lambda row: row.full_time_teachers),
            Column(_("Head counts as of"), lambda row: row.counted_on),
            Column(_("Motto"), lambda row: row.motto),
        )
    ),
    "members.Member": Sheet(
        columns=(
            Column(_("Name"), lambda row: row.name, covered=lambda row: covered(row.name)),
            Column(_("Party"), lambda row: with_dates(row.memberships.all())),
            Column(_("Employment"), lambda row: with_dates(row.employments.all())),
            Column(
                _("Full-time teacher"),
                lambda row: any(each.full_time_teacher for each in row.employments.all()),
            ),
            Column(_("Title"), lambda row: with_dates(row.titles.all())),
            Column(_("Schooling"), lambda row: joined(row.educations.all())),
        ),
        gathers=("memberships__party", "employments__department", "titles", "educations"),
    ),
    "members.Membership": Sheet(
        columns=(
            _MEMBER,
            Column(_("Party"), lambda row: row.party),
            Column(_("Party organisation"), lambda row: row.organisation),
            *_DATES,
        ),
        joins=("member", "party", "organisation"),
        owner="member",
    ),
    "members.Appointment": Sheet(
        columns=(
            _MEMBER,
            Column(_("Post"), lambda row: row.words),
            Column(_("Level"), lambda row: row.get_level_display()),
            *_DATES,
        ),
        joins=("member", "party", "organisation"),
        owner="member",
    ),
    "members.Organisation": Sheet(
        columns=(
            Column(_("Organisation"), lambda row: row.name),
            Column(_("Party"), party_or_cpc),
            Column(_("Level"), lambda row: row.get_level_display()),
            *_DATES,
        ),
        joins=("party",),
    ),
    "members.Honour": Sheet(
        columns=(
            Column(_("Honour"), lambda row: row.title),
            Column(_("Level"), lambda row: row.get_level_display()),
            Column(_("Earned in"), lambda row: row.performance_year),
            Column(_("Awarded by"), lambda row: row.awarded_by),
            Column(_("Document number"), lambda row: row.document_number),
            Column(_("Date of the certificate"), lambda row: row.awarded_on),
        )
    ),
    "activities.Activity": _OF_ACTIVITIES,
    "consultations.Consultation": _OF_ACTIVITIES,
    "activities.Theme": Sheet(columns=(Column(_("Theme"), lambda row: row.name),)),
    "activities.Series": Sheet(columns=(Column(_("Series"), lambda row: row.name),)),
    "activities.GuestGroup": Sheet(
        columns=(
            Column(_("Capacity"), lambda row: row.capacity),
            Column(_("Guests"), lambda row: row.number),
            Column(_("Activity"), lambda row: row.activity),
            Column(_("Date"), lambda row: happened(row.activity)),
        ),
        joins=("activity",),
        owner="activity",
    ),
    "consultations.AgendaItem": Sheet(
        columns=(
            Column(_("Subject"), lambda row: row.subject),
            Column(_("Kind"), lambda row: row.get_kind_display()),
            Column(_("Consultation"), lambda row: row.consultation),
            Column(_("Date"), lambda row: happened(row.consultation)),
        ),
        joins=("consultation",),
        owner="consultation",
    ),
    "consultations.Suggestion": Sheet(
        columns=(
            Column(_("Number"), str),
            Column(_("Suggestion"), lambda row: row.wording),
            Column(_("Category"), lambda row: row.category),
            Column(_("Registered"), lambda row: row.registered_on),
            Column(
                _("Replied"),
                lambda row: joined(each.replied_on for each in row.replies.all()),
            ),
            Column(_("State"), lambda row: row.state_label),
            Column(_("Result"), lambda row: row.result_label),
            Column(_("Result told on"), lambda row: row.fed_back_on),
        ),
        gathers=("replies",),
    ),
    "consultations.Proposal": Sheet(
        columns=(
            Column(_("Proposal"), lambda row: row.title),
            Column(_("Kind"), lambda row: row.get_kind_display()),
            Column(
                _("Proposers"),
                lambda row: joined(row.proposers.all()),
                covered=lambda row: joined(covered(each.name) for each in row.proposers.all()),
            ),
            Column(_("Organisation"), lambda row: row.organisation),
            Column(_("Channel"), lambda row: row.channel),
            Column(_("Handed in"), lambda row: row.submitted_on),
        ),
        joins=("organisation",),
        gathers=("proposers",),
    ),
    "consultations.Adoption": Sheet(
        columns=(
            Column(_("Proposal"), lambda row: row.proposal),
            Column(_("Adopted by"), lambda row: row.body),
            Column(_("Level"), lambda row: row.get_level_display()),
            Column(_("Adopted"), lambda row: row.adopted_on),
            Column(_("Instruction received"), lambda row: row.instruction),
        ),
        joins=("proposal",),
        owner="proposal",
    ),
    "consultations.Promise": Sheet(
        columns=(
            Column(_("Promise"), lambda row: row.wording),
            Column(_("Kind"), lambda row: row.get_kind_display()),
            Column(_("Year of the report"), lambda row: row.made_in),
            Column(_("Outcome"), lambda row: row.outcome_label),
            Column(_("Shown by"), lambda row: joined(row.shown_by)),
        ),
        gathers=("reviews__activities", "reviews__suggestions"),
    ),
    "activities.Participation": Sheet(
        columns=(
            _MEMBER,
            Column(_("Activity"), lambda row: row.activity),
            Column(_("Date"), lambda row: happened(row.activity)),
        ),
        joins=("member", "activity"),
        owner="activity",
    ),
    "activities.Grant": Sheet(
        columns=(
            Column(_("Recipient"), lambda row: row.recipient),
            Column(_("School stage"), lambda row: row.recipient.get_stage_display()),
            Column(_("Community"), lambda row: row.recipient.community),
            Column(_("Round of aid"), lambda row: row.aid_round),
            Column(
                _("Givers"),
                lambda row: joined(row.gift.donors.all()) if row.gift_id else None,
                covered=lambda row: (
                    joined(map(covered_giver, row.gift.donors.all())) if row.gift_id else None
                ),
            ),
            Column(_("Handed over"), lambda row: row.granted_on),
            Column(_("Amount in yuan"), lambda row: row.amount, field="amount"),
        ),
        joins=("recipient", "aid_round", "gift"),
        gathers=("gift__donors__member", "gift__donors__organisation", "gift__donors__party"),
        owner="aid_round",
    ),
    "activities.AidRound": Sheet(
        columns=(
            Column(_("Round of aid"), lambda row: row.name),
            Column(_("Appeal of"), lambda row: row.opened_on),
            Column(_("Community"), lambda row: row.community),
        )
    ),
    "activities.Recipient": Sheet(
        columns=(
            Column(_("Recipient"), lambda row: row.code),
            Column(_("School stage"), lambda row: row.get_stage_display()),
            Column(_("Community"), lambda row: row.community),
        )
    ),
    "activities.GiftDonor": Sheet(
        columns=(
            Column(_("Giver"), str, covered=covered_giver),
            Column(_("Round of aid"), lambda row: row.gift.aid_round),
            Column(_("Received"), lambda row: row.gift.received_on),
            Column(_("Gift"), lambda row: row.gift),
            Column(_("Order of signing"), lambda row: row.position),
        ),
        joins=("gift__aid_round", "member", "organisation", "party"),
        owner="gift",
    ),
}

NAMING_PEOPLE = frozenset(
    {
        *("members.Member", "members.Membership", "members.Appointment"),
        *("activities.GiftDonor", "activities.Grant", "activities.Participation"),
        "consultations.Proposal",
    }
)
"""The models whose rows are shown with people's names: every look at them is in the change log."""
