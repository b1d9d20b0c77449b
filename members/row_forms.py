"""Short forms with which a row that says something wrong of a person is put right.

For a mistake in what was written down. What has changed in somebody's life is a deed
(``members.moves``), which leaves the row before as it was.
"""

from django.db.models import Model
from django_scopes.forms import SafeModelChoiceField

from members.models import (
    Appointment,
    Education,
    Employment,
    Honour,
    Membership,
    Organisation,
    Title,
)
from units.dates import Precision
from units.models import Department
from units.page_forms import DatedRowForm, DayField, WholeRowForm, WrittenDateField

_DATES = ("started_on", "ended_on")


class _OfUnit:
    """Mixed into a form of a row: its lists hold what belongs to the row's unit."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for name, kind in (("organisation", Organisation), ("department", Department)):
            if name in self.fields:
                rows = kind.objects.filter(unit=self.instance.unit)
                self.fields[name].queryset = rows


class MembershipRowForm(_OfUnit, DatedRowForm):
    """A party membership."""

    class Meta:
        model = Membership
        fields = ("party", "organisation", *_DATES)
        field_classes = {"organisation": SafeModelChoiceField}


class EmploymentRowForm(_OfUnit, DatedRowForm):
    """An employment."""

    class Meta:
        model = Employment
        fields = ("status", "department", "full_time_teacher", *_DATES)
        field_classes = {"department": SafeModelChoiceField}


class PostRowForm(_OfUnit, DatedRowForm):
    """A post."""

    class Meta:
        model = Appointment
        fields = ("kind", "level", "party", "organisation", "body", "post", "term", *_DATES)
        field_classes = {"organisation": SafeModelChoiceField}


class TitleRowForm(DatedRowForm):
    """A professional title."""

    class Meta:
        model = Title
        fields = ("name", "level", "code", *_DATES)


class SchoolingRowForm(WholeRowForm):
    """Completed schooling."""

    completed_on = WrittenDateField(
        label=Education._meta.get_field("completed_on").verbose_name, required=False
    )

    class Meta:
        model = Education
        fields = ("level", "degree", "part_time", "school", "completed_on")

    def __init__(self, *args, year: int, **options):
        super().__init__(*args, **options)
        self.fields["completed_on"].year = year
        row = self.instance
        self.initial["completed_on"] = (row.completed_on, row.completed_precision)

    def clean(self):
        """Take the date apart into the day and how precisely it is known."""
        cleaned = super().clean()
        day, precision = cleaned.get("completed_on") or (None, Precision.MONTH)
        cleaned["completed_on"], self.instance.completed_precision = day, precision
        return cleaned


class HonourRowForm(WholeRowForm):
    """An honour of the person's own."""

    class Meta:
        model = Honour
        fields = (
            *("title", "level", "performance_year", "awarded_by"),
            *("document_number", "awarded_on"),
        )
        field_classes = {"awarded_on": DayField}

    def __init__(self, *args, year: int, **options):
        super().__init__(*args, **options)
        self.fields["awarded_on"].year = year


FORMS: dict[str, type[WholeRowForm]] = {
    "party": MembershipRowForm,
    "employment": EmploymentRowForm,
    "post": PostRowForm,
    "title": TitleRowForm,
    "schooling": SchoolingRowForm,
    "honour": HonourRowForm,
}
"""The form for each kind of entry on a timeline that is one of these rows, by the kind's key."""


def model_of(kind: str) -> type[Model]:
    """The rows that entries of this kind are."""
    return FORMS[kind]._meta.model
