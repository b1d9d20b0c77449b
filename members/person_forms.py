"""Forms of a person's page."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from units.page_forms import DayField, OnPage


class DayForm(OnPage, forms.Form):
    """The day that the page speaks of: today, unless another is written."""

    day = DayField(label=_("On the day"), required=False)

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["day"].year = today.year
        self.fields["day"].widget.attrs["placeholder"] = today.isoformat()

    @property
    def chosen(self) -> date:
        """The day asked for; today where none was, or none that can be read."""
        written = self.cleaned_data.get("day") if self.is_bound and self.is_valid() else None
        return written or self.today
