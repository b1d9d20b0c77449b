"""The form with which people sign in."""

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from units.signin import refuse_dead_password


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
        # The label stands above its field: a colon behind it would be left over.
        self.label_suffix = ""
        self.fields["username"].label = _("User name")
        self.fields["password"].label = _("Password")
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control form-control-lg"

    def confirm_login_allowed(self, user):
        """Refuse a one-time password that was used already or is too old."""
        super().confirm_login_allowed(user)
        refuse_dead_password(user)
