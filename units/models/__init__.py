"""Who works here, for whom, with which rights."""

from units.models.unit import Department, ReportingYear, Unit, UnitYear
from units.models.user import RoleGrant, User

__all__ = ["Department", "ReportingYear", "RoleGrant", "Unit", "UnitYear", "User"]
