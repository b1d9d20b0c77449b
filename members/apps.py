"""Members and organisations."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    """The app's name, and what it does once all are loaded."""

    name = "members"
    verbose_name = _("Members and organisations")

    def ready(self):
        """Have timelines tell, and the search find, what this room knows."""
        # Models can be imported only from here on.
        from members import person_timeline, searchables

        person_timeline.connect()
        searchables.connect()
