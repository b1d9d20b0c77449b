"""Django's admin, under this project's name."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import resolve, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache


class RecordsAdminSite(AdminSite):
    """The plain admin; its titles are ours, and it has no sign-in page of its own."""

    site_header = _("Records of united-front work")
    site_title = _("Records of united-front work")
    index_title = _("Profiles and accounts")

    @method_decorator(never_cache)
    @login_not_required
    def login(self, request, extra_context=None):
        """Send strangers to the one sign-in page; refuse people whose roles have no admin."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect(
            reverse("login", query={"next": request.GET.get("next", reverse("admin:index"))})
        )

    def logout(self, request, extra_context=None):
        """Sign out as everywhere: the session ends on the server, and the log says so."""
        return resolve(reverse("logout")).func(request)

    def password_change(self, request, extra_context=None):
        """Send people to the one page for a new password."""
        return redirect("change-password")


class RecordsAdminConfig(AdminConfig):
    """Makes the site above the default one."""

    default_site = "config.admin.RecordsAdminSite"
