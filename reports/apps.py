"""Reports."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """The app's name, and what it does once all are loaded."""

    name = "reports"
    verbose_name = _("Reports")

    def ready(self):
        """Have the search find the text of reports."""
        # Models can be imported only from here on.
        from reports import searchables

        searchables.connect()
