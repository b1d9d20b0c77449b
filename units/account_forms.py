"""Forms about one's own account: a new password, a code, the password once more."""

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class _LargeFields:
    """One column of large fields, each label above its field."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control form-control-lg"


class PasswordCheckForm(_LargeFields, forms.Form):
    """Asks for the password of the person at the screen; a wrong one counts towards the lock."""

    password = forms.CharField(
        label=_("Present password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )

    def __init__(self, request, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_password(self):
        """The password, if it opens this very account."""
        password = self.cleaned_data["password"]
        user = self.request.user
        if authenticate(self.request, username=user.username, password=password) != user:
            raise ValidationError(_("This is not your present password."))
        return password


class NewPasswordForm(PasswordCheckForm):
    """The present password and, twice, a new one that keeps the rules."""

    new_password = forms.CharField(
        label=_("New password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    new_password_again = forms.CharField(
        label=_("New password once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def rules(self) -> list[str]:
        """The rules in words, one sentence each."""
        return [text for text in password_validators_help_texts() if text]

    def clean_new_password(self):
        """The new password, if it keeps every rule."""
        password = self.cleaned_data["new_password"]
        validate_password(password, self.request.user)
        return password

    def clean(self):
        """Both entries of the new password agree."""
        cleaned = super().clean()
        new, again = cleaned.get("new_password"), cleaned.get("new_password_again")
        if new and again and new != again:
            self.add_error("new_password_again", _("The two new passwords differ."))
        return cleaned


class CodeForm(_LargeFields, forms.Form):
    """A code of six digits from the app, or a recovery code."""

    code = forms.CharField(
        label=_("Code from the app"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}
        ),
    )
