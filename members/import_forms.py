"""The forms behind the rows of a roster: the rules are those of the screens, model by model.

They are made once for each row, thousands of times: what is looked up is looked up beforehand, and
given to them as records.
"""

from django import forms
from django.core.exceptions import ValidationError

from members.models import Appointment, Education, Employment, Member, Membership, Title

_GIVEN = frozenset({"unit", "member", "version", "person"})
"""Set by the plan, and not by the file."""


class ChosenRow(forms.Field):
    """A record that was found already; its form only puts it where it belongs."""

    widget = forms.HiddenInput


class ImportForm(forms.ModelForm):
    """A record with what a row of the file says of it; everything else stays as it is."""

    def __init__(self, instance, values: dict):
        # A reference that a new record lacks raises an AttributeError of its own.
        stored = {name: getattr(instance, name, None) for name in self._meta.fields}
        super().__init__({**stored, **values}, instance=instance)
        self.empty_permitted = False

    def _get_validation_exclusions(self) -> set[str]:
        """References were looked up in the unit just now: asking again costs a query for each."""
        found = {n for n, field in self.fields.items() if isinstance(field, ChosenRow)}
        return {*_GIVEN, *found, "sort_key", "initials", "find_key"}

    def validate_constraints(self):
        """As Django's, with the references: the rules speak of them too."""
        try:
            self.instance.validate_constraints(exclude=_GIVEN)
        except ValidationError as error:
            self._update_errors(error)


class MemberForm(ImportForm):
    """Who somebody is."""

    class Meta:
        model = Member
        fields = [
            *("name", "sex", "staff_number", "ethnic_group", "born_on", "born_precision"),
            *("checked_on", "source", "note"),
        ]


class MembershipForm(ImportForm):
    """Belonging to a party."""

    party = ChosenRow()
    organisation = ChosenRow(required=False)

    class Meta:
        model = Membership
        fields = ["party", "organisation", "started_on", "started_precision"]


class EmploymentForm(ImportForm):
    """Being in service or retired."""

    department = ChosenRow(required=False)

    class Meta:
        model = Employment
        fields = ["status", "department", "full_time_teacher", "started_on", "started_precision"]


class TitleForm(ImportForm):
    """A professional title."""

    class Meta:
        model = Title
        fields = ["name", "level", "started_on", "started_precision"]


class EducationForm(ImportForm):
    """Schooling, and the degree that came with it."""

    class Meta:
        model = Education
        fields = ["level", "degree"]


class AppointmentForm(ImportForm):
    """A post."""

    party = ChosenRow(required=False)
    organisation = ChosenRow(required=False)

    class Meta:
        model = Appointment
        fields = ["kind", "level", "party", "organisation", "body", "post"]
