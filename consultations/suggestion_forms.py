"""Registering a suggestion, replying to it, and taking a step."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_scopes.forms import SafeModelChoiceField

from consultations import process
from consultations.deadlines import Deadlines
from consultations.models import Consultation, Reply, Step, Suggestion
from members.models import Member, Organisation
from members.pickers import PeopleField, choosable
from units.models import Department
from units.page_forms import DayField, WholeRowForm


class SuggestionForm(WholeRowForm):
    """What was said and in whose name; the number comes by itself."""

    class Meta:
        model = Suggestion
        fields = [
            *("wording", "edited", "category", "department", "consultation", "registered_on"),
            *("signature", "organisation", "may_be_published"),
        ]
        widgets = {
            "wording": forms.Textarea({"rows": 4}),
            "category": forms.TextInput({"list": "categories"}),
            "consultation": forms.Select({"data-pick": True}),
        }
        # Their rows are asked for in the scope of the form's own unit, not when the class is made.
        field_classes = dict.fromkeys(
            ["consultation", "organisation", "department"], SafeModelChoiceField
        )

    def __init__(self, *args, unit, today: date, **options):
        super().__init__(*args, **options)
        self.fields["registered_on"] = DayField(
            label=self.fields["registered_on"].label, year=today.year
        )
        people = choosable(Member.objects.filter(unit=unit), day=today)
        stored = self.instance.proposers.all() if self.instance.pk else ()
        self.fields["proposers"] = PeopleField(
            people, label=_("proposers"), required=False, initial=[each.pk for each in stored]
        )
        held = Consultation.objects.filter(unit=unit, started_on__isnull=False)
        self.fields["consultation"].queryset = held.order_by("-started_on")
        self.fields["organisation"].queryset = Organisation.objects.filter(unit=unit)
        self.fields["department"].queryset = Department.objects.filter(unit=unit)
        self.order_fields([*self.Meta.fields[:7], "proposers", *self.Meta.fields[7:]])
        self.dress_fields()

    def _get_validation_exclusions(self) -> set[str]:
        """Year and number follow from the day; without one there is nothing to check of them."""
        return super()._get_validation_exclusions() if self.instance.year else {"year", "number"}

    def _post_clean(self):
        """A new suggestion takes the next number of the year in which it is registered."""
        registered_on = self.cleaned_data.get("registered_on")
        if self.instance._state.adding and registered_on:
            self.instance.year = registered_on.year
            self.instance.number = Suggestion.next_number(
                unit=self.instance.unit, year=registered_on.year
            )
        super()._post_clean()

    def clean(self):
        """Proposers exactly where persons sign: unsigned, it keeps no trace of anybody."""
        cleaned = super().clean()
        signed = cleaned.get("signature") == Suggestion.Signature.PERSONS
        if bool(cleaned.get("proposers")) != signed:
            self.add_error(
                "proposers", _("Name proposers if, and only if, persons sign the suggestion.")
            )
        return cleaned


class ReplyForm(WholeRowForm):
    """One reply with its day, which stays."""

    class Meta:
        model = Reply
        fields = ["replied_on", "way", "wording"]
        widgets = {"wording": forms.Textarea({"rows": 4})}

    def __init__(self, *args, today: date, **options):
        super().__init__(*args, **options)
        self.fields["replied_on"] = DayField(
            label=gettext_lazy("replied"),
            year=today.year,
            help_text=gettext_lazy("The day of a reply cannot be changed later."),
        )
        self.dress_fields()

    def refuse_unless_possible(self):
        """Put at the form why the reply does not fit into the course, if it does not."""
        _ask(self, process.check_reply)

    def store(self) -> Reply:
        """The stored reply."""
        return process.reply(self.instance)


class StepForm(WholeRowForm):
    """One step; only the fields that its kind has."""

    class Meta:
        model = Step
        fields = [
            *("on", "department", "co_department", "due_on", "merged_into"),
            *("result", "way", "satisfaction", "outcome", "words"),
        ]
        widgets = {
            "words": forms.Textarea({"rows": 3}),
            "merged_into": forms.Select({"data-pick": True}),
        }
        field_classes = dict.fromkeys(
            ["department", "co_department", "merged_into"], SafeModelChoiceField
        )

    def __init__(self, *args, today: date, deadlines: Deadlines, **options):
        super().__init__(*args, **options)
        self.deadlines = deadlines
        kind = self.instance.kind
        needs = Step.NEEDS.get(kind, set())
        for name in set(self.fields) - {"on", "words"} - needs - Step.MAY_HAVE.get(kind, set()):
            del self.fields[name]
        for name in {"on", "due_on"} & set(self.fields):
            label = gettext_lazy("Date") if name == "on" else self.fields[name].label
            self.fields[name] = DayField(label=label, year=today.year)
        for name in needs:
            self.fields[name].required = True
        self._offer_rows_of_the_unit()
        if "due_on" in self.fields and not self.is_bound:
            self.initial["due_on"] = deadlines.reply_by(self.instance.suggestion.registered_on)
        if kind == Step.Kind.ASSIGNED:
            self.initial["department"] = self.instance.suggestion.department_id
        self.dress_fields()

    def _offer_rows_of_the_unit(self):
        suggestion = self.instance.suggestion
        departments = Department.objects.filter(unit=suggestion.unit)
        others = Suggestion.objects.filter(unit=suggestion.unit).exclude(pk=suggestion.pk)
        offered = {
            "department": departments,
            "co_department": departments,
            "merged_into": others.order_by("-year", "-number"),
        }
        for name in offered.keys() & self.fields.keys():
            self.fields[name].queryset = offered[name]

    def clean_due_on(self) -> date | None:
        """No deadline lies beyond the longest that the unit gives itself, or before its step."""
        due_on, longest = (
            self.cleaned_data["due_on"],
            self.deadlines.latest(self.instance.suggestion.registered_on),
        )
        if due_on and due_on > longest:
            raise ValidationError(
                _("The longest deadline of the unit ends on %(day)s.") % {"day": longest}
            )
        if due_on and self.cleaned_data.get("on") and due_on < self.cleaned_data["on"]:
            raise ValidationError(_("The deadline lies before the day of this step."))
        return due_on

    def refuse_unless_possible(self):
        """Put at the form why the step does not fit into the course, if it does not."""
        _ask(self, process.check)

    def store(self) -> Step:
        """The stored step."""
        return process.take(self.instance)


def _ask(form: forms.ModelForm, check):
    try:
        check(form.instance)
    except ValidationError as refusal:
        form.add_error(None, refusal)
