"""Figures about study, visits and service."""

from django.utils.translation import gettext_lazy as _

from activities import statistics as activities
from reports.figures.figure import Figure
from reports.wording import Kind

FIGURES = (
    # study, visits, service
    Figure(
        activities.study_sessions_count,
        name=_("Themed study sessions"),
        definition=_(
            "How often themed study took place in the year; a series entered as one row "
            "counts its times."
        ),
        kind=Kind.COUNT,
        at="period",
        measure="次",
        usual="about",
    ),
    Figure(
        activities.study_themes,
        name=_("Themes of study"),
        definition=_("What was studied, each theme once."),
        kind=Kind.NAMES,
        at="period",
        measure="个",
    ),
    Figure(
        activities.study_platforms,
        name=_("Platforms of study"),
        definition=_("The series within which study took place."),
        kind=Kind.NAMES,
        at="period",
        measure="个",
    ),
    Figure(
        activities.visits_count,
        name=_("Visits"),
        definition=_("How many visits to places there were in the year."),
        kind=Kind.COUNT,
        at="period",
        measure="次",
        usual="cn",
    ),
    Figure(
        activities.visit_places,
        name=_("Places visited"),
        definition=_("The places visited in the year, in the order of the visits."),
        kind=Kind.NAMES,
        at="period",
        measure="处",
    ),
    Figure(
        activities.joint_projects,
        name=_("Joint service projects"),
        definition=_("Service projects with a partner outside, begun in the year."),
        kind=Kind.NAMES,
        at="period",
        measure="个",
        usual="and",
    ),
    Figure(
        activities.joint_project_partners,
        name=_("Partners of joint projects"),
        definition=_("The partners of the joint service projects."),
        kind=Kind.NAMES,
        at="period",
        measure="家",
        usual="and",
    ),
    Figure(
        activities.joint_project_organisers,
        name=_("Organisers of joint projects"),
        definition=_("The unit's organisations that run the joint service projects."),
        kind=Kind.NAMES,
        at="period",
        measure="个",
        usual="and",
    ),
    Figure(
        activities.service_events,
        name=_("Service events"),
        definition=_("Service events of the year such as health consultations."),
        kind=Kind.NAMES,
        at="period",
        measure="项",
        usual="and",
    ),
    Figure(
        activities.service_event_helpers,
        name=_("Helpers at service events"),
        definition=_("Who came to help at service events, by capacity and not by name."),
        kind=Kind.NAMES,
        at="period",
        measure="类",
        usual="and",
    ),
)
