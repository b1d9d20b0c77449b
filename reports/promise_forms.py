"""Choosing what of a sealed report is to be kept as an open item of the next year."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.promising import KINDS, WORDING_LIMIT
from units.page_forms import OnPage


class PromisedForm(OnPage, forms.Form):
    """One sentence: what it is, and in which words it is kept."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("a sentence", "Keep as"),
        required=False,
        choices=[("", _("do not keep")), *KINDS],
    )
    wording = forms.CharField(
        label=_("Wording"), required=False, widget=forms.Textarea({"rows": 2})
    )

    def clean(self):
        """What is kept has a wording that is not too long for a list."""
        cleaned = super().clean()
        if cleaned.get("kind"):
            wording = " ".join(cleaned.get("wording", "").split())
            if not wording:
                self.add_error("wording", _("This is needed."))
            elif len(wording) > WORDING_LIMIT:
                words = _("Shorten it to %(limit)s characters, or keep it as two.")
                self.add_error("wording", words % {"limit": WORDING_LIMIT})
            cleaned["wording"] = wording
        return cleaned


PromisedFormSet = forms.formset_factory(PromisedForm, extra=2, max_num=60)
"""The sentences of a report, with two empty rows behind them."""
