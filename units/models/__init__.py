"""Who works here, for whom, with which rights."""

from units.events import Event, EventDetail, LogPurge
from units.models.access import AccessGrant
from units.models.account import (
    Draft,
    OpenSession,
    PasswordRecord,
    RecoveryCode,
    SecondFactor,
)
from units.models.closing import ChangeUnderException, ClosedYear, YearException
from units.models.holiday import Holiday
from units.models.saved_view import SavedView
from units.models.sheet_import import ColumnName, SheetImport
from units.models.submission import Submission
from units.models.unit import Department, ReportingYear, Unit, UnitYear
from units.models.user import RoleGrant, User

__all__ = [
    "AccessGrant",
    "ChangeUnderException",
    "ClosedYear",
    "ColumnName",
    "Department",
    "Draft",
    "Event",
    "EventDetail",
    "Holiday",
    "LogPurge",
    "OpenSession",
    "PasswordRecord",
    "RecoveryCode",
    "ReportingYear",
    "RoleGrant",
    "SavedView",
    "SecondFactor",
    "SheetImport",
    "Submission",
    "Unit",
    "UnitYear",
    "User",
    "YearException",
]
