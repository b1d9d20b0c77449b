"""Addresses of a unit's years: figures, their records, the report and its files."""

from django.urls import path

from reports import views

urlpatterns = [
    path("", views.home, name="home"),
    path("<slug:unit>/<int:year>/", views.year_page, name="report-year"),
    path("<slug:unit>/<int:year>/figures/<slug:key>/", views.figure_page, name="figure"),
    path("<slug:unit>/<int:year>/report/", views.preview_page, name="report-preview"),
    path("<slug:unit>/<int:year>/report.<slug:file_format>", views.report_file, name="report-file"),
]
