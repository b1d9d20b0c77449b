"""Short forms of what begins in a colleague's life: an employment, a post, a title, a membership.

Each plans one deed of ``members.moves``.
"""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _
from django_scopes.forms import SafeModelChoiceField

from members import moves
from members.codes import LEVEL_OF_TITLE
from members.models import Appointment, Employment, Member, Membership, Organisation, Title
from members.move_forms import PostsThatEnd
from members.moves import Move
from units.dates import DatedRow
from units.models import Department
from units.page_forms import DatedRowForm, OnPage, TextWithExamples, WrittenDateField


class _BeginForm(DatedRowForm):
    """A row that begins. ``ended_on`` is none of the form's: what ends is a deed of its own."""

    ended_on = None

    def __init__(self, *args, person: Member, today: date, about: DatedRow | None, **options):
        self.person = person
        row = self._meta.model(unit=person.unit, member=person)
        super().__init__(*args, instance=row, year=today.year, **options)
        self.fields["started_on"].label = _("from which day on")
        self.narrow_choices()

    def narrow_choices(self):
        """Leave only what belongs to the person's unit in the lists."""
        if field := self.fields.get("organisation"):
            field.queryset = Organisation.objects.filter(unit=self.person.unit)


class ReturnForm(OnPage, forms.Form):
    """Somebody comes back, or is employed again after retiring."""

    started_on = WrittenDateField(label=_("from which day on"))
    status = forms.ChoiceField(label=_("status"), choices=Employment.Status)
    department = forms.ModelChoiceField(None, label=_("department"), required=False)
    full_time_teacher = forms.BooleanField(label=_("full-time teacher"), required=False)

    def __init__(self, *args, person: Member, today: date, about: DatedRow | None, **options):
        super().__init__(*args, **options)
        self.person = person
        self.fields["started_on"].year = today.year
        self.fields["department"].queryset = Department.objects.filter(unit=person.unit)

    def move(self) -> Move:
        """What it does. The row is checked once the employment before it has its end."""
        entered = {**self.cleaned_data}
        day, precision = entered.pop("started_on")
        dates = {"started_on": day, "started_precision": precision}
        return moves.coming_back(
            Employment(unit=self.person.unit, member=self.person, **dates, **entered)
        )


class PostForm(_BeginForm):
    """A new post, and the posts it follows."""

    ending = PostsThatEnd(
        label=_("Earlier posts that end with it"),
        help_text=_("Where it follows on another post: the earlier one ends on the same day."),
    )
    predecessor = forms.ModelChoiceField(
        None,
        label=_("in place of"),
        required=False,
        empty_label=_("nobody, or not known"),
        help_text=_("Whose post ends because somebody else takes it over."),
    )
    field_order = (
        *("kind", "level", "party", "organisation", "body", "post", "term", "started_on"),
        *("ending", "predecessor"),
    )

    class Meta:
        model = Appointment
        fields = ("kind", "level", "party", "organisation", "body", "post", "term", "started_on")
        field_classes = {"organisation": SafeModelChoiceField}

    def narrow_choices(self):
        """Also the posts that may end: one's own, and those of others in the unit."""
        super().narrow_choices()
        own = moves.lasting_posts(self.person)
        others = Appointment.objects.filter(unit=self.person.unit, ended_on__isnull=True)
        self.fields["ending"].queryset = own
        self.fields["predecessor"].queryset = others.exclude(member=self.person).select_related(
            "member", "party", "organisation"
        )
        self.fields["predecessor"].label_from_instance = lambda row: f"{row.member} {row}"
        for name in [name for name in ("ending", "predecessor") if not self.fields[name].queryset]:
            del self.fields[name]

    def move(self) -> Move:
        """What it does."""
        before = self.cleaned_data.get("predecessor")
        ending = [*self.cleaned_data.get("ending", ()), *filter(None, [before])]
        return moves.taking_post(self.instance, ending=ending)


class TitleForm(_BeginForm):
    """A title is awarded. Its level follows from a well-known name."""

    field_order = ("name", "level", "started_on")

    class Meta:
        model = Title
        fields = ("name", "level", "started_on")
        widgets = {"name": TextWithExamples(LEVEL_OF_TITLE)}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["level"].required = False
        self.fields["level"].help_text = _("May stay empty for a title of the list.")

    def clean_level(self) -> str:
        """What was chosen; for a well-known title its own level."""
        known = LEVEL_OF_TITLE.get(self.cleaned_data.get("name", ""), "")
        return self.cleaned_data["level"] or known

    def move(self) -> Move:
        """What it does."""
        return moves.new_title(self.instance)


class JoinForm(_BeginForm):
    """Somebody joins a democratic party."""

    field_order = ("party", "organisation", "started_on")

    class Meta:
        model = Membership
        fields = ("party", "organisation", "started_on")
        field_classes = {"organisation": SafeModelChoiceField}

    def move(self) -> Move:
        """What it does."""
        return moves.joining(self.instance)
