"""Addresses of bringing in spreadsheets."""

from django.urls import path

from units import import_file_views as files
from units import import_views as views

urlpatterns = [
    path("<slug:unit>/import/<slug:what>/", views.imports, name="imports"),
    path("<slug:unit>/import/<slug:what>/headings/", views.import_heading, name="import-heading"),
    path(
        "<slug:unit>/import/<slug:what>/template.<slug:ending>",
        files.import_template,
        name="import-template",
    ),
    path("<slug:unit>/imports/<int:pk>/", views.import_page, name="import"),
    path("<slug:unit>/imports/<int:pk>/faults.xlsx", files.import_faults, name="import-faults"),
    path("<slug:unit>/imports/<int:pk>/rows/<int:line>/", views.import_row, name="import-row"),
    path("<slug:unit>/imports/<int:pk>/store/", views.import_store, name="import-store"),
    path("<slug:unit>/imports/<int:pk>/undo/", views.import_undo, name="import-undo"),
    path("<slug:unit>/imports/<int:pk>/again/", views.import_again, name="import-again"),
    path("<slug:unit>/imports/<int:pk>/drop/", views.import_drop, name="import-drop"),
]
