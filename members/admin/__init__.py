"""The admin's pages about people and organisations; importing them registers them."""

from members.admin.member import MemberAdmin
from members.admin.organisation import OrganisationAdmin, PartyAdmin
from members.admin.personal import (
    ConsentAdmin,
    ContactAdmin,
    CorrectionRequestAdmin,
    LegalHoldAdmin,
)
from members.admin.rows import (
    AppointmentAdmin,
    EducationAdmin,
    EmploymentAdmin,
    HonourAdmin,
    MembershipAdmin,
    TitleAdmin,
)

__all__ = [
    "AppointmentAdmin",
    "ConsentAdmin",
    "ContactAdmin",
    "CorrectionRequestAdmin",
    "EducationAdmin",
    "EmploymentAdmin",
    "HonourAdmin",
    "LegalHoldAdmin",
    "MemberAdmin",
    "MembershipAdmin",
    "OrganisationAdmin",
    "PartyAdmin",
    "TitleAdmin",
]
