"""Consultations and suggestions."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationsConfig(AppConfig):
    """The app's name, and what it does once all are loaded."""

    name = "consultations"
    verbose_name = _("Consultations and suggestions")

    def ready(self):
        """Have timelines, the pages of activities and the search tell what this room knows."""
        # Models can be imported only from here on.
        from consultations import meeting_sections, person_timeline, searchables, unsigning

        person_timeline.connect()
        meeting_sections.connect()
        searchables.connect()
        unsigning.connect()
