"""Numbers, consents, requests and holds of people: reached from the page about people's data."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from members.models import Consent, Contact, CorrectionRequest, LegalHold
from members.models.contact import plain_number
from units.scoped_admin import UnitRowAdmin, UnitRowForm


class ContactForm(UnitRowForm):
    """The stored number is not on the page; what is typed replaces it."""

    new_phone = forms.CharField(
        label=_("Telephone"),
        max_length=30,
        required=False,
        help_text=_("Leave empty to keep the number that is stored."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    forget_phone = forms.BooleanField(label=_("Forget the stored number"), required=False)

    def clean_new_phone(self) -> str:
        """The number without spaces and country code."""
        return plain_number(self.cleaned_data["new_phone"])

    def save(self, commit=True):
        """Seal the number last: it is bound to the unit, which the rest of the form settles."""
        number = self.cleaned_data["new_phone"]
        if number or self.cleaned_data["forget_phone"]:
            self.instance.phone = number
        return super().save(commit)


class _PersonalAdmin(UnitRowAdmin):
    """Rows about one person that are not on the admin's front page."""

    autocomplete_fields = ["member"]
    search_fields = ["member__name", "member__find_key"]
    list_select_related = ["member"]

    def get_model_perms(self, request):
        """Nothing on the admin's front page: the way leads through the page about people's data."""
        return {}


@admin.register(Contact)
class ContactAdmin(_PersonalAdmin):
    """Telephone numbers, masked."""

    form = ContactForm
    fields = ["unit", "member", "masked_phone", "new_phone", "forget_phone"]
    readonly_fields = ["masked_phone"]
    list_display = ["member", "masked_phone"]

    @admin.display(description=_("telephone stored"))
    def masked_phone(self, contact: Contact) -> str:
        """139****5678; in words that it does not open."""
        return contact.masked_phone if contact.pk else ""


@admin.register(Consent)
class ConsentAdmin(_PersonalAdmin):
    """Consents and their withdrawal."""

    fields = ["unit", "member", "kind", "notice_version", ("given_on", "withdrawn_on")]
    list_display = ["member", "kind", "notice_version", "given_on", "withdrawn_on"]
    list_filter = ["kind"]


@admin.register(CorrectionRequest)
class CorrectionRequestAdmin(_PersonalAdmin):
    """All requests, answered ones too."""

    fields = [
        "unit",
        ("member", "kind"),
        ("asked_on", "due_on"),
        "wording",
        ("decision", "done_on"),
        "refusal_reason",
    ]
    list_display = ["member", "kind", "asked_on", "due_on", "decision", "done_on"]
    list_filter = ["kind", "decision"]


@admin.register(LegalHold)
class LegalHoldAdmin(_PersonalAdmin):
    """Holds, and when they were lifted."""

    fields = ["unit", "member", "reason", ("placed_on", "lifted_on")]
    list_display = ["member", "reason", "placed_on", "lifted_on"]
