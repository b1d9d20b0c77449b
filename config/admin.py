"""Django's admin, under this project's name."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class RecordsAdminSite(AdminSite):
    """The plain admin; only its titles are ours."""

    site_header = _("Records of united-front work")
    site_title = _("Records of united-front work")
    index_title = _("Profiles and accounts")


class RecordsAdminConfig(AdminConfig):
    """Makes the site above the default one."""

    default_site = "config.admin.RecordsAdminSite"
