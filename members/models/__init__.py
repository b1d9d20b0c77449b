"""People and organisations, with dates."""

from members.models.career import Appointment, Education, Employment, Honour, Title
from members.models.member import Member
from members.models.membership import Membership
from members.models.organisation import Organisation, OrganisationName
from members.models.party import Party

__all__ = [
    "Appointment",
    "Education",
    "Employment",
    "Honour",
    "Member",
    "Membership",
    "Organisation",
    "OrganisationName",
    "Party",
    "Title",
]
