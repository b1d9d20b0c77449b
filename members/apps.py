"""Members and organisations."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    """Names the app where Django shows it."""

    name = "members"
    verbose_name = _("Members and organisations")
