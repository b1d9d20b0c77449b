"""What an auditor looks for in the change log."""

from datetime import datetime, time, timedelta

from django import forms
from django.apps import apps
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from units.events import Action, Event
from units.log_reading import accounts_audited_by
from units.models import Unit, User
from units.recording import Recorded

_ANY = [("", _("all"))]


class LogFilterForm(forms.Form):
    """Everything is optional; what cannot be read finds nothing and says why."""

    actor = forms.ModelChoiceField(
        User.objects.none(), label=_("Account"), required=False, empty_label=_("all")
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Unit"), required=False, empty_label=_("all")
    )
    action = forms.ChoiceField(
        choices=[*_ANY, *Action.choices], label=_("What happened"), required=False
    )
    model = forms.ChoiceField(label=_("Kind of record"), required=False)
    object_id = forms.CharField(label=_("Number of the record"), max_length=60, required=False)
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    before = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput())

    def __init__(self, *args, auditor: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["actor"].queryset = accounts_audited_by(auditor)
        self.fields["unit"].queryset = auditor.units_with_log()
        self.fields["model"].choices = [*_ANY, *_kinds()]
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"

    def chosen(self, events: QuerySet[Event]) -> QuerySet[Event]:
        """Those of ``events`` that the form asks for; none while it holds a fault."""
        if not self.is_valid():
            return events.none()
        asked = self.cleaned_data
        exact = ("actor", "unit", "action", "model", "object_id")
        events = events.filter(**{name: asked[name] for name in exact if asked[name]})
        if asked["since"]:
            events = events.filter(at__gte=_midnight(asked["since"]))
        if asked["until"]:
            events = events.filter(at__lt=_midnight(asked["until"] + timedelta(days=1)))
        return events


def _kinds() -> list[tuple[str, str]]:
    recorded = [model for model in apps.get_models() if issubclass(model, Recorded)]
    kinds = {
        model._meta.concrete_model._meta.label_lower: str(
            model._meta.concrete_model._meta.verbose_name
        )
        for model in recorded
    }
    return sorted(kinds.items(), key=lambda kind: kind[1])


def _midnight(day) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
