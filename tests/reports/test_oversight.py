"""What a district office sees of a school: figures without names, and none of fewer than three."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports.figures import REGISTER
from reports.oversight import hidden_keys, outside_year
from reports.readings import Figures
from tests import factories
from tests.reports.addresses import address, pages_of
from units.models import Event
from units.roles import Role
from units.scoping import scope_of_unit

FORMATS = ("pdf", "docx", "html", "json")
NAMES = ("隐秘张三", "隐秘支部", "隐秘委员", "隐秘系列", "隐秘荣誉", "隐秘社区")


def fill(school, people: int):
    """A year with ``people`` members, one of them retired, and words that no office may see."""
    factories.unit_year(school, motto="隐秘特征")
    for number in range(people - 1):
        person = factories.member(school, f"隐秘张三{chr(0x4E00 + number)}", party="民盟")
    retired = factories.member(school, "隐秘张三退", party="民盟", status="retired")
    factories.organisation(school, "隐秘支部")
    factories.appointment(retired, "隐秘委员")
    factories.honour(school, "隐秘荣誉")
    factories.activity(school, "隐秘活动", series=factories.series(school, "隐秘系列"))
    aid = factories.aid_round(school)
    pupil = factories.recipient(school, community="隐秘社区")
    for _each in range(4):
        factories.grant(aid, pupil, gift=factories.gift(aid, donors=[retired]))
    return person


@pytest.fixture(params=[Role.VIEWER, Role.SECRETARY, Role.CLERK])
def office(request, district):
    """The browser of somebody at the district office."""
    browser = Client()
    browser.force_login(factories.user(request.param, unit=district, username="office"))
    return browser


def phrases(school) -> dict[str, str]:
    seen = outside_year(school, 2017)
    return {line.key: line.phrase for group in seen.groups for line in group.lines}


def test_district_sees_figures_and_no_names(office, school):
    """Check 22."""
    fill(school, 9)
    page = office.get(address("report-year", school)).content.decode()
    assert "9人" in page
    assert [name for name in (*NAMES, "隐秘") if name in page] == []


def test_district_opens_neither_evidence_nor_files(office, school):
    """Check 22: every figure's page, the preview and every file look like pages not there."""
    fill(school, 9)
    pages = [address("figure", school, key) for key in REGISTER]
    pages += [address("report-file", school, name) for name in FORMATS]
    pages += [page for name, page in pages_of(school).items() if name != "year"]
    assert {page: office.get(page).status_code for page in pages} == dict.fromkeys(pages, 404)


def test_district_page_links_to_no_record(office, school):
    fill(school, 9)
    page = office.get(address("report-year", school)).content.decode()
    links = set(re.findall(r'href="(/putuo-jy/[^"]*)"', page))
    assert links == {address("report-year", school)}


def test_fewer_than_three_people_are_not_told(school):
    """Check 22: one retired of nine; the number in service would tell it, and its share too."""
    fill(school, 9)
    told = phrases(school)
    assert told["members_total"] == "9人"
    assert told["members_retired"] == "少于3人"
    assert not re.search(r"\d{2}|8", told["members_in_service"])
    assert "105" not in told["members_share_of_staff"]
    # All four grants went to one child: neither how many children nor how much each got.
    assert told["students_aided"] == "少于3位"
    assert "6,000" not in told["aid_total"]
    assert "6000" not in told["aid_total"]


def test_three_people_are_told(school):
    """Check 22: three is the smallest number that is told; the day before, so to speak, is two."""
    factories.unit_year(school)
    for _each in range(2):
        factories.member(school, party="民盟")
    assert phrases(school)["members_total"] == "少于3人"
    factories.member(school, party="民盟")
    assert phrases(school)["members_total"] == "3人"


def test_nobody_is_told_as_nobody(school):
    factories.unit_year(school)
    assert phrases(school)["members_total"] == "0人"


def test_activities_are_no_people(school):
    """Check 22: one event is told as one; it is no person."""
    fill(school, 9)
    with scope_of_unit(school):
        hidden = hidden_keys(Figures(school.reporting_year(2017)))
    assert not {key for key in hidden if key.startswith(("study_", "suggestions_"))}


def test_school_itself_sees_small_numbers(client, cast, school):
    fill(school, 9)
    client.force_login(cast.viewer)
    assert "少于" not in client.get(address("report-year", school)).content.decode()


def test_district_finds_its_schools_with_their_latest_year(office, school, other_school):
    factories.unit_year(school, 2016)
    factories.unit_year(school, 2017)
    page = office.get(reverse("home")).content.decode()
    assert address("report-year", school) in page
    assert address("report-year", school, year=2016) not in page
    assert other_school.name in page


def test_district_does_not_see_schools_of_another_district(office, school):
    elsewhere = factories.unit(code="elsewhere", name="别区学校")
    factories.unit_year(elsewhere)
    assert office.get(address("report-year", elsewhere)).status_code == 404
    assert "别区学校" not in office.get(reverse("home")).content.decode()


def test_roles_at_a_school_open_no_school_below_or_beside(client, cast, school, other_school):
    """A school may stand above another unit; only an office sees what is below it."""
    below = factories.unit(code="below", parent=school)
    factories.unit_year(below)
    factories.unit_year(other_school)
    client.force_login(cast.viewer)
    assert client.get(address("report-year", below)).status_code == 404
    assert client.get(address("report-year", other_school)).status_code == 404


def test_list_of_schools_takes_the_same_queries_for_one_and_for_three(office, district, school):
    factories.unit_year(school)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert office.get(reverse("home")).status_code == 200
        return len(asked)

    before = queries()
    for _each in range(3):
        factories.unit_year(factories.unit(parent=district))
    assert queries() == before


# --- what readers of the school leave in the log ---


def newest(action: str) -> list[dict]:
    return [event.detail.content for event in Event.objects.filter(action=action)]


def test_a_look_at_peoples_names_is_an_event(client, cast, school):
    """Check 66: one event for each look at a figure whose records name people."""
    fill(school, 9)
    client.force_login(cast.viewer)
    for _each in range(2):
        client.get(address("figure", school, "members_total"))
    client.get(address("figure", school, "unit_honours"))
    assert newest("view") == [{"figure": "members_total", "year": 2017}] * 2


@pytest.mark.parametrize("name", ["docx", "html", "json"])
def test_a_file_is_an_event(client, cast, school, name):
    """Checks 64 and 66: what leaves the house is in the log, with its format and size."""
    fill(school, 9)
    client.force_login(cast.viewer)
    assert client.get(address("report-file", school, name)).status_code == 200
    assert newest("export") == [
        {"file": "report", "year": 2017, "format": name, "rows": len(REGISTER)}
    ]
    event = Event.objects.filter(action="export").get()
    assert (event.unit, event.actor) == (school, cast.viewer)
