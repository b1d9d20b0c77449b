"""Addresses about rights, the change log, and the views that people keep of lists."""

from django.urls import path

from units import access_views, log_views, view_views

urlpatterns = [
    path("units/<slug:unit>/access/", access_views.access, name="access"),
    path(
        "units/<slug:unit>/access/<int:pk>/withdraw/",
        access_views.withdraw_access,
        name="withdraw-access",
    ),
    path("<slug:unit>/views/", view_views.save_view, name="save-view"),
    path("<slug:unit>/views/<int:pk>/remove/", view_views.remove_view, name="remove-view"),
    path("log/", log_views.log, name="log"),
    path("log/events/<int:number>/", log_views.log_event, name="log-event"),
    path("log/file.csv", log_views.log_file, name="log-file"),
]
