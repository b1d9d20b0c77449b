"""Addresses of a unit's years: the start page, figures, their records, the report and its files."""

from django.urls import path

from reports import (
    checks_views,
    closed_year_views,
    desk_views,
    ledger_views,
    promise_views,
    section_views,
    signing_views,
    start_views,
    views,
)

urlpatterns = [
    path("", views.home, name="home"),
    path("<slug:unit>/", start_views.unit_home, name="unit-home"),
    path("<slug:unit>/<int:year>/", start_views.this_year, name="this-year"),
    path("<slug:unit>/<int:year>/figures/", views.year_page, name="report-year"),
    path("<slug:unit>/<int:year>/figures/<slug:key>/", views.figure_page, name="figure"),
    path("<slug:unit>/<int:year>/report/", views.preview_page, name="report-preview"),
    path("<slug:unit>/<int:year>/report/begin/", signing_views.begin, name="report-begin"),
    path("<slug:unit>/<int:year>/report/write/", desk_views.desk, name="report-desk"),
    path(
        "<slug:unit>/<int:year>/report/write/head/",
        section_views.EditHead.as_view(),
        name="report-head",
    ),
    path(
        "<slug:unit>/<int:year>/report/write/new/",
        section_views.NewSection.as_view(),
        name="new-section",
    ),
    path(
        "<slug:unit>/<int:year>/report/write/preview/",
        desk_views.typed_preview,
        name="typed-preview",
    ),
    path(
        "<slug:unit>/<int:year>/report/write/figures/",
        desk_views.figure_panel,
        name="figure-panel",
    ),
    path(
        "<slug:unit>/<int:year>/report/write/<int:pk>/",
        section_views.EditSection.as_view(),
        name="report-section",
    ),
    path(
        "<slug:unit>/<int:year>/report/write/<int:pk>/move/",
        desk_views.move_section,
        name="move-section",
    ),
    path(
        "<slug:unit>/<int:year>/report/write/<int:pk>/remove/",
        desk_views.remove_section,
        name="remove-section",
    ),
    path(
        "<slug:unit>/<int:year>/report/write/<int:pk>/versions/",
        desk_views.section_versions,
        name="section-versions",
    ),
    path("<slug:unit>/<int:year>/report/checks/", checks_views.checks_page, name="report-checks"),
    path("<slug:unit>/<int:year>/report/submit/", signing_views.submit, name="report-submit"),
    path("<slug:unit>/<int:year>/report/return/", signing_views.return_page, name="report-return"),
    path(
        "<slug:unit>/<int:year>/report/take-up/",
        signing_views.take_up_again,
        name="report-take-up",
    ),
    path("<slug:unit>/<int:year>/report/sign/", signing_views.sign_page, name="report-sign"),
    path(
        "<slug:unit>/<int:year>/report/sealed.pdf", signing_views.sealed_pdf, name="report-sealed"
    ),
    path(
        "<slug:unit>/<int:year>/report/promises/",
        promise_views.promises_page,
        name="report-promises",
    ),
    path(
        "<slug:unit>/<int:year>/suggestion-ledger/",
        ledger_views.ledger_page,
        name="suggestion-ledger",
    ),
    path(
        "<slug:unit>/<int:year>/suggestion-ledger.<slug:file_format>",
        ledger_views.ledger_file,
        name="suggestion-ledger-file",
    ),
    path("<slug:unit>/<int:year>/report/drift/", closed_year_views.drift_page, name="report-drift"),
    path(
        "<slug:unit>/<int:year>/report/exceptions/",
        closed_year_views.exceptions_page,
        name="year-exceptions",
    ),
    path(
        "<slug:unit>/<int:year>/report/exceptions/<int:pk>/",
        closed_year_views.exception_page,
        name="year-exception",
    ),
    path(
        "<slug:unit>/<int:year>/report/exceptions/<int:pk>/withdraw/",
        closed_year_views.withdraw_exception,
        name="withdraw-year-exception",
    ),
    path("<slug:unit>/<int:year>/report.<slug:file_format>", views.report_file, name="report-file"),
]
