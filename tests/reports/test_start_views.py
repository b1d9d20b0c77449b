"""The start page of a unit: which year it begins with, what was done, and who sees it."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activities.models import Activity, Target
from tests import factories
from tests.reports.addresses import address
from units.roles import Role

NOON = datetime(2017, 6, 15, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_the_middle_of_2017():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def clerk(client, cast):
    """The clerk's browser."""
    client.force_login(cast.clerk)
    return client


def start_of(client, unit) -> str:
    """Where the unit's home leads."""
    return client.get(reverse("unit-home", args=[unit.code]))["Location"]


# --- which year ---


def test_a_unit_without_any_year_begins_with_the_present_one(clerk, school):
    assert start_of(clerk, school) == address("this-year", school)
    assert clerk.get(address("this-year", school)).status_code == 200


def test_the_present_year_comes_before_a_later_one(clerk, school):
    for year in (2016, 2017, 2018):
        factories.unit_year(school, year)
    assert start_of(clerk, school) == address("this-year", school, year=2017)


def test_without_the_present_year_the_latest_before_it_is_shown(clerk, school):
    for year in (2014, 2015, 2018):
        factories.unit_year(school, year)
    assert start_of(clerk, school) == address("this-year", school, year=2015)


def test_years_can_be_switched_and_the_present_one_is_among_them(clerk, school):
    factories.unit_year(school, 2015)
    page = clerk.get(address("this-year", school, year=2015)).content.decode()
    assert address("this-year", school, year=2017) in page
    assert clerk.get(address("this-year", school, year=2017)).status_code == 200
    assert clerk.get(address("this-year", school, year=2016)).status_code == 404


def test_a_year_that_is_only_the_present_one_leads_to_no_figures(clerk, school):
    assert "/figures/" not in clerk.get(address("this-year", school)).content.decode()
    factories.unit_year(school)
    page = clerk.get(address("this-year", school)).content.decode()
    assert address("report-year", school) in page


# --- who ---


def test_a_district_office_is_led_to_the_figures(client, district, school):
    factories.unit_year(school)
    client.force_login(factories.user(Role.VIEWER, unit=district))
    assert client.get(address("this-year", school))["Location"] == address("report-year", school)
    assert start_of(client, school) == reverse("home")


def test_an_unknown_unit_and_another_ones_look_alike(client, cast, school):
    client.force_login(cast.colleague)
    for page in ("unit-home", "this-year"):
        arguments = [2017] if page == "this-year" else []
        found = [client.get(reverse(page, args=[c, *arguments])) for c in (school.code, "nobody")]
        assert [each.status_code for each in found] == [404, 404]


# --- done and due ---


def deeds_of(client, unit, year=2017) -> dict:
    """(done, due) by what was done."""
    deeds = client.get(address("this-year", unit, year=year)).context["deeds"]
    return {deed.key: (deed.done, deed.due) for deed in deeds}


def test_what_was_done_stands_beside_what_is_due(clerk, school):
    factories.consultation(school)
    factories.activity(school, times=3)
    factories.activity(school, kind=Activity.Kind.VISIT, started_on=date(2016, 12, 31))
    factories.aid_round(school)
    factories.target(school, Target.Deed.SYMPOSIUM, 2)
    factories.target(school, Target.Deed.TRAINING, 1)
    factories.target(school, Target.Deed.VISIT, 9, year=2016)
    assert deeds_of(clerk, school) == {
        "symposium": (1, 2),
        "study": (3, None),
        "visit": (0, None),
        "talk": (0, None),
        "aid_round": (1, None),
        "training": (0, 1),
    }


def test_every_count_is_the_figures_own_and_opens_to_its_records(clerk, school):
    factories.unit_year(school)
    factories.activity(school, kind=Activity.Kind.TRAINING, times=2)
    answer = clerk.get(address("this-year", school))
    for deed in answer.context["deeds"]:
        page = address("figure", school, deed.figure)
        assert page in answer.content.decode()
        assert clerk.get(page).context["line"].plain.startswith(str(deed.done)) or deed.done == 0
    training = next(d for d in answer.context["deeds"] if d.key == "training")
    assert (training.figure, training.done) == ("trainings_count", 2)


def test_another_units_deeds_and_aims_are_not_counted(clerk, school, other_school):
    factories.activity(other_school)
    factories.target(other_school, Target.Deed.STUDY, 5)
    assert deeds_of(clerk, school)["study"] == (0, None)


def queries_of(client, page) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    return len(queries)


def test_the_page_takes_the_same_queries_for_one_record_for_three_and_for_three_hundred(
    clerk, school
):
    factories.unit_year(school)
    asked = []
    for more in (1, 2, 297):
        for _each in range(more):
            factories.member(school, party="民盟", title="高级教师")
            factories.activity(school)
        asked.append(queries_of(clerk, address("this-year", school)))
    assert asked[0] == asked[1] == asked[2]
    print("queries of the start page:", asked[0])
    assert asked[0] <= 15
