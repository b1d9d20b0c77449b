"""Entering and changing an activity: drafts, dates, kinds, series, notices, two editors."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activities.kinds import ASKED
from activities.models import Activity, GuestGroup
from tests import factories
from tests.activities.sending_entries import (
    address_of,
    address_of_new,
    browser_of,
    entered,
    faults_on,
    fields_of,
    send,
    typed_into,
)
from units.events import Event
from units.scoping import scope_of_unit

Kind = Activity.Kind


@pytest.fixture
def clerk(cast):
    return browser_of(cast.clerk)


def stored(unit, key: int) -> Activity:
    with scope_of_unit(unit):
        return Activity.objects.select_related("unit", "series").get(pk=key)


def shown(clerk, address) -> set[str]:
    """The names of the activity's own fields on the form."""
    return set(clerk.get(address).context["main"].fields)


def test_every_kind_can_be_chosen(clerk, school):
    page = clerk.get(reverse("new-activity", args=[school.code])).content.decode()
    assert [kind for kind in ASKED if address_of_new(school, kind) not in page] == []


def test_the_year_of_the_list_goes_along_to_the_form(clerk, school):
    page = clerk.get(reverse("new-activity", args=[school.code]), {"year": "2017"})
    assert f"{address_of_new(school, Kind.VISIT)}?year=2017" in page.content.decode()
    form = clerk.get(f"{address_of_new(school, Kind.VISIT)}?year=2017")
    key = entered_from(clerk, school, form, started_on="6.19")
    assert stored(school, key).started_on == date(2017, 6, 19)


def entered_from(clerk, school, page, **typed) -> int:
    data = fields_of(page)
    for name, value in typed.items():
        data[name] = value
    answer = clerk.post(address_of_new(school, Kind.VISIT), data.dict())
    assert answer.status_code == 302, faults_on(answer)
    return int(answer["Location"].rstrip("/").split("/")[-1])


@pytest.mark.parametrize("kind", list(ASKED))
def test_the_form_asks_only_what_the_kind_needs(clerk, school, kind):
    expected = {"kind", "started_on", "title", *ASKED[kind].fields}
    assert shown(clerk, address_of_new(school, kind)) == expected


def test_what_a_kind_does_not_ask_for_stays_where_something_stands(clerk, school):
    visit = factories.activity(school, kind=Kind.VISIT, occasion="国庆前")
    assert "occasion" in shown(clerk, address_of(visit))
    assert "occasion" not in shown(clerk, address_of_new(school, Kind.VISIT))


@pytest.mark.parametrize("kind", list(ASKED))
def test_a_draft_of_every_kind_is_stored_with_nothing_in_it(clerk, school, kind):
    row = stored(school, entered(clerk, school, kind))
    assert (row.kind, row.title, row.started_on, row.is_draft) == (kind, "", None, True)


def test_what_is_missing_is_listed_and_leads_to_its_field(clerk, school):
    key = entered(clerk, school, Kind.VISIT)
    page = clerk.get(address_of(stored(school, key), "activity"))
    lacking = [lack.key for lack in page.context["missing"] if lack.key != "evidence"]
    assert lacking == ["started_on", "title", "place", "attendance", "head_count"]
    form = clerk.get(address_of(stored(school, key))).content.decode()
    fields = [name for name in lacking if name != "attendance"]
    assert [name for name in fields if f'id="id_{name}"' not in form] == []
    assert 'id="attendance"' in form
    for name in fields:
        assert f"#id_{name}" in page.content.decode()


def test_a_series_is_one_row_with_its_number_of_times(clerk, school):
    key = entered(
        clerk,
        school,
        Kind.STUDY,
        title="中心组学习",
        started_on="2017",
        times="20",
        series="new:中心组学习",
        themes=["new:五大发展理念"],
    )
    row = stored(school, key)
    assert (row.times, row.precision, row.started_on) == (20, "year", date(2017, 1, 1))
    assert row.series.name == "中心组学习"
    with scope_of_unit(school):
        assert [theme.name for theme in row.themes.all()] == ["五大发展理念"]


@pytest.mark.parametrize(
    ("typed", "day", "precision"),
    [
        ("2017.6.19", date(2017, 6, 19), "day"),
        ("２０１７年６月", date(2017, 6, 1), "month"),
        ("2017", date(2017, 1, 1), "year"),
        ("", None, "day"),
    ],
)
def test_dates_as_they_stand_on_paper(clerk, school, typed, day, precision):
    row = stored(school, entered(clerk, school, Kind.VISIT, started_on=typed))
    assert (row.started_on, row.precision) == (day, precision)


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"started_on": "昨天"}, "started_on"), ({"started_on": "2017-2-30"}, "started_on")],
)
def test_what_is_no_date_is_said_at_its_field_and_nothing_is_lost(clerk, school, typed, field):
    answer = send(clerk, address_of_new(school, Kind.VISIT), title="参观", **typed)
    assert answer.status_code == 200
    assert answer.context["main"].errors[field]
    again = fields_of(answer)
    assert (again["title"], again["started_on"]) == ("参观", typed["started_on"])
    with scope_of_unit(school):
        assert not Activity.objects.exists()


def test_a_last_day_before_the_first_is_refused(clerk, school):
    answer = send(
        clerk, address_of_new(school, Kind.TRAINING), started_on="2017-6-19", ended_on="2017-6-18"
    )
    assert answer.context["main"].errors["ended_on"] == ["结束日期不能早于开始日期，请核对。"]


def test_the_form_sent_twice_makes_one(clerk, school):
    address = address_of_new(school, Kind.VISIT)
    data = typed_into(clerk, address, title="参观").dict()
    first, second = clerk.post(address, data), clerk.post(address, data)
    assert first["Location"] == second["Location"]
    with scope_of_unit(school):
        assert Activity.objects.count() == 1


def test_two_editors_see_both_versions(clerk, school):
    visit = factories.activity(school, "原名", kind=Kind.VISIT)
    mine = typed_into(clerk, address_of(visit), title="我的").dict()
    assert send(clerk, address_of(visit), title="他的").status_code == 302
    answer = clerk.post(address_of(visit), mine)
    assert answer.status_code == 200
    pairs = [
        (pair.theirs, pair.yours)
        for conflict in answer.context["conflicts"]
        for pair in conflict["pairs"]
    ]
    assert pairs == [("他的", "我的")]
    assert stored(school, visit.pk).title == "他的"


def test_an_unchanged_form_writes_nothing(clerk, school):
    visit = factories.activity(school, kind=Kind.VISIT, place="航海博物馆")
    factories.participation(visit, factories.member(school, party="民盟"))
    factories.guest_group(visit, number=2, position=1)
    before = stored(school, visit.pk).version, set(Event.objects.values_list("pk", flat=True))
    assert send(clerk, address_of(visit)).status_code == 302
    written = Event.objects.exclude(pk__in=before[1]).exclude(model="activities.activity")
    assert [(event.action, event.model) for event in written] == []


def test_a_stored_activity_becomes_only_what_can_hold_its_rows(clerk, school):
    visit = factories.activity(school, kind=Kind.VISIT)
    factories.participation(visit, factories.member(school, party="民盟"))
    choices = dict(clerk.get(address_of(visit)).context["main"].fields["kind"].choices)
    without_names = {kind for kind, asked in ASKED.items() if not asked.by_name}
    assert set(choices) == set(Kind.values) - without_names


def test_guests_are_kept_by_capacity_and_number(clerk, school):
    key = entered(
        clerk,
        school,
        Kind.VISIT,
        started_on="2017-6-19",
        guests__0__capacity="辖区警官",
        guests__0__number=2,
        guests__1__capacity="社区代表",
        guests__2__capacity="",
    )
    with scope_of_unit(school):
        rows = GuestGroup.objects.filter(activity=key).order_by("position")
        assert list(rows.values_list("capacity", "number")) == [("辖区警官", 2), ("社区代表", None)]


def test_the_same_guests_twice_are_refused(clerk, school):
    answer = send(
        clerk,
        address_of_new(school, Kind.VISIT),
        guests__0__capacity="辖区警官",
        guests__1__capacity="辖区警官",
    )
    assert faults_on(answer) == ["该类来宾已在名单中。"]


def test_what_a_notice_said_stands_in_the_form(clerk, school):
    pasted = "关于召开学期末座谈会的通知\n时间：12月8日\n地点：二楼会议室\n2017年12月4日"
    page = clerk.post(reverse("read-notice", args=[school.code]), {"notice": pasted})
    assert "12月8日" in page.content.decode()
    first = page.context["kinds"][0]
    assert (first["label"], first["is_read"]) == (Kind.SYMPOSIUM.label, True)
    form = fields_of(clerk.get(first["address"]))
    assert (form["started_on"], form["title"], form["place"], form["year"]) == (
        "2017-12-08",
        "学期末座谈会",
        "二楼会议室",
        "2017",
    )
    with scope_of_unit(school):
        assert not Activity.objects.exists()


def test_an_empty_notice_is_asked_for_again(clerk, school):
    page = clerk.post(reverse("read-notice", args=[school.code]), {"notice": "  "})
    assert faults_on(page) == ["请先粘贴通知。"]


def test_nonsense_in_the_address_is_left_out(clerk, school):
    asked = {"started_on": "昨天", "title": "参" * 500, "year": "x"}
    form = fields_of(clerk.get(address_of_new(school, Kind.VISIT), asked))
    assert (form["started_on"], form["title"]) == ("", "参" * 120)


def test_the_form_costs_the_same_whatever_stands_in_it(clerk, school):
    def queries(number: int) -> list[int]:
        meeting = factories.consultation(school, started_on=date(2017, 6, 19))
        for each in range(number):
            person = factories.member(school, party="民盟")
            factories.participation(meeting, person)
            factories.guest_group(meeting, f"来宾{each}", number=1)
            factories.agenda_item(meeting, f"议题{each}")
            factories.suggestion(
                school, consultation=meeting, signature="persons", proposers=[person]
            )
        for name in ("edit-activity", "activity"):
            clerk.get(address_of(meeting, name))
        counts = []
        for name in ("edit-activity", "activity"):
            with CaptureQueriesContext(connection) as asked:
                assert clerk.get(address_of(meeting, name)).status_code == 200
            counts.append(len(asked))
        return counts

    assert queries(1) == queries(3) == queries(30) == [23, 11]
