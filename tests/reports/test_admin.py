"""Outlines and reports in the admin."""

import pytest
from django.urls import reverse

from reports.models import Outline, Report
from tests import factories
from tests.admin_forms import add_row, errors_of, form_data
from units.scoping import scope_of_unit

pytestmark = pytest.mark.ignore_template_errors


@pytest.fixture
def clerk(client, cast):
    """The clerk's browser."""
    client.force_login(cast.clerk)
    return client


def test_outline_added_with_sections(clerk, school):
    address = reverse("admin:reports_outline_add")
    data = form_data(clerk.get(address))
    data |= {"label": "总结", "name": "统战工作总结", "title": "统战工作总结"}
    add_row(data, "sections", position=1, level=1, heading="基本情况", body="共{members_total}人。")
    assert clerk.post(address, data).status_code == 302
    with scope_of_unit(school):
        sections = Outline.objects.get().sections.all()
        assert [(row.unit, row.heading) for row in sections] == [(school, "基本情况")]


def test_report_section_changed(clerk, school):
    report = factories.report(school)
    factories.section(report, body="旧")
    address = reverse("admin:reports_report_change", args=[report.pk])
    data = form_data(clerk.get(address)) | {"sections-0-body": "新"}
    assert clerk.post(address, data).status_code == 302
    with scope_of_unit(school):
        assert [section.body for section in report.sections.all()] == ["新"]


def test_report_section_below_level_four_refused(clerk, school):
    report = factories.report(school)
    address = reverse("admin:reports_report_change", args=[report.pk])
    data = form_data(clerk.get(address))
    add_row(data, "sections", position=1, level=5, heading="太深")
    assert len(errors_of(clerk.post(address, data))) == 1


def test_second_report_of_a_year_refused(clerk, school):
    factories.report(school, 2017)
    address = reverse("admin:reports_report_add")
    data = form_data(clerk.get(address)) | {"year": 2017, "name": "总结", "title": "总结"}
    assert len(errors_of(clerk.post(address, data))) == 1
    with scope_of_unit(school):
        assert Report.objects.count() == 1
