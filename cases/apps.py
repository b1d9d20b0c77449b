"""Ready-made records."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    """Names the app where Django shows it."""

    name = "cases"
    verbose_name = _("Ready-made records")
