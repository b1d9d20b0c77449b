"""The dated rows below a person's profile."""

from members.models import Appointment, Education, Employment, Honour, Membership, Title
from units.scoped_admin import NoOverlapFormSet, UnitRowBlocks, UnitRowTable

DATES = ("started_on", "started_precision", "ended_on")


class MembershipTable(UnitRowTable):
    """The parties a person belongs or belonged to."""

    model = Membership
    formset = NoOverlapFormSet
    fields = ["party", "organisation", *DATES]
    autocomplete_fields = ["organisation"]
    select_related = ("party", "organisation")
    show_change_link = True


class EmploymentTable(UnitRowTable):
    """A person's times in the unit."""

    model = Employment
    formset = NoOverlapFormSet
    fields = ["status", "department", "full_time_teacher", *DATES]
    autocomplete_fields = ["department"]
    select_related = ("department",)
    show_change_link = True


class AppointmentBlocks(UnitRowBlocks):
    """A person's posts."""

    model = Appointment
    fields = [
        ("kind", "level", "term"),
        ("party", "organisation"),
        ("body", "post"),
        DATES,
    ]
    autocomplete_fields = ["organisation"]
    select_related = ("party", "organisation")
    show_change_link = True


class TitleTable(UnitRowTable):
    """A person's professional titles."""

    model = Title
    fields = ["name", "level", "code", *DATES]
    show_change_link = True


class EducationTable(UnitRowTable):
    """A person's schooling and degrees."""

    model = Education
    fields = ["level", "degree", "part_time", "school", "completed_on", "completed_precision"]
    show_change_link = True


class HonourTable(UnitRowTable):
    """A person's own honours."""

    model = Honour
    fields = ["title", "level", "performance_year", "awarded_by", "document_number", "awarded_on"]
    show_change_link = True
