"""Consultations and suggestions."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationsConfig(AppConfig):
    """The app's name, and what it does once all are loaded."""

    name = "consultations"
    verbose_name = _("Consultations and suggestions")

    def ready(self):
        """Have people's timelines tell what this room knows of them."""
        # Models can be imported only from here on.
        from consultations import person_timeline

        person_timeline.connect()
