"""The pages of a unit's year, asked by everybody who works here and by nobody."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from cases.loading import load
from reports.figures import REGISTER
from tests import factories
from tests.reports.addresses import address, pages_of
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


def all_pages(unit) -> dict[str, str]:
    """One page of every kind, the start page among them."""
    return {"start": address("this-year", unit), **pages_of(unit)}


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
    for page in all_pages(school).values():
        asked = {}
        for part, user in cast:
            client.force_login(user)
            asked[part] = client.get(page).status_code
        assert asked == expected


def test_a_stranger_is_sent_to_sign_in_and_back(client, school):
    for page in [*all_pages(school).values(), reverse("home")]:
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
    assert client.get(f"/{school.code}/{10**30}/figures/").status_code == 404


def test_a_reader_elsewhere_who_administers_here_sees_nothing_of_here(client, school, other_school):
    both = factories.user(Role.ADMINISTRATOR, unit=school)
    factories.role_grant(both, other_school, Role.CLERK)
    factories.unit_year(other_school)
    client.force_login(both)
    assert client.get(address(YEAR, school)).status_code == 404
    assert client.get(address(YEAR, other_school)).status_code == 200


def test_pages_only_answer_questions(client, cast, school):
    client.force_login(cast.clerk)
    for page in [*all_pages(school).values(), reverse("home")]:
        assert client.post(page).status_code == 405
        assert client.generic("TRACE", page).status_code == 405


def test_no_copy_of_a_page_is_kept(client, cast, school):
    """Check 62."""
    for user in (cast.clerk, cast.colleague, cast.auditor):
        client.force_login(user)
        for page in all_pages(school).values():
            kept = client.get(page)["Cache-Control"]
            assert {"no-store", "private"} <= set(kept.replace(" ", "").split(","))


def test_pages_carry_the_headers_of_the_policy(client, cast, school):
    client.force_login(cast.clerk)
    for page in all_pages(school).values():
        answer = client.get(page)
        assert "default-src 'self'" in answer["Content-Security-Policy"]
        assert "unsafe" not in answer["Content-Security-Policy"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["X-Frame-Options"] == "DENY"


def test_pages_hold_no_inline_script_or_style(client, cast, school):
    client.force_login(cast.clerk)
    for name in ("start", "year", "figure", "preview"):
        page = client.get(all_pages(school)[name]).content.decode()
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", page)


# --- home ---


def test_home_leads_to_the_start_page_of_the_only_unit(client, cast, school):
    client.force_login(cast.viewer)
    assert client.get(reverse("home"))["Location"] == reverse("unit-home", args=[school.code])


def test_home_lists_the_units_of_somebody_with_several(client, cast, school, other_school):
    factories.role_grant(cast.clerk, other_school, Role.VIEWER)
    client.force_login(cast.clerk)
    page = client.get(reverse("home")).content.decode()
    assert school.name in page
    assert other_school.name in page
    assert address("this-year", school) in page


def test_home_offers_a_unit_without_years_the_form_to_those_who_may(client, school, other_school):
    form = reverse("admin:units_unityear_add")
    for role, offered in ((Role.CLERK, True), (Role.VIEWER, False)):
        user = factories.user(role, unit=other_school)
        factories.role_grant(user, school, Role.VIEWER)
        client.force_login(user)
        assert (form in client.get(reverse("home")).content.decode()) is offered


def test_home_sends_an_administrator_to_the_accounts_and_an_auditor_to_the_log(client, cast):
    client.force_login(cast.administrator)
    assert client.get(reverse("home"))["Location"] == reverse("admin:index")
    client.force_login(cast.auditor)
    assert client.get(reverse("home"))["Location"] == reverse("log")


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
