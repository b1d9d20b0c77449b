"""Entering a proposal, and by whom it was taken up."""

from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django_scopes.forms import SafeModelChoiceField

from consultations.models import Adoption, Proposal
from members.models import Member, Organisation
from members.pickers import PeopleField, choosable
from units.page_forms import DayField, WholeRowForm

CHANNELS = "channels"
BODIES = "bodies"


class ProposalForm(WholeRowForm):
    """Who proposed what, through which channel and when."""

    class Meta:
        model = Proposal
        fields = ["kind", "title", "submitted_on", "channel", "organisation"]
        widgets = {"channel": forms.TextInput({"list": CHANNELS, "autocomplete": "off"})}
        # Its rows are asked for in the scope of the form's own unit, not when the class is made.
        field_classes = {"organisation": SafeModelChoiceField}

    def __init__(self, *args, unit, today: date, **options):
        super().__init__(*args, **options)
        self.fields["submitted_on"] = DayField(
            label=self.fields["submitted_on"].label, year=today.year
        )
        self.fields["title"].label = pgettext("of a proposal", "Title")
        people = choosable(Member.objects.filter(unit=unit), day=today)
        stored = self.instance.proposers.all() if self.instance.pk else ()
        self.fields["proposers"] = PeopleField(
            people,
            label=_("proposers"),
            required=False,
            initial=[each.pk for each in stored],
            help_text=_("One or several; none where an organisation proposes it."),
        )
        organisation = self.fields["organisation"]
        organisation.queryset = Organisation.objects.filter(unit=unit)
        organisation.label = _("in the name of an organisation")
        self.order_fields([*self.Meta.fields[:3], "proposers", *self.Meta.fields[3:]])
        self.dress_fields()


class AdoptionForm(WholeRowForm):
    """One body that took it up."""

    class Meta:
        model = Adoption
        fields = ["body", "level", "adopted_on", "instruction"]
        widgets = {"body": forms.TextInput({"list": BODIES, "autocomplete": "off"})}

    def __init__(self, *args, unit, year: int, **options):
        super().__init__(*args, **options)
        self.instance.unit = unit
        self.fields["adopted_on"] = DayField(label=gettext_lazy("adopted"), year=year)
        self.dress_fields()


class _AdoptionFormSet(forms.BaseInlineFormSet):
    """One row for each body; ticked off, a stored row goes."""

    def add_fields(self, form, index):
        """Django's, with a word of ours at the tick that removes the row."""
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Remove this row")
        form.dress_fields()

    def clean(self):
        """Nothing is adopted before it was handed in; a stored proposal sees to that itself."""
        super().clean()
        submitted_on = self.instance.submitted_on
        if self.instance.pk or submitted_on is None:
            return
        for form in self.forms:
            adopted_on = getattr(form, "cleaned_data", {}).get("adopted_on")
            if adopted_on and adopted_on < submitted_on:
                form.add_error("adopted_on", _("Nothing is adopted before it was handed in."))


AdoptionFormSet = forms.inlineformset_factory(
    Proposal, Adoption, form=AdoptionForm, formset=_AdoptionFormSet, extra=2, max_num=30
)
"""The rows of a proposal's adoptions, with two empty ones behind them."""
