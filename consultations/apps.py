"""Consultations and suggestions."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationsConfig(AppConfig):
    """Names the app where Django shows it."""

    name = "consultations"
    verbose_name = _("Consultations and suggestions")
