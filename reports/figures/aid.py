"""Figures about aid to students."""

from django.utils.translation import gettext_lazy as _

from activities import statistics as activities
from reports.figures.figure import Figure
from reports.wording import Kind

FIGURES = (
    # aid
    Figure(
        activities.students_aided,
        name=_("Students helped"),
        definition=_(
            "Students who received a grant in the year; two grants to one student are one student."
        ),
        kind=Kind.COUNT,
        at="period",
        measure="位",
        usual="cn",
    ),
    Figure(
        activities.student_grants,
        name=_("Grants to students"),
        definition=_(
            "How many grants students received in the year; equal ones on one day are counted each."
        ),
        kind=Kind.COUNT,
        at="period",
        measure="人次",
        usual="digits",
    ),
    Figure(
        activities.aid_communities,
        name=_("Communities helped"),
        definition=_("The communities whose students were helped."),
        kind=Kind.NAMES,
        at="period",
        measure="个",
        usual="and",
    ),
    Figure(
        activities.aid_per_student,
        name=_("Amount of a grant"),
        definition=_("The different amounts of single grants to students, in yuan."),
        kind=Kind.AMOUNTS,
        at="period",
    ),
    Figure(
        activities.aid_total,
        name=_("Aid granted"),
        definition=_("All money granted in the year, in yuan; goods and service are in no sum."),
        kind=Kind.MONEY,
        at="period",
    ),
    Figure(
        activities.joint_givers,
        name=_("Parties that gave jointly"),
        definition=_("The parties whose members gave jointly, in the official order."),
        kind=Kind.NAMES,
        at="period",
        measure="个",
        usual="and",
    ),
    Figure(
        activities.joint_givers_as_signed,
        name=_("Joint givers as signed"),
        definition=_(
            "The parties whose members gave jointly, in the order in which they signed the gift."
        ),
        kind=Kind.NAMES,
        at="period",
        measure="个",
        usual="and",
    ),
    Figure(
        activities.students_of_joint_gifts,
        name=_("Students of joint gifts"),
        definition=_("Students helped out of gifts that parties gave jointly."),
        kind=Kind.COUNT,
        at="period",
        measure="个",
        usual="cn",
    ),
    Figure(
        activities.giving_branches,
        name=_("Branches that gave"),
        definition=_("The Communist Party's branches that gave on their own and helped a student."),
        kind=Kind.NAMES,
        at="period",
        measure="个",
    ),
    Figure(
        activities.students_per_branch,
        name=_("Students per giving branch"),
        definition=_("How many students each of these branches helped."),
        kind=Kind.NUMBERS,
        at="period",
        measure="个",
    ),
    Figure(
        activities.ceremony_months,
        name=_("Months of aid ceremonies"),
        definition=_("The months in which ceremonies of aid were held."),
        kind=Kind.MONTHS,
        at="period",
    ),
    Figure(
        activities.ceremony_places,
        name=_("Places of aid ceremonies"),
        definition=_("Where ceremonies of aid were held."),
        kind=Kind.NAMES,
        at="period",
        measure="处",
        usual="and",
    ),
    Figure(
        activities.ceremony_guests,
        name=_("Guests of aid ceremonies"),
        definition=_("Who attended ceremonies of aid, by capacity."),
        kind=Kind.NAMES,
        at="period",
        measure="类",
        usual="and",
    ),
)
