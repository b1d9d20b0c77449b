"""Forms about a person's own data: looking somebody up, requests and their answers, erasing."""

from django import forms
from django.utils.translation import gettext_lazy as _

from members.models import CorrectionRequest

OVERTAKEN = _(
    "Somebody else has changed this request since the page was opened. Your entries are still "
    "here; open the request in another window, compare, and enter what is still needed."
)
"""Why a save is refused that would overwrite what nobody on this page has seen."""


class _OnPage:
    """Fields as the site's pages show them: the label above, the whole width."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for field in self.fields.values():
            ticked = isinstance(field.widget, forms.CheckboxInput)
            chosen = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = (
                "form-check-input" if ticked else "form-select" if chosen else "form-control"
            )


class LookUpForm(_OnPage, forms.Form):
    """Part of a name or pinyin, or a whole telephone number; always posted, never in an address."""

    words = forms.CharField(
        label=_("Name, pinyin or whole telephone number"), max_length=60, required=False
    )


class _WholeRowForm(_OnPage, forms.ModelForm):
    """A form whose row is checked as a whole: constraints also speak of fields it does not show."""

    def _get_validation_exclusions(self) -> set[str]:
        return set()


class RequestForm(_WholeRowForm):
    """What somebody asks for."""

    class Meta:
        model = CorrectionRequest
        fields = ["kind", "asked_on", "wording", "due_on"]
        widgets = {
            "asked_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }


class AnswerForm(_WholeRowForm):
    """What was decided, and when the person had it; refused if another answer came first."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.read = self.instance.version
        self.initial["version"] = self.read

    def clean(self):
        """The version the page showed must still be the stored one."""
        super().clean()
        if self.cleaned_data.get("version") != self.read:
            raise forms.ValidationError(OVERTAKEN)

    class Meta:
        model = CorrectionRequest
        fields = ["due_on", "decision", "refusal_reason", "done_on"]
        widgets = {
            "due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "done_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }


class EraseForm(_OnPage, forms.Form):
    """The reason, and that the person in front of the screen means it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        required=False,
        help_text=_("Kept in the change log; without the person's name."),
    )
    sure = forms.BooleanField(
        label=_("I know that this cannot be undone."),
        error_messages={"required": _("Tick the box to go on.")},
    )
