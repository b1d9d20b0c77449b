"""People brought in from spreadsheets: announced to the machinery of :mod:`units.imports`."""

from django.utils.translation import gettext_lazy as _

from members.import_plan import RESTS_ON, PeoplePlanner
from members.spreadsheets import PEOPLE
from units.imports.kinds import ImportKind, announce

PEOPLE_FROM_SHEETS = ImportKind(
    key="people",
    title=_("People from a spreadsheet"),
    permission="members.add_member",
    list_address="roster",
    columns=PEOPLE,
    needed="name",
    planner=PeoplePlanner,
    models=(
        *("units.department", "members.member", "members.membership", "members.employment"),
        *("members.title", "members.education", "members.appointment"),
    ),
    rests_on=RESTS_ON,
)


def connect():
    """Called once the apps are ready."""
    announce(PEOPLE_FROM_SHEETS)
