"""The form with which a secretary opens a unit's records to somebody from outside."""

from datetime import datetime, time, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from units.models import AccessGrant, Unit, User
from units.roles import Role


class AccessForm(forms.ModelForm):
    """To whom, why, and until the end of which day."""

    last_day = forms.DateField(
        label=_("Until the end of"),
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        help_text=_("At most 30 days for an administrator, a year for the district office."),
    )

    class Meta:
        model = AccessGrant
        fields = ["user", "to_unit", "reason"]

    def __init__(self, *args, unit: Unit, giver: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.instance.unit, self.instance.granted_by = unit, giver
        self.instance.started_at = timezone.now()
        above = _above(unit)
        self.fields["user"].queryset = User.objects.filter(
            is_active=True, grants__role=Role.ADMINISTRATOR, grants__unit__in=above | _only(unit)
        ).distinct()
        self.fields["to_unit"].queryset = above.filter(kind=Unit.Kind.DISTRICT)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"

    def clean_last_day(self):
        """A day that is not over; the access ends at the midnight after it, or before its term."""
        day = self.cleaned_data["last_day"]
        end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
        if end <= self.instance.started_at:
            raise ValidationError(_("That day is over."))
        self.instance.ends_at = end
        return day


def _above(unit: Unit) -> QuerySet[Unit]:
    """The units above ``unit`` in the tree."""
    codes = unit.path.rstrip("/").split("/")
    paths = ["/".join(codes[:length]) + "/" for length in range(1, len(codes))]
    return Unit.objects.filter(path__in=paths)


def _only(unit: Unit) -> QuerySet[Unit]:
    return Unit.objects.filter(Q(pk=unit.pk))
