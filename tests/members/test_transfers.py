"""A transfer between two units whose records one office keeps."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from members.models import Appointment, Education, Employment, Member, Membership, Title
from members.statistics import members_total
from members.transfers import transfer
from tests import factories
from units.editing import new_token
from units.scoping import scope_of_units

EVE, DAY, MORROW = date(2017, 8, 31), date(2017, 9, 1), date(2017, 9, 2)


@pytest.fixture
def both(school, other_school):
    """The scope of both units, open while the test runs."""
    with scope_of_units([school, other_school]):
        yield


@pytest.fixture
def somebody(school, both) -> Member:
    """徐文清 with a row of every kind, some of which ended."""
    person = factories.member(
        school,
        "徐文清",
        party="民盟",
        title="高级教师",
        schooling="14",
        born_on=date(1971, 3, 1),
        staff_number="0912",
        note="核对中",
    )
    factories.membership(person, "民进", started_on=EVE.replace(year=1999), ended_on=EVE)
    factories.appointment(person, "主委")
    return person


def secretary_of(unit):
    return factories.user("secretary", unit=unit)


def totals(school, other_school) -> list[tuple[int, int]]:
    """Members counted in both, the day before, on the day and the day after."""
    return [
        tuple(members_total(unit=unit, day=day).value() for unit in (school, other_school))
        for day in (EVE, DAY, MORROW)
    ]


def test_counted_here_until_the_eve_and_there_from_the_day_on(somebody, school, other_school):
    transfer(somebody, day=DAY, to=other_school).carry_out()
    assert totals(school, other_school) == [(1, 0), (0, 1), (0, 1)]
    there = Member.objects.get(unit=other_school)
    assert (there.person, there.name, there.born_on) == (
        *(somebody.person, "徐文清"),
        date(1971, 3, 1),
    )
    assert (there.staff_number, there.note, there.source) == ("", "", "自普陀区教育学院调入")


def test_parties_titles_and_schooling_go_along_and_nothing_else(somebody, other_school):
    transfer(somebody, day=DAY, to=other_school).carry_out()
    rows = {
        model: list(model.objects.filter(unit=other_school))
        for model in (Employment, Membership, Appointment, Title, Education)
    }
    assert {model: [str(row) for row in found] for model, found in rows.items()} == {
        Employment: ["在职"],
        Membership: ["民盟盟员"],
        Appointment: [],
        Title: ["高级教师"],
        Education: ["硕士研究生"],
    }
    (joined,) = rows[Membership]
    assert (joined.started_on, joined.organisation) == (factories.members.JOINED_ON, None)


def test_words_name_both_units_and_the_day(somebody, other_school):
    assert transfer(somebody, day=DAY, to=other_school).words() == [
        "在职情况“在职”：2017-08-31当天仍计入，自2017-09-01起不再计入。",
        "徐文清列入曹杨第二中学的记录，自2017-09-01起在该单位计入。",
    ]
    assert Member.objects.count() == 1


def test_somebody_on_record_there_is_not_entered_again(somebody, other_school):
    factories.person(other_school, "徐文清", person=somebody.person)
    with pytest.raises(ValidationError, match="徐文清在曹杨第二中学已有记录"):
        transfer(somebody, day=DAY, to=other_school)


def test_refused_there_nothing_ends_here(somebody, other_school):
    """The other unit's 2017 is closed: nobody may be counted there from September on."""
    factories.closed_year(other_school, secretary_of(other_school))
    with pytest.raises(ValidationError, match="属于2017年度"):
        transfer(somebody, day=DAY, to=other_school).carry_out()
    assert Employment.objects.get().ended_on is None
    assert Member.objects.count() == 1


def test_closed_years_before_the_transfer_do_not_hinder_it(somebody, other_school):
    """Memberships and titles of years in which the person was not there belong to none of them."""
    factories.closed_year(other_school, secretary_of(other_school), 2016)
    transfer(somebody, day=DAY, to=other_school).carry_out()
    assert Membership.objects.filter(unit=other_school).count() == 1


def test_page_offers_the_units_one_keeps_and_no_other(client, cast, somebody, school, other_school):
    address = reverse("person-leave", args=[school.code, somebody.pk])
    client.force_login(cast.clerk)
    assert "to" not in client.get(address).context["form"].fields
    sent = {"day": "2017.9.1", "to": other_school.pk}
    factories.role_grant(cast.secretary, other_school, "viewer")
    client.force_login(cast.secretary)
    assert client.post(address, {**sent, "_token": new_token()}).status_code == 302
    assert Member.objects.filter(unit=other_school).count() == 0
    assert Employment.objects.get().ended_on == DAY


def test_clerk_of_both_units_takes_somebody_along(client, cast, somebody, school, other_school):
    factories.role_grant(cast.clerk, other_school, "clerk")
    client.force_login(cast.clerk)
    address = reverse("person-leave", args=[school.code, somebody.pk])
    field = client.get(address).context["form"].fields["to"]
    assert list(field.queryset) == [other_school]
    sent = {"day": "2017.9.1", "to": other_school.pk, "_token": new_token()}
    answer = client.post(address, sent)
    assert answer["Location"] == reverse("person", args=[school.code, somebody.pk])
    assert totals(school, other_school) == [(1, 0), (0, 1), (0, 1)]
