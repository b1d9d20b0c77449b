"""Figures about how often something was done, which a unit may set itself an aim for."""

from django.utils.translation import gettext_lazy as _

from activities import statistics as activities
from reports.figures.figure import Figure
from reports.wording import Kind

FIGURES = (
    Figure(
        activities.talks_count,
        name=_("Talks of friends"),
        definition=_("How many talks of pairs of friends there were in the year."),
        kind=Kind.COUNT,
        at="period",
        measure="次",
        usual="digits",
    ),
    Figure(
        activities.calls_count,
        name=_("Calls on people"),
        definition=_("How many calls were paid on people in the year."),
        kind=Kind.COUNT,
        at="period",
        measure="次",
        usual="digits",
    ),
    Figure(
        activities.trainings_count,
        name=_("Trainings"),
        definition=_("How many trainings there were in the year."),
        kind=Kind.COUNT,
        at="period",
        measure="次",
        usual="cn",
    ),
    Figure(
        activities.aid_rounds_count,
        name=_("Rounds of aid"),
        definition=_("How many rounds of aid were opened in the year."),
        kind=Kind.COUNT,
        at="period",
        measure="次",
        usual="cn",
    ),
)
