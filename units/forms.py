"""The form with which people sign in."""

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """User name and password; one text for every refusal, so that it tells nothing of accounts."""

    error_messages = {
        "invalid_login": _(
            "This user name and password do not belong together. Check both; capital and small "
            "letters differ."
        ),
        "inactive": _(
            "This user name and password do not belong together. Check both; capital and small "
            "letters differ."
        ),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Django's "Username:" is a word of programmers; no suffix, the label stands above its field.
        self.label_suffix = ""
        self.fields["username"].label = _("User name")
        self.fields["password"].label = _("Password")
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control form-control-lg"
