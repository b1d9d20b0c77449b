"""The forms on a report's way: begin, return, sign it, and open a closed year to somebody."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.patterns import Pattern
from units.models import ClosedYear, User, YearException
from units.models.closing import KEEPS_RECORDS, LONGEST_EXCEPTION
from units.page_forms import DayField, OnPage
from units.roles import roles_with


class BeginForm(OnPage, forms.Form):
    """What a new report begins with."""

    pattern = forms.ChoiceField(
        label=_("Begin with"),
        error_messages={
            "required": _("Choose what the report begins with."),
            "invalid_choice": _("Choose what the report begins with."),
        },
    )

    def __init__(self, *args, patterns: Iterable[Pattern], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pattern"].choices = [(each.key, each.label) for each in patterns]


class ReturnForm(OnPage, forms.Form):
    """Why the report goes back."""

    reason = forms.CharField(
        label=_("What is to be changed"),
        max_length=300,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("The authors read this. Leave people's names out: it is kept for good."),
    )


class SignForm(OnPage, forms.Form):
    """That the report was read, as it stood on the page."""

    shown = forms.CharField(max_length=64)
    read = forms.BooleanField(
        label=_("I have read this report as it stands here, and answer for it."),
        error_messages={"required": _("Read the report and tick this, then sign.")},
    )


class ExceptionForm(OnPage, forms.ModelForm):
    """To whom a closed year is opened, why, and until the end of which day."""

    last_day = DayField(
        label=_("Until the end of"), help_text=_("At most 30 days; it ends by itself.")
    )

    class Meta:
        model = YearException
        fields = ["user", "reason"]

    def __init__(self, *args, closed: ClosedYear, giver: User, **kwargs):
        super().__init__(*args, **kwargs)
        row = self.instance
        row.unit, row.closed_year, row.granted_by = closed.unit, closed, giver
        row.started_at = timezone.now()
        self.fields["user"].queryset = (
            User.objects.filter(
                is_active=True, grants__unit=closed.unit, grants__role__in=roles_with(KEEPS_RECORDS)
            )
            .exclude(pk=giver.pk)
            .distinct()
        )

    def clean_last_day(self):
        """A day that is not over; the exception ends at the midnight after it."""
        day = self.cleaned_data["last_day"]
        end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
        if end <= self.instance.started_at:
            raise ValidationError(_("That day is over."))
        if end - self.instance.started_at > LONGEST_EXCEPTION:
            raise ValidationError(_("At most %(days)s days.") % {"days": LONGEST_EXCEPTION.days})
        self.instance.ends_at = end
        return day
