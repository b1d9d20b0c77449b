"""Figures about the unit, its year and its people."""

from django.utils.translation import gettext_lazy as _

from members import statistics as members
from reports.figures.figure import Figure
from reports.wording import Kind
from units import statistics as units

FIGURES = (
    # the unit and its year
    Figure(
        units.unit_name,
        name=_("Name of the unit"),
        definition=_("The unit's full name."),
        kind=Kind.TEXT,
        at="year",
    ),
    Figure(
        units.unit_short_name,
        name=_("Unit within the text"),
        definition=_("How a sentence calls the unit."),
        kind=Kind.TEXT,
        at="year",
    ),
    Figure(
        units.report_year,
        name=_("Year of the report"),
        definition=_("The year the report is about."),
        kind=Kind.TEXT,
        at="year",
    ),
    Figure(
        units.motto,
        name=_("Motto of the year"),
        definition=_("The motto the unit gave its year."),
        kind=Kind.TEXT,
        at="year",
    ),
    Figure(
        units.staff_total,
        name=_("Staff in all"),
        definition=_("All staff of the unit, as stated for the year."),
        kind=Kind.COUNT,
        at="year",
        measure="人",
    ),
    Figure(
        units.full_time_teachers,
        name=_("Full-time teachers"),
        definition=_("Full-time teachers of the unit, as stated for the year."),
        kind=Kind.COUNT,
        at="year",
        measure="人",
    ),
    Figure(
        members.secretaries,
        name=_("Secretaries of the general branch"),
        definition=_(
            "Who was secretary of the Party general branch on some day of the year, in "
            "order of office."
        ),
        kind=Kind.NAMES,
        at="period",
        measure="位",
    ),
    Figure(
        members.party_branches,
        name=_("Party branches"),
        definition=_("The Communist Party's branches within the unit on the closing day."),
        kind=Kind.NAMES,
        at="day",
        measure="个",
    ),
    Figure(
        members.unit_honours,
        name=_("Honours of the unit"),
        definition=_(
            "Honours of the unit as a whole earned in the year, whatever the date on the "
            "certificate."
        ),
        kind=Kind.NAMES,
        at="year",
        measure="项",
    ),
    # members of the democratic parties
    Figure(
        members.members_total,
        name=_("Members of democratic parties"),
        definition=_(
            "People of the unit, in service or retired, who belong to a democratic party on "
            "the closing day; somebody in two parties is one person."
        ),
        kind=Kind.COUNT,
        at="day",
        measure="人",
        usual="digits",
    ),
    Figure(
        members.members_in_service,
        name=_("Members in service"),
        definition=_("Those of them who are in service on the closing day."),
        kind=Kind.COUNT,
        at="day",
        measure="人",
        usual="digits",
    ),
    Figure(
        members.members_retired,
        name=_("Retired members"),
        definition=_(
            "Those of them who are retired on the closing day, retired veterans included."
        ),
        kind=Kind.COUNT,
        at="day",
        measure="人",
        usual="digits",
    ),
    Figure(
        members.members_joined,
        name=_("Members new this year"),
        definition=_(
            "People counted on the closing day who were not counted the day before the year began."
        ),
        kind=Kind.COUNT,
        at="period",
        measure="人",
    ),
    Figure(
        members.members_left,
        name=_("Members gone this year"),
        definition=_(
            "People counted the day before the year began who are not counted on the closing day."
        ),
        kind=Kind.COUNT,
        at="period",
        measure="人",
    ),
    Figure(
        members.parties_present,
        name=_("Parties with members here"),
        definition=_(
            "The democratic parties with a member in the unit on the closing day, in the "
            "official order."
        ),
        kind=Kind.NAMES,
        at="day",
        measure="个",
    ),
    Figure(
        members.members_share_of_staff,
        name=_("Members among all staff"),
        definition=_("Members in service on the closing day over all staff."),
        kind=Kind.SHARE,
        at="year",
        measure="人",
        base=_("all staff as stated for the year"),
        usual="percent",
    ),
    Figure(
        members.members_share_of_teachers,
        name=_("Members among full-time teachers"),
        definition=_(
            "Members in service as full-time teachers on the closing day over all full-time "
            "teachers."
        ),
        kind=Kind.SHARE,
        at="year",
        measure="人",
        base=_("full-time teachers as stated for the year"),
        usual="fraction",
    ),
    Figure(
        members.senior_title_members,
        name=_("Members with a senior title"),
        definition=_(
            "Members with a senior or associate senior title on the closing day over all "
            "members; the level counts, not the name of the title."
        ),
        kind=Kind.SHARE,
        at="day",
        measure="人",
        base=_("members of democratic parties"),
        usual="most",
    ),
    Figure(
        members.masters_members,
        name=_("Members with master's studies"),
        definition=_(
            "Members whose highest schooling completed by the closing day is master's "
            "studies; a degree alone does not count."
        ),
        kind=Kind.COUNT,
        at="day",
        measure="人",
        usual="several",
    ),
    Figure(
        members.leading_party_posts,
        name=_("Leading posts in the parties"),
        definition=_(
            "Posts above the unit's own level that members hold in their parties on the "
            "closing day, in the parties' official order; two posts of one person are two."
        ),
        kind=Kind.NAMES,
        at="day",
        measure="个",
    ),
)
