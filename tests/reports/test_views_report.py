"""A figure's page and the report's, with its files."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from activities.models import Activity
from cases.loading import load
from reports.figures import REGISTER
from tests import factories
from tests.reports.addresses import address
from units.roles import Role

YEAR, REPORT = "report-year", "report-preview"


@pytest.fixture
def school(school):
    """The school of the other tests, with what it states for 2017."""
    factories.unit_year(school, motto="共建共融共享")
    return school


@pytest.fixture
def case_unit(db):
    """The unit of the 2017 case."""
    return load("2017")


# --- a figure ---


def test_every_figure_of_the_case_opens_to_its_records(client, case_unit):
    client.force_login(factories.user(Role.CLERK, unit=case_unit))
    without = set()
    for key in REGISTER:
        answer = client.get(address("figure", case_unit, key))
        assert answer.status_code == 200
        if 'class="records"' not in answer.content.decode():
            without.add(key)
    assert without == {
        *("members_retired", "members_joined", "members_left"),
        *("talks_count", "calls_count", "trainings_count"),
        *("written_requests_count", "bimonthly_talks_count"),
        *("suggestions_satisfied_share", "suggestions_carried_over"),
        *("proposals_submitted", "proposals_adopted", "adoptions_count"),
        *("adoptions_above_district", "promises_kept", "promises_due", "promises_done"),
        *("promises_partly", "promises_dropped", "promises_carried_over"),
        *("adoptions_national", "adoptions_provincial", "adoptions_district"),
        "suggestions_declined",
    }


def test_a_figure_shows_its_wordings_with_their_tokens(client, case_unit):
    client.force_login(factories.user(Role.VIEWER, unit=case_unit))
    page = client.get(address("figure", case_unit, "study_sessions_count")).content.decode()
    assert "{study_sessions_count}" in page
    assert "{study_sessions_count|digits}" in page
    assert "20余次" in page
    assert "23次" in page


def test_a_share_leads_to_its_base(client, case_unit):
    client.force_login(factories.user(Role.VIEWER, unit=case_unit))
    page = client.get(address("figure", case_unit, "members_share_of_staff")).content.decode()
    assert address("figure", case_unit, "staff_total") in page
    assert "105" in page


def test_records_lead_to_their_forms_for_keepers_only(client, cast, school):
    visit = factories.activity(school, kind=Activity.Kind.VISIT, place="航海博物馆")
    form = reverse("admin:activities_activity_change", args=[visit.pk])
    page = address("figure", school, "visit_places")
    client.force_login(cast.secretary)
    assert form in client.get(page).content.decode()
    assert client.get(form).status_code == 200
    client.force_login(cast.viewer)
    assert form not in client.get(page).content.decode()


def test_a_keeper_of_another_unit_reads_here_without_forms(client, school, other_school):
    visit = factories.activity(school, kind=Activity.Kind.VISIT, place="航海博物馆")
    reader = factories.user(Role.CLERK, unit=other_school)
    factories.role_grant(reader, school, Role.VIEWER)
    client.force_login(reader)
    page = client.get(address("figure", school, "visit_places")).content.decode()
    assert "航海博物馆" in page
    assert reverse("admin:activities_activity_change", args=[visit.pk]) not in page


def test_a_figure_of_another_unit_is_never_mixed_in(client, cast, school, other_school):
    factories.member(other_school, "欧阳别处", party="民盟")
    factories.member(school, "司马此处", party="民盟")
    client.force_login(cast.clerk)
    page = client.get(address("figure", school, "members_total")).content.decode()
    assert "司马此处" in page
    assert "欧阳别处" not in page


def test_what_somebody_typed_is_text_and_nothing_else(client, cast, school):
    nasty = "<script>alert(1)</script>"
    factories.activity(school, nasty, kind=Activity.Kind.VISIT, place=nasty)
    client.force_login(cast.clerk)
    for page in (address(YEAR, school), address("figure", school, "visit_places")):
        shown = client.get(page).content.decode()
        assert nasty not in shown
        assert escape(nasty) in shown


# --- the report ---


def test_the_preview_links_each_figure_and_marks_gaps(client, cast, school):
    report = factories.report(school, title="{report_year}年总结")
    body = "共{members_total}，占{members_share_of_staff}。{{原样}}"
    factories.section(report, heading="队伍", body=body)
    client.force_login(cast.clerk)
    page = client.get(address(REPORT, school)).content.decode()
    link = address("figure", school, "members_total")
    assert f'<a class="figure-link" href="{link}">0人</a>' in page
    assert "一、" in page
    assert "{原样}" in page
    assert 'class="gap"' not in page


def test_the_preview_marks_what_is_missing(client, cast, school):
    factories.unit_year(school, 2018, staff_total=None, full_time_teachers=None)
    report = factories.report(school, 2018)
    factories.section(report, body="占{members_share_of_staff}。")
    client.force_login(cast.clerk)
    page = client.get(address(REPORT, school, year=2018)).content.decode()
    link = address("figure", school, "members_share_of_staff", year=2018)
    assert f'<a class="figure-link" href="{link}"><mark class="gap">' in page


def test_faults_of_the_text_are_listed_with_their_sections(client, cast, school):
    report = factories.report(school)
    # The forms refuse such texts; a register that lost a figure leaves them behind.
    factories.section(report, heading="第一节", body="有{member_total}")
    factories.section(report, 2, heading="第二节", body="开了{symposia_count|cnn}和{")
    client.force_login(cast.clerk)
    for page in (address(REPORT, school), *_files(school, "pdf", "docx", "html", "json")):
        answer = client.get(page)
        assert answer.status_code == 422
        shown = answer.content.decode()
        for words in ("第一节", "{member_total}", "第二节", "{symposia_count|cnn}"):
            assert escape(words) in shown
        assert shown.count("<li>") >= 3


def _files(unit, *formats) -> list[str]:
    return [address("report-file", unit, each) for each in formats]


def test_a_machine_without_fonts_says_so_instead_of_failing(
    client, cast, school, settings, tmp_path
):
    settings.VAR_DIR = tmp_path
    client.force_login(cast.clerk)
    answer = client.get(address("report-file", school, "pdf"))
    assert answer.status_code == 503
    assert "script/fonts" in answer.content.decode()


def test_files_have_the_name_of_the_document_and_their_type(client, case_unit):
    client.force_login(factories.user(Role.VIEWER, unit=case_unit))
    name = "%E6%99%AE%E9%99%80%E5%8C%BA%E6%95%99%E8%82%B2%E5%AD%A6%E9%99%A22017%E5%B9%B4"
    begins = {"pdf": b"%PDF", "docx": b"PK", "html": b"<!doctype html>", "json": b"{"}
    for file_format, begin in begins.items():
        answer = client.get(address("report-file", case_unit, file_format))
        assert answer.content.startswith(begin)
        disposition = answer["Content-Disposition"]
        kind = "inline" if file_format == "pdf" else "attachment"
        assert disposition.startswith(f"{kind}; filename*=utf-8''{name}")
        assert disposition.endswith(f".{file_format}")
    saved = client.get(address("report-file", case_unit, "pdf") + "?download=1")
    assert saved["Content-Disposition"].startswith("attachment")
