"""How many took part and how they voted, where nobody's name belongs to a vote."""

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.models import Activity
from consultations.models import Consultation, Tally
from units.page_forms import OnPage

_SEATS = ("took_part", "party_members")
_VOTES = ("in_favour", "against", "abstained")


class TallyForm(OnPage, forms.ModelForm):
    """The totals of a hearing or a poll; votes only where votes are cast."""

    class Meta:
        model = Tally
        fields = (*_SEATS, *_VOTES)

    def __init__(self, data=None, *, activity: Activity):
        stored = Tally.objects.filter(consultation=activity.pk).first() if activity.pk else None
        row = stored or Tally(unit=activity.unit, consultation_id=activity.pk)
        super().__init__(data, instance=row, prefix="tally")
        self.is_stored = stored is not None
        self.fields["party_members"].label = _("seats taken by members of democratic parties")
        if activity.kind != Activity.Kind.POLL and not any(getattr(row, n) for n in _VOTES):
            for name in _VOTES:
                del self.fields[name]
        for field in self.fields.values():
            field.widget.attrs.update({"inputmode": "numeric", "min": 0})

    @property
    def is_filled(self) -> bool:
        """Whether any number is there once this is saved."""
        return any(self.cleaned_data.get(name) is not None for name in self.fields)

    @property
    def has_faults(self) -> bool:
        """Whether the page has to show what is wrong here."""
        return self.is_bound and bool(self.errors)

    def save_for(self, activity: Activity):
        """Store the totals for ``activity``; a tally without a number is none."""
        if not self.is_filled:
            if self.is_stored:
                self.instance.delete()
            return
        if self.is_stored and not self.has_changed():
            return
        self.instance.consultation = Consultation.objects.get(pk=activity.pk)
        self.instance.full_clean()
        self.instance.save()
