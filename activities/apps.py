"""Activities and aid."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActivitiesConfig(AppConfig):
    """Names the app where Django shows it."""

    name = "activities"
    verbose_name = _("Activities and aid")
