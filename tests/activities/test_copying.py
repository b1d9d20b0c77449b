"""A new activity after an old one: what goes along, and what belonged to the old one's day."""

from datetime import date

import pytest

from activities.models import Activity, Participation
from consultations.models import AgendaItem, Suggestion
from tests import factories
from tests.activities.sending_entries import address_of, browser_of, fields_of, send
from units.scoping import scope_of_unit

LAST_YEAR = date(2016, 9, 28)


@pytest.fixture
def clerk(cast):
    return browser_of(cast.clerk)


@pytest.fixture
def old(school) -> Activity:
    """Last year's symposium, with everything that can be entered about it."""
    meeting = factories.consultation(
        school,
        "迎国庆党派人员座谈会",
        started_on=LAST_YEAR,
        place="学院会议室",
        occasion="国庆前",
        summary="会上谈了规划。",
        head_count=4,
        organisers=[factories.organisation(school, "总支")],
    )
    factories.participation(meeting, factories.member(school, "甲一", party="民盟"))
    factories.guest_group(meeting, "学院领导", number=3)
    factories.agenda_item(meeting, "新学期安排", position=1)
    factories.suggestion(school, consultation=meeting, registered_on=LAST_YEAR, year=2016)
    factories.evidence(meeting)
    return meeting


def test_the_form_begins_with_what_comes_again(clerk, old):
    page = clerk.get(address_of(old, "copy-activity"))
    form = fields_of(page)
    organiser = page.context["main"].initial["organisers"]
    assert (form["title"], form["place"], form["occasion"]) == (
        "迎国庆党派人员座谈会",
        "学院会议室",
        "国庆前",
    )
    assert form.getlist("organisers") == organiser
    assert len(organiser) == 1
    assert (form["guests-0-capacity"], form["guests-0-number"]) == ("学院领导", "")
    assert (form["agenda-0-kind"], form["agenda-0-subject"]) == ("reported", "新学期安排")
    assert "迎国庆党派人员座谈会" in page.content.decode()


def test_what_belonged_to_its_day_stays_behind(clerk, old):
    form = fields_of(clerk.get(address_of(old, "copy-activity")))
    left = ("started_on", "summary", "head_count", "head_count_note", "suggestions-0-wording")
    assert {name: form[name].strip() for name in left} == dict.fromkeys(left, "")
    assert form.getlist("present") == []


def test_a_copy_is_stored_as_a_record_of_its_own(clerk, school, old):
    answer = send(clerk, address_of(old, "copy-activity"), started_on="2017-9-27")
    # The form of a copy is sent where new activities are entered.
    assert answer.status_code == 405
    data = fields_of(clerk.get(address_of(old, "copy-activity")))
    data["started_on"] = "2017-9-27"
    action = clerk.get(address_of(old, "copy-activity")).context["form_address"]
    assert clerk.post(action, data.dict()).status_code == 302
    with scope_of_unit(school):
        new = Activity.objects.exclude(pk=old.pk).get()
        agenda = AgendaItem.objects.order_by("pk").values_list("consultation", "subject")
        assert (new.started_on, new.title) == (date(2017, 9, 27), "迎国庆党派人员座谈会")
        assert list(agenda) == [(old.pk, "新学期安排"), (new.pk, "新学期安排")]
        assert Participation.objects.filter(activity=new).count() == 0
        assert Suggestion.objects.filter(consultation=new.pk).count() == 0
        assert list(new.guest_groups.values_list("capacity", "number")) == [("学院领导", None)]
        assert new.evidence.count() == 0


def test_a_series_keeps_its_number_of_times_and_themes(clerk, school):
    old = factories.activity(
        school,
        times=20,
        series=factories.series(school, "中心组学习"),
        themes=[factories.theme(school, "五大发展理念")],
    )
    page = clerk.get(address_of(old, "copy-activity"))
    form = fields_of(page)
    assert (form["times"], form["series"]) == ("20", str(old.series_id))
    assert form.getlist("themes") == page.context["main"].initial["themes"] != []


def test_an_activity_of_another_unit_is_not_there(clerk, other_school):
    foreign = factories.activity(other_school)
    address = address_of(foreign, "copy-activity").replace("caoyang", "putuo-jy")
    assert clerk.get(address).status_code == 404
