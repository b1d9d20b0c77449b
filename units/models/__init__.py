"""Who works here, for whom, with which rights."""

from units.events import Event, EventDetail
from units.models.submission import Submission
from units.models.unit import Department, ReportingYear, Unit, UnitYear
from units.models.user import RoleGrant, User

__all__ = [
    "Department",
    "Event",
    "EventDetail",
    "ReportingYear",
    "RoleGrant",
    "Submission",
    "Unit",
    "UnitYear",
    "User",
]
