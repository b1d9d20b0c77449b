"""Correcting one row of a person, and taking back one entered by mistake."""

import re
from datetime import date

import pytest
from django.urls import reverse

from members.models import Appointment, Employment
from members.row_forms import FORMS, model_of
from tests import factories
from units.events import Action
from units.models import Event


@pytest.fixture
def clerk(client, cast, in_scope):
    client.force_login(cast.clerk)
    return client


@pytest.fixture
def rows(school) -> dict:
    """A row of every kind about one person, by the kind's key."""
    person = factories.person(school, "徐文清")
    branch = factories.organisation(school, "民盟支部", party=factories.party())
    return {
        "party": factories.membership(person, organisation=branch, started_precision="month"),
        "employment": factories.employment(person, department=factories.department(school)),
        "post": factories.appointment(person, "主委", term="第十三届"),
        "title": factories.title_of(person, "高级教师", code="052"),
        "schooling": factories.education(person, degree="master"),
        "honour": factories.honour(school, "优秀盟员", member=person, awarded_on=date(2017, 5, 4)),
    }


def page(name: str, kind: str, row) -> str:
    return reverse(name, args=[row.unit.code, kind, row.pk])


def fields_of(answer) -> dict[str, str]:
    """What the form on the page would send, unchanged."""
    form = answer.context["form"]
    sent = {field.name: field.value() for field in form}
    sent = {name: "" if value in (None, False) else value for name, value in sent.items()}
    return {**sent, "_stamp": answer.context["careful"]["value"]}


def values_of(row) -> dict:
    """The stored values, all but the count of changes."""
    stored = type(row).objects.filter(pk=row.pk).values().get()
    return {name: value for name, value in stored.items() if name != "version"}


def test_every_kind_has_its_link_on_the_timeline(clerk, rows, school):
    person = rows["post"].member
    text = clerk.get(reverse("person", args=[school.code, person.pk])).content.decode()
    links = set(re.findall(r'timeline-correct" href="(.*?)"', text))
    assert links == {page("edit-row", kind, row) for kind, row in rows.items()}
    assert set(rows) == set(FORMS)


@pytest.mark.parametrize("kind", list(FORMS))
def test_page_shows_what_is_stored_and_sent_unchanged_writes_nothing(clerk, rows, kind):
    row = rows[kind]
    address, before, number = page("edit-row", kind, row), values_of(row), Event.objects.count()
    answer = clerk.post(address, fields_of(clerk.get(address)))
    assert answer["Location"] == reverse("person", args=[row.unit.code, row.member_id])
    assert (values_of(row), Event.objects.count()) == (before, number)


@pytest.mark.parametrize(
    ("kind", "entered", "changed"),
    [
        (
            "party",
            {"started_on": "2006.4.1", "ended_on": "2017.9.1"},
            {
                **{"started_on": date(2006, 4, 1), "started_precision": "day"},
                **{"ended_on": date(2017, 9, 1)},
            },
        ),
        ("employment", {"status": "retired"}, {"status": "retired"}),
        (
            "post",
            {"started_on": "2017"},
            {"started_on": date(2017, 1, 1), **{"started_precision": "year"}},
        ),
        ("title", {"code": "051"}, {"code": "051"}),
        (
            "schooling",
            {"completed_on": "2009"},
            {"completed_on": date(2009, 1, 1), "completed_precision": "year"},
        ),
        ("honour", {"awarded_on": "2017.6.1"}, {"awarded_on": date(2017, 6, 1)}),
    ],
)
def test_correction_changes_what_was_typed_and_nothing_else(clerk, rows, kind, entered, changed):
    row = rows[kind]
    address, before = page("edit-row", kind, row), values_of(row)
    answer = clerk.post(address, {**fields_of(clerk.get(address)), **entered})
    assert answer.status_code == 302
    assert values_of(row) == {**before, **changed}


def test_correction_over_somebody_elses_is_refused_with_both_shown(clerk, cast, rows):
    row = rows["post"]
    address = page("edit-row", "post", row)
    mine = {**fields_of(clerk.get(address)), "post": "副主委"}
    row.post = "常委"
    row.save()
    answer = clerk.post(address, mine)
    assert answer.status_code == 200
    assert [(pair.theirs, pair.yours) for pair in answer.context["conflicts"][0]["pairs"]] == [
        ("常委", "副主委")
    ]
    assert Appointment.objects.get().post == "常委"


def test_closed_year_refuses_a_correction_and_an_exception_lets_it_through(clerk, cast, rows):
    closed = factories.closed_year(rows["post"].unit, cast.secretary)
    address = page("edit-row", "employment", rows["employment"])
    entered = {**fields_of(clerk.get(address)), "ended_on": "2017.9.1"}
    answer = clerk.post(address, entered)
    assert "属于2017年度" in str(answer.context["form"].non_field_errors())
    assert Employment.objects.get().ended_on is None
    factories.year_exception(closed, cast.clerk, cast.secretary, reason="日期抄错")
    assert clerk.post(address, entered).status_code == 302
    assert Event.objects.latest("number").reason == "日期抄错"


@pytest.mark.parametrize("kind", list(FORMS))
def test_deleting_asks_first_and_is_in_the_log(clerk, cast, rows, kind):
    row = rows[kind]
    address = page("delete-row", kind, row)
    asked = clerk.get(address)
    assert model_of(kind).objects.filter(pk=row.pk).exists()
    clerk.post(address, {"_stamp": asked.context["stamp"]["value"]})
    assert not model_of(kind).objects.filter(pk=row.pk).exists()
    event = Event.objects.latest("number")
    assert (event.action, event.model, event.object_id, event.actor) == (
        *(Action.DELETE, row._meta.label_lower, str(row.pk)),
        cast.clerk,
    )


def test_deleting_without_having_seen_the_row_as_it_is_deletes_nothing(clerk, rows):
    row = rows["post"]
    address = page("delete-row", "post", row)
    stamp = clerk.get(address).context["stamp"]["value"]
    row.post = "常委"
    row.save()
    for sent in ({}, {"_stamp": stamp}):
        assert "他人已作修改" in clerk.post(address, sent).context["refusal"]
    assert Appointment.objects.count() == 1


def test_closed_year_keeps_its_rows(clerk, cast, rows):
    factories.closed_year(rows["post"].unit, cast.secretary)
    address = page("delete-row", "post", rows["post"])
    stamp = clerk.get(address).context["stamp"]["value"]
    assert "属于2017年度" in clerk.post(address, {"_stamp": stamp}).context["refusal"]
    assert Appointment.objects.count() == 1


@pytest.mark.parametrize("name", ["edit-row", "delete-row"])
def test_rows_of_others_and_unknown_kinds_are_not_there(
    client, cast, school, rows, other_school, name
):
    """Also for somebody who keeps the records of both units, under the other unit's code."""
    row = rows["post"]
    factories.role_grant(cast.colleague, school, "viewer")
    client.force_login(cast.colleague)
    assert client.get(page(name, "post", row)).status_code == 403
    assert client.get(reverse(name, args=[other_school.code, "post", row.pk])).status_code == 404
    client.force_login(cast.clerk)
    assert client.get(reverse(name, args=[school.code, "contact", row.pk])).status_code == 404
    unit_honour = factories.honour(school)
    assert client.get(page(name, "honour", unit_honour)).status_code == 404
