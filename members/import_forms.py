"""The forms behind the rows of a roster: the rules are those of the screens, model by model.

They are made once for each row, thousands of times: what is looked up is looked up beforehand, and
given to them as records.
"""

from typing import ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import construct_instance

from members.models import Appointment, Education, Employment, Member, Membership, Title

_GIVEN = frozenset({"unit", "member", "version", "person"})
"""Set by the plan, and not by the file."""


class ChosenRow(forms.Field):
    """A record that was found already; its form only puts it where it belongs."""

    widget = forms.HiddenInput


class _Shared(dict):
    """Fields that every form of a class uses as they are: copying them takes as long as checking.

    Nothing about one row is kept in them.
    """

    def __deepcopy__(self, memo):
        return self


class ImportForm(forms.ModelForm):
    """A record with what a row of the file says of it; everything else stays as it is."""

    _kept_to: ClassVar[set[tuple]] = set()
    """Constraints with values that keep to them: the database is asked once for each."""

    def __init__(self, instance, values: dict):
        if not isinstance(self.base_fields, _Shared):
            type(self).base_fields = _Shared(self.base_fields)
        self.says_nothing = bool(instance.pk) and all(
            getattr(instance, name) == value for name, value in values.items()
        )
        # A reference that a new record lacks raises an AttributeError of its own.
        stored = {name: getattr(instance, name, None) for name in self._meta.fields}
        super().__init__({**stored, **values}, instance=instance)
        self.empty_permitted = False

    def _get_validation_exclusions(self) -> set[str]:
        """References were looked up in the unit just now: asking again costs a query for each."""
        found = {n for n, field in self.fields.items() if isinstance(field, ChosenRow)}
        return {*_GIVEN, *found, "sort_key", "initials", "find_key"}

    def _post_clean(self):
        """As Django's, with constraints that speak of references too, and none asked twice."""
        self.instance = construct_instance(self, self.instance)
        try:
            self.instance.full_clean(
                exclude=self._get_validation_exclusions(), validate_constraints=False
            )
        except ValidationError as error:
            self._update_errors(error)
        self._check_constraints()

    def _check_constraints(self):
        row = self.instance
        for constraint in row._meta.constraints:
            names = sorted(constraint.condition.referenced_base_fields)
            values = tuple(getattr(row, row._meta.get_field(name).attname) for name in names)
            if (constraint.name, values) in self._kept_to:
                continue
            try:
                constraint.validate(type(row), row)
                self._kept_to.add((constraint.name, values))
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
