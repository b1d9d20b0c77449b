"""The pages of a unit's year, asked by everybody who works here and by nobody."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from activities.models import Activity
from cases.loading import load
from reports.figures import REGISTER
from tests import factories
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


def address(name, unit, *more, year=2017):
    return reverse(name, args=[unit.code, year, *more])


def pages_of(unit) -> dict[str, str]:
    """Every kind of page below a year."""
    return {
        "year": address(YEAR, unit),
        "figure": address("figure", unit, "members_total"),
        "preview": address(REPORT, unit),
        "json": address("report-file", unit, "json"),
        "html": address("report-file", unit, "html"),
    }


def body_of(response) -> bytes:
    """The answer without the token that differs each time."""
    return re.sub(rb'(csrfmiddlewaretoken" value=")\w+', rb"\1", response.content)


# --- who may see what ---


def test_pages_open_for_readers_and_for_nobody_else(client, cast, school):
    expected = {
        "clerk": 200,
        "secretary": 200,
        "viewer": 200,
        "auditor": 403,
        "administrator": 403,
        "colleague": 404,
    }
    for page in pages_of(school).values():
        asked = {}
        for part, user in cast:
            client.force_login(user)
            asked[part] = client.get(page).status_code
        assert asked == expected


def test_a_stranger_is_sent_to_sign_in_and_back(client, school):
    for page in [*pages_of(school).values(), reverse("home")]:
        answer = client.get(page)
        assert answer.status_code == 302
        assert answer["Location"] == f"{reverse('login')}?next={page}"


def test_another_units_year_an_unknown_unit_and_an_unknown_year_look_alike(client, cast, school):
    client.force_login(cast.colleague)
    others = client.get(address(YEAR, school))
    unknown_unit = client.get("/no-such-unit/2017/")
    no_year = client.get(f"/{cast.colleague.grants.get().unit.code}/2017/")
    no_page = client.get("/no/such/page/at/all/")
    assert {each.status_code for each in (others, unknown_unit, no_year, no_page)} == {404}
    assert body_of(others) == body_of(unknown_unit) == body_of(no_year) == body_of(no_page)
    assert school.name not in others.content.decode()


def test_an_unknown_figure_or_format_is_not_found(client, cast, school):
    client.force_login(cast.clerk)
    assert client.get(address("figure", school, "no_such_figure")).status_code == 404
    assert client.get(address("report-file", school, "exe")).status_code == 404
    assert client.get(address(YEAR, school, year=2016)).status_code == 404
    assert client.get(f"/{school.code}/{10**30}/").status_code == 404


def test_a_reader_elsewhere_who_administers_here_sees_nothing_of_here(client, school, other_school):
    both = factories.user(Role.ADMINISTRATOR, unit=school)
    factories.role_grant(both, other_school, Role.CLERK)
    factories.unit_year(other_school)
    client.force_login(both)
    assert client.get(address(YEAR, school)).status_code == 404
    assert client.get(address(YEAR, other_school)).status_code == 200


def test_pages_only_answer_questions(client, cast, school):
    client.force_login(cast.clerk)
    for page in [*pages_of(school).values(), reverse("home")]:
        assert client.post(page).status_code == 405
        assert client.generic("TRACE", page).status_code == 405


def test_no_copy_of_a_page_is_kept(client, cast, school):
    for user in (cast.clerk, cast.colleague, cast.auditor):
        client.force_login(user)
        for page in pages_of(school).values():
            kept = client.get(page)["Cache-Control"]
            assert {"no-store", "private"} <= set(kept.replace(" ", "").split(","))


def test_pages_carry_the_headers_of_the_policy(client, cast, school):
    client.force_login(cast.clerk)
    for page in pages_of(school).values():
        answer = client.get(page)
        assert "default-src 'self'" in answer["Content-Security-Policy"]
        assert "unsafe" not in answer["Content-Security-Policy"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["X-Frame-Options"] == "DENY"


def test_pages_hold_no_inline_script_or_style(client, cast, school):
    client.force_login(cast.clerk)
    for name in ("year", "figure", "preview"):
        page = client.get(pages_of(school)[name]).content.decode()
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", page)


# --- home ---


def test_home_leads_to_the_latest_year_of_the_only_unit(client, cast, school):
    factories.unit_year(school, 2018)
    client.force_login(cast.viewer)
    assert client.get(reverse("home"))["Location"] == address(YEAR, school, year=2018)


def test_home_lists_the_units_of_somebody_with_several(client, cast, school, other_school):
    factories.role_grant(cast.clerk, other_school, Role.VIEWER)
    client.force_login(cast.clerk)
    page = client.get(reverse("home")).content.decode()
    assert school.name in page
    assert other_school.name in page
    assert address(YEAR, school) in page


def test_home_of_a_unit_without_years_offers_the_form_to_those_who_may(client, other_school):
    form = reverse("admin:units_unityear_add")
    client.force_login(factories.user(Role.CLERK, unit=other_school))
    assert form in client.get(reverse("home")).content.decode()
    client.force_login(factories.user(Role.VIEWER, unit=other_school))
    assert form not in client.get(reverse("home")).content.decode()


def test_home_sends_an_administrator_to_the_accounts_and_tells_an_auditor(client, cast):
    client.force_login(cast.administrator)
    assert client.get(reverse("home"))["Location"] == reverse("admin:index")
    client.force_login(cast.auditor)
    assert client.get(reverse("home")).status_code == 200


# --- the year ---


def test_the_year_shows_every_figure_and_the_years_to_choose_from(client, cast, school):
    factories.unit_year(school, 2016)
    client.force_login(cast.clerk)
    page = client.get(address(YEAR, school)).content.decode()
    for figure in REGISTER.values():
        assert address("figure", school, figure.key) in page
        assert escape(str(figure.definition)) in page
    assert address(YEAR, school, year=2016) in page


def test_the_year_shows_phrases_and_values_of_the_case(client, case_unit):
    client.force_login(factories.user(Role.VIEWER, unit=case_unit))
    page = client.get(address(YEAR, case_unit)).content.decode()
    # 19 of 105 = 18.095… %; 23 sessions are worded as 20余次.
    for words in ("19人", "18%", "19 / 105 = 18.1%", "20余次", "三分之一", "6,000.00"):
        assert words in page


def test_a_gap_says_what_to_enter_and_leads_there_those_who_may(client, school, cast, other_school):
    row = factories.unit_year(school, 2018, staff_total=None, full_time_teachers=None)
    form = reverse("admin:units_unityear_change", args=[row.pk])
    client.force_login(cast.clerk)
    page = client.get(address(YEAR, school, year=2018)).content.decode()
    assert form in page
    assert 'class="gaps"' in page
    client.force_login(cast.viewer)
    page = client.get(address(YEAR, school, year=2018)).content.decode()
    assert form not in page
    assert 'class="gaps"' in page


def test_a_year_without_head_counts_leads_to_a_form_that_knows_the_year(client, cast, school):
    factories.report(school, 2015)
    client.force_login(cast.clerk)
    page = client.get(address(YEAR, school, year=2015)).content.decode()
    form = reverse("admin:units_unityear_add")
    assert f"{form}?year=2015&amp;closes_on=2015-12-31" in page


def test_an_empty_year_says_how_to_begin(client, cast, school):
    client.force_login(cast.clerk)
    assert 'class="sheet start"' in client.get(address(YEAR, school)).content.decode()
    factories.activity(school)
    assert 'class="sheet start"' not in client.get(address(YEAR, school)).content.decode()


def queries_of(client, page) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    return len(queries)


def test_pages_take_the_same_queries_for_one_record_for_three_and_for_thirty(client, cast, school):
    client.force_login(cast.clerk)
    pages = [
        address(YEAR, school),
        address(REPORT, school),
        *(address("figure", school, key) for key in ("members_total", "study_sessions_count")),
    ]
    asked = []
    for more in (1, 2, 27):
        for _each in range(more):
            factories.member(school, party="民盟", title="高级教师")
            factories.activity(school, themes=[factories.theme(school)])
        asked.append([queries_of(client, page) for page in pages])
    assert asked[0] == asked[1] == asked[2]


# --- a figure ---


def test_every_figure_of_the_case_opens_to_its_records(client, case_unit):
    client.force_login(factories.user(Role.CLERK, unit=case_unit))
    without = set()
    for key in REGISTER:
        answer = client.get(address("figure", case_unit, key))
        assert answer.status_code == 200
        if 'class="records"' not in answer.content.decode():
            without.add(key)
    assert without == {"members_retired", "members_joined", "members_left"}


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
    # Straight into the table, as from an older version: the forms would refuse it.
    factories.section(report, heading="第一节", body="好")
    factories.section(report, 2, heading="第二节", body="好")
    report.sections.filter(position=1).update(body="有{member_total}")
    report.sections.filter(position=2).update(body="开了{symposia_count|cnn}和{")
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
