"""Forms of evidence: files that come in, the address of a report, words about what is there."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.models import Evidence, NotNeeded, Slot
from activities.uploads.kinds import KINDS
from units.page_forms import OnPage, WholeRowForm

ACCEPT = ",".join(KINDS)
"""What a browser offers to choose from."""


class _ManyFilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files. Each is looked into by itself, so that one bad one keeps no other out."""

    widget = _ManyFilesInput(attrs={"accept": ACCEPT})

    def clean(self, data, initial=None) -> list:
        """The files as they came in."""
        return list(data or [])


class UploadForm(OnPage, forms.Form):
    """Files of one activity. Without a kind, each file's name says which it is."""

    files = FilesField(label=_("files"), required=False)
    slot = forms.ChoiceField(
        label=_("kind of evidence"),
        choices=[("", _("by the name of the file")), *Slot.choices],
        required=False,
    )

    def tokens(self, token: str, *, user) -> list[str]:
        """For each file one of its own: the same form, sent again by the same person, gives the
        same."""
        try:
            space = uuid.UUID(token)
        except ValueError:
            space = uuid.uuid4()
        numbers = range(len(self.cleaned_data["files"]))
        return [str(uuid.uuid5(space, f"{user.pk} {number}")) for number in numbers]


class AddressForm(WholeRowForm):
    """A report that was published under a web address."""

    class Meta:
        model = Evidence
        fields = ["address", "caption", "slot"]
        labels = {"caption": _("headline")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["address"].required = True
        self.fields["address"].widget.attrs.update(
            {"inputmode": "url", "placeholder": "https://", "autocomplete": "off"}
        )


class NotNeededForm(WholeRowForm):
    """A kind of evidence that an activity does not need, and why."""

    class Meta:
        model = NotNeeded
        fields = ["slot", "reason"]


class PieceForm(WholeRowForm):
    """Words about one piece of evidence, and whether children can be seen in it."""

    minors_visible = forms.NullBooleanField(
        label=_("Can children be seen?"),
        required=False,
        widget=forms.Select(
            choices=[
                ("unknown", _("nobody has looked yet")),
                ("false", _("no")),
                ("true", _("yes")),
            ]
        ),
    )

    class Meta:
        model = Evidence
        fields = ["caption", "slot", "minors_visible", "minors_unrecognisable"]
        labels = {"minors_unrecognisable": _("none of them can be recognised")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.file:
            del self.fields["minors_visible"], self.fields["minors_unrecognisable"]

    def clean(self):
        """Who says that no child can be recognised has seen children."""
        cleaned = super().clean()
        if cleaned.get("minors_unrecognisable"):
            cleaned["minors_visible"] = True
        return cleaned
