"""Addresses of a unit's years: the start page, figures, their records, the report and its files."""

from django.urls import path

from reports import start_views, views

urlpatterns = [
    path("", views.home, name="home"),
    path("<slug:unit>/", start_views.unit_home, name="unit-home"),
    path("<slug:unit>/<int:year>/", start_views.this_year, name="this-year"),
    path("<slug:unit>/<int:year>/figures/", views.year_page, name="report-year"),
    path("<slug:unit>/<int:year>/figures/<slug:key>/", views.figure_page, name="figure"),
    path("<slug:unit>/<int:year>/report/", views.preview_page, name="report-preview"),
    path("<slug:unit>/<int:year>/report.<slug:file_format>", views.report_file, name="report-file"),
]
