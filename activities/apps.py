"""Activities and aid."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActivitiesConfig(AppConfig):
    """The app's name, and what it does once all are loaded."""

    name = "activities"
    verbose_name = _("Activities and aid")

    def ready(self):
        """Have timelines tell, and the search find, what this room knows."""
        # Models can be imported only from here on.
        from activities import person_timeline, searchables

        person_timeline.connect()
        searchables.connect()
