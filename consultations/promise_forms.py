"""Entering what a report promised, and what became of it."""

from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django_scopes.forms import SafeModelMultipleChoiceField

from activities.models import Activity
from consultations.models import Promise, PromiseKept, Suggestion
from units.page_forms import DayField, WholeRowForm


class PromiseForm(WholeRowForm):
    """One shortcoming or measure, as the report words it."""

    class Meta:
        model = Promise
        fields = ["made_in", "kind", "wording"]
        widgets = {"wording": forms.Textarea({"rows": 3})}


class _ActivitiesField(SafeModelMultipleChoiceField):
    def label_from_instance(self, obj: Activity) -> str:
        """The day and the title."""
        return f"{obj.started_on or ''} {obj}".strip()


class _SuggestionsField(SafeModelMultipleChoiceField):
    def label_from_instance(self, obj: Suggestion) -> str:
        """The number and how it begins."""
        return f"{obj} {obj.wording[:30]}"


class ReviewForm(WholeRowForm):
    """How far a promise had come on a day, with the records that show it."""

    class Meta:
        model = PromiseKept
        fields = ["outcome", "on", "words", "activities", "suggestions"]
        widgets = {
            "words": forms.Textarea({"rows": 2}),
            **dict.fromkeys(
                ["activities", "suggestions"], forms.SelectMultiple({"data-pick": True})
            ),
        }
        field_classes = {"activities": _ActivitiesField, "suggestions": _SuggestionsField}

    def __init__(self, *args, today: date, **options):
        super().__init__(*args, **options)
        unit, first = self.instance.unit, self.instance.promise.made_in
        self.fields["on"] = DayField(label=_("Date"), year=today.year)
        held = Activity.objects.filter(unit=unit, started_on__year__gt=first)
        raised = Suggestion.objects.filter(unit=unit, year__gte=first)
        self.fields["activities"].queryset = held.order_by("-started_on", "pk")
        self.fields["suggestions"].queryset = raised.order_by("-year", "-number")
        self.fields["activities"].help_text = _("What shows it: choose one or several.")
        self.dress_fields()
