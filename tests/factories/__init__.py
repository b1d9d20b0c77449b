"""Valid rows for tests: one plain function per kind of record.

Every row goes through ``full_clean()`` before it is saved, so a test cannot rest on a row that no
form would take. A factory opens the scope of its row's unit by itself: it works inside and outside
a scope. What a caller does not name gets a value that is valid and does not change between runs.
"""

from tests.factories.activities import (
    HAPPENED_ON,
    activity,
    agenda_item,
    aid_round,
    consultation,
    gift,
    gift_donor,
    grant,
    guest_group,
    participation,
    recipient,
    reply,
    series,
    suggestion,
    theme,
)
from tests.factories.members import (
    EMPLOYED_ON,
    JOINED_ON,
    appointment,
    education,
    employment,
    honour,
    member,
    membership,
    organisation,
    organisation_name,
    party,
    person,
    title_of,
)
from tests.factories.reports import (
    outline,
    outline_section,
    report,
    section,
)
from tests.factories.units import (
    department,
    role_grant,
    unit,
    unit_year,
    user,
)

__all__ = [
    "EMPLOYED_ON",
    "HAPPENED_ON",
    "JOINED_ON",
    "activity",
    "agenda_item",
    "aid_round",
    "appointment",
    "consultation",
    "department",
    "education",
    "employment",
    "gift",
    "gift_donor",
    "grant",
    "guest_group",
    "honour",
    "member",
    "membership",
    "organisation",
    "organisation_name",
    "outline",
    "outline_section",
    "participation",
    "party",
    "person",
    "recipient",
    "reply",
    "report",
    "role_grant",
    "section",
    "series",
    "suggestion",
    "theme",
    "title_of",
    "unit",
    "unit_year",
    "user",
]
