"""Units, accounts and roles."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UnitsConfig(AppConfig):
    """The ground floor."""

    name = "units"
    verbose_name = _("Units and accounts")

    def ready(self):
        """Attach the change log to every model, sessions to accounts, and a function to SQLite."""
        # Models can be imported only from here on.
        from units import folding, recording, sessions, signin

        folding.connect()
        recording.connect()
        sessions.connect()
        signin.connect()
