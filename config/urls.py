"""The table of contents of the site."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("units.urls")),
    path("account/", include("units.account_urls")),
    path("", include("units.rights_urls")),
    path("", include("units.import_urls")),
    path("admin/", admin.site.urls),
    path("", include("members.urls")),
    path("", include("activities.urls")),
    path("", include("activities.evidence_urls")),
    path("", include("activities.aid_urls")),
    path("", include("consultations.urls")),
    path("", include("reports.urls")),
]

handler500 = "units.views.server_error"
