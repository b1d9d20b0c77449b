"""Units, accounts and roles."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UnitsConfig(AppConfig):
    """The ground floor."""

    name = "units"
    verbose_name = _("Units and accounts")

    def ready(self):
        """Attach the change log to every model, and sessions to what happens to accounts."""
        # Models can be imported only from here on.
        from units import recording, sessions, signin

        recording.connect()
        sessions.connect()
        signin.connect()
