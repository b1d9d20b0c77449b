"""The place for a notice, and what may come from one into the form for a new activity."""

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.models import Activity
from activities.years import day_typed
from units.page_forms import OnPage


class NoticeForm(OnPage, forms.Form):
    """The pasted text."""

    notice = forms.CharField(
        label=_("Or paste the notice"),
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Day, place and title are read from it, for you to check. It is not kept."),
        error_messages={"required": _("Paste the notice first.")},
    )


def read_from_address(asked, *, year: int) -> dict:
    """The values of a new activity that stand in its address, where a notice was read before.

    Whatever is no value of the field is left out: the form says nothing nobody typed there.
    """
    values = {
        name: asked[name][: Activity._meta.get_field(name).max_length]
        for name in ("title", "place")
        if asked.get(name)
    }
    days = {
        name: day_typed({"started_on": asked.get(name, "")}, year)
        for name in ("started_on", "ended_on")
    }
    return values | {name: day for name, day in days.items() if day}
