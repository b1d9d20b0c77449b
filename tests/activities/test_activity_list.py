"""The list of activities: drafts first, filters, words, and a file of exactly the rows shown."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activities.models import Activity
from tests import factories
from tests.activities.sending_entries import browser_of
from tests.factories.rows import saved
from tests.listed import in_csv, in_xlsx, shown

Kind = Activity.Kind


@pytest.fixture
def clerk(cast):
    return browser_of(cast.clerk)


@pytest.fixture
def address(school) -> str:
    return reverse("activities", args=[school.code])


def titles(clerk, address, **asked) -> list[str]:
    """What the list shows, from above, for what is asked of it."""
    answer = clerk.post(address, asked, headers={"HX-Request": "true"})
    return [row[1] for row in shown(answer)[1:]]


@pytest.fixture
def three(school) -> dict[str, Activity]:
    """A symposium of June, a visit of September, and a draft."""
    return {
        "june": factories.consultation(school, "学期末座谈会", started_on=date(2017, 6, 22)),
        "september": factories.activity(
            school, "参观航海馆", kind=Kind.VISIT, started_on=date(2017, 9, 5), place="临港"
        ),
        "draft": saved(Activity(unit=school, kind=Kind.VISIT, title="待补")),
    }


def test_drafts_stand_first_then_the_latest(clerk, address, three):
    assert titles(clerk, address) == ["待补", "参观航海馆", "学期末座谈会"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"kind": "visit"}, ["待补", "参观航海馆"]),
        ({"year": "2017"}, ["参观航海馆", "学期末座谈会"]),
        ({"year": "2016"}, []),
        ({"first": "2017-7-1"}, ["参观航海馆"]),
        ({"last": "2017-6-30"}, ["学期末座谈会"]),
        ({"lack": "date"}, ["待补"]),
        ({"lack": "attendance"}, ["待补", "参观航海馆", "学期末座谈会"]),
        ({"words": "临港"}, ["参观航海馆"]),
        ({"words": "座谈 学期"}, ["学期末座谈会"]),
        ({"words": "没有"}, []),
    ],
)
def test_the_list_is_narrowed(clerk, school, address, three, asked, found):
    factories.unit_year(school, 2017)
    factories.unit_year(school, 2016)
    assert titles(clerk, address, **asked) == found


def test_words_are_found_in_what_was_said_there(clerk, school, address, three):
    factories.agenda_item(three["june"], "食堂改建")
    factories.suggestion(school, consultation=three["june"], wording="增设停车位")
    assert titles(clerk, address, words="食堂") == ["学期末座谈会"]
    assert titles(clerk, address, words="停车") == ["学期末座谈会"]


@pytest.mark.parametrize(("kind", "read"), [("csv", in_csv), ("xlsx", in_xlsx)])
def test_a_file_holds_exactly_the_rows_shown(clerk, address, three, kind, read):
    asked = {"kind": "visit"}
    answer = clerk.post(address, {**asked, "file": kind})
    page = shown(clerk.post(address, asked, headers={"HX-Request": "true"}))
    assert [row[1] for row in read(answer)[1:]] == [row[1] for row in page[1:]]
    assert [row[1] for row in page[1:]] == ["待补", "参观航海馆"]


def test_what_is_missing_stands_in_the_list(clerk, address, three):
    answer = clerk.post(address, {"kind": "symposium"}, headers={"HX-Request": "true"})
    head, row = shown(answer)
    lacks = row[head.index("还缺")]
    assert lacks.startswith("地点、时机、出席情况、到会人数、通报或听取的内容")


def test_the_list_costs_the_same_for_one_three_and_three_hundred(clerk, school, address):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert clerk.get(address).status_code == 200
        return len(asked)

    counts = []
    for number in (1, 2, 297):
        for _each in range(number):
            factories.consultation(school, started_on=date(2017, 6, 22))
        queries()
        counts.append(queries())
    assert counts[0] == counts[1] == counts[2]
    assert counts[0] <= 12
