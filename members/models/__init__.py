"""People and organisations, with dates."""

from members.models.career import Appointment, Education, Employment, Honour, Title
from members.models.contact import Contact
from members.models.member import Member
from members.models.membership import Membership
from members.models.merged import MergedEntry
from members.models.organisation import Organisation, OrganisationName
from members.models.party import Party
from members.models.requests import Consent, CorrectionRequest, Erasure, LegalHold

__all__ = [
    "Appointment",
    "Consent",
    "Contact",
    "CorrectionRequest",
    "Education",
    "Employment",
    "Erasure",
    "Honour",
    "LegalHold",
    "Member",
    "Membership",
    "MergedEntry",
    "Organisation",
    "OrganisationName",
    "Party",
    "Title",
]
