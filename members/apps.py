"""Members and organisations."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    """The app's name, and what it does once all are loaded."""

    name = "members"
    verbose_name = _("Members and organisations")

    def ready(self):
        """Have timelines tell, the search find, and spreadsheets bring in what this room knows."""
        # Models can be imported only from here on.
        from members import importing, person_timeline, searchables

        importing.connect()
        person_timeline.connect()
        searchables.connect()
