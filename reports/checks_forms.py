"""The form that answers a finding of the checks of a text."""

from django import forms
from django.utils.translation import gettext_lazy as _

from units.page_forms import OnPage


class AnswerForm(OnPage, forms.Form):
    """Why a place stays as it is."""

    fingerprint = forms.CharField(max_length=32, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why it stays as it is"),
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Kept with the report; leave people's names out."),
        error_messages={"required": _("Say why, or change the text.")},
    )

    @classmethod
    def about(cls, fingerprint: str) -> "AnswerForm":
        """An empty form for the finding with this fingerprint; many of them stand on one page."""
        return cls(initial={"fingerprint": fingerprint}, auto_id=cls.ids_of(fingerprint))

    @staticmethod
    def ids_of(fingerprint: str) -> str:
        """How the ids of its fields are made."""
        return f"id_{fingerprint[:12]}_%s"
