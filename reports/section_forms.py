"""The forms of the desk: a section of a report, and the words above all sections."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.drafting import check_text
from reports.models import Report, Section
from units.page_forms import DayField, WholeRowForm

_LEVELS = [(1, "一、"), (2, "（一）"), (3, "1."), (4, "（1）")]


class SectionForm(WholeRowForm):
    """Heading, depth and text of one section; whatever its tokens name has to exist."""

    level = forms.TypedChoiceField(label=_("Depth"), choices=_LEVELS, coerce=int)

    class Meta:
        model = Section
        fields = ["level", "heading", "body"]
        help_texts = {
            "body": _(
                "One paragraph a line. Figures stand in the text as {key}; choose one below to "
                "put it in."
            )
        }
        widgets = {
            "heading": forms.TextInput({"autocomplete": "off"}),
            "body": forms.Textarea({"rows": 14, "data-chips": ""}),
        }

    def clean_heading(self) -> str:
        """The heading; refused with every fault of its tokens."""
        return _checked(self.cleaned_data["heading"])

    def clean_body(self) -> str:
        """The text, its lines ended alike whatever sent them; refused with every token's fault."""
        return _checked("\n".join(self.cleaned_data["body"].splitlines()))


class HeadForm(WholeRowForm):
    """Names, titles and what stands below the text."""

    signed_on = DayField(
        label=_("date of the document"),
        required=False,
        help_text=_("The day that is printed under the text."),
    )

    class Meta:
        model = Report
        fields = ["title", "subtitle", "name", "signatory", "signed_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["signed_on"].year = self.instance.year

    def clean(self):
        """Refuse tokens in titles that name no figure."""
        cleaned = super().clean()
        for name in ("title", "subtitle", "name"):
            try:
                check_text(cleaned.get(name, ""))
            except forms.ValidationError as fault:
                self.add_error(name, fault)
        return cleaned


def _checked(text: str) -> str:
    check_text(text)
    return text
