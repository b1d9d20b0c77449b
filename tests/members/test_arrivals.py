"""A new person: one form, partial dates, no silent double, surnames read as surnames."""

import re
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from members.models import Employment, Member, Membership, Title
from members.roster import roster
from tests import factories
from units.editing import new_token
from units.models import Event

LIVE = {"HX-Request": "true"}
LEAST = {"name": "徐文清", "status": "in_service"}
DAY, EVE = date(2017, 9, 1), date(2017, 8, 31)


@pytest.fixture
def clerk(client, cast, in_scope):
    client.force_login(cast.clerk)
    return client


@pytest.fixture
def address(school) -> str:
    return reverse("new-person", args=[school.code])


def enter(client, address: str, **entered):
    return client.post(address, {**LEAST, "_token": new_token(), **entered})


def faults(answer) -> dict[str, list[str]]:
    assert answer.status_code == 200
    return {name: list(errors) for name, errors in answer.context["form"].errors.items()}


def test_everything_on_the_form_is_stored_with_its_precision(clerk, address, school):
    branch = factories.organisation(school, "民盟支部", party=factories.party())
    office = factories.department(school, "教务处")
    answer = enter(
        clerk,
        address,
        sex="female",
        born_on="1971年3月",
        staff_number="0912",
        joined_on="2005",
        organisation=branch.pk,
        employed_on="2017.9.1",
        department=office.pk,
        full_time_teacher="on",
        title="高级教师",
        titled_on="2010.8",
    )
    person = Member.objects.get()
    assert answer["Location"] == reverse("person", args=[school.code, person.pk])
    assert (person.name, person.sex, person.staff_number) == ("徐文清", "female", "0912")
    assert (str(person.born_on), person.born_precision) == ("1971-03-01", "month")
    rows = [
        (str(row), str(row.started_on), row.started_precision)
        for row in (Employment.objects.get(), Membership.objects.get(), Title.objects.get())
    ]
    assert rows == [
        ("在职 教务处", "2017-09-01", "day"),
        ("民盟盟员", "2005-01-01", "year"),
        ("高级教师", "2010-08-01", "month"),
    ]
    assert (Membership.objects.get().organisation, Title.objects.get().level) == (
        branch,
        "associate_senior",
    )
    assert [roster(school, day=day).get().status_then for day in (EVE, DAY)] == [
        None,
        "in_service",
    ]


def test_name_and_employment_are_enough(clerk, address):
    assert enter(clerk, address).status_code == 302
    assert Employment.objects.get().started_on is None
    assert (Membership.objects.count(), Title.objects.count()) == (0, 0)


@pytest.mark.parametrize("name", ["徐文清", "徐文青", "许文庆"])
def test_somebody_read_alike_is_shown_and_asked_about_first(clerk, address, school, name):
    known = factories.member(school, "徐文清", staff_number="0912")
    answer = enter(clerk, address, name=name)
    assert list(faults(answer)) == ["others"]
    assert "不是已登记的徐文清" in answer.content.decode()
    assert Member.objects.count() == 1
    assert enter(clerk, address, name=name, others=known.pk).status_code == 302
    assert Member.objects.count() == 2


def test_each_namesake_has_to_be_somebody_else(clerk, address, school):
    """Also one who was entered after the page asked."""
    first = factories.member(school, "徐文清")
    assert list(faults(enter(clerk, address))) == ["others"]
    factories.member(school, "徐文清")
    assert list(faults(enter(clerk, address, others=first.pk))) == ["others"]
    assert Member.objects.count() == 2


def test_namesakes_elsewhere_and_names_read_otherwise_ask_nothing(
    clerk, address, school, other_school
):
    factories.member(other_school, "徐文清")
    factories.member(school, "徐文")
    factories.member(school, "徐文清河")
    assert enter(clerk, address).status_code == 302


def test_same_form_sent_twice_makes_one_person(clerk, address):
    entered = {**LEAST, "_token": new_token()}
    answers = [clerk.post(address, entered) for _number in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Member.objects.count() == 1


@pytest.mark.parametrize(
    ("entered", "fields"),
    [
        ({"name": ""}, ["name"]),
        ({"name": "徐文清2"}, ["name"]),
        ({"born_on": "昨天"}, ["born_on"]),
        ({"joined_on": "2005"}, ["party"]),
        ({"titled_on": "2005"}, ["title"]),
        ({"title": "特级护林员"}, ["title_level"]),
        ({"title": "小学高级教师", "title_level": "senior"}, ["title_level"]),
        ({"status": "retired", "full_time_teacher": "on"}, ["__all__"]),
        ({"reading": "xu wen"}, ["reading"]),
    ],
)
def test_fault_stands_at_its_field_and_nobody_is_stored(clerk, address, entered, fields):
    number = Event.objects.count()
    assert list(faults(enter(clerk, address, **entered))) == fields
    assert (Member.objects.count(), Event.objects.count()) == (0, number)


def test_organisation_of_another_party_is_refused_and_one_says_its_party(clerk, address, school):
    branch = factories.organisation(school, party=factories.party("民进"))
    assert list(faults(enter(clerk, address, party="05", organisation=branch.pk))) == [
        "organisation"
    ]
    assert enter(clerk, address, organisation=branch.pk).status_code == 302
    assert Membership.objects.get().party == factories.party("民进")


def test_keys_of_another_unit_are_no_choice(clerk, address, other_school):
    branch = factories.organisation(other_school, party=factories.party())
    office = factories.department(other_school)
    stranger = factories.person(other_school)
    answer = enter(clerk, address, organisation=branch.pk, department=office.pk, others=stranger.pk)
    assert {*faults(answer)} == {"organisation", "department"}


def test_closed_year_refuses_a_member_it_would_have_counted(clerk, cast, address, school):
    """Employed since 2016 and of a party, she would be one more in 2017."""
    factories.closed_year(school, cast.secretary)
    answer = enter(clerk, address, party="05", employed_on="2016.9.1")
    assert "属于2017年度" in faults(answer)["__all__"][0]
    assert Member.objects.count() == 0
    assert enter(clerk, address, party="05", employed_on="2018.1.1").status_code == 302


# --- how a name is read ---


def about_the_name(client, address: str, name: str) -> str:
    answer = client.post(address, {"name": name}, headers=LIVE).content.decode()
    return unescape(re.sub("<[^>]*>", "", answer)).strip()


@pytest.mark.parametrize(
    ("name", "read"),
    [("曾晓明", "zeng xiao ming"), ("单立堃", "shan li kun"), ("解文静", "xie wen jing")],
)
def test_reading_is_said_as_one_types_surnames_as_surnames(clerk, address, name, read):
    initials = "".join(part[0] for part in read.split())
    assert about_the_name(clerk, address, name) == (
        f"读作 {read}，也可用 {initials} 查找。读音不对的，请在上面填写正确的拼音。"
    )
    assert Member.objects.count() == 0


def test_who_is_read_alike_is_said_as_one_types(clerk, address, school):
    known = factories.member(school, "徐文清")
    answer = clerk.post(address, {"name": "许文青"}, headers=LIVE).content.decode()
    assert reverse("person", args=[school.code, known.pk]) in answer
    assert about_the_name(clerk, address, "") == ""


def test_corrected_reading_sorts_and_finds_and_the_usual_one_still_finds(clerk, address, school):
    """单 of this family is read dān."""
    enter(clerk, address, name="单立堃", reading="Dān li kun")
    factories.member(school, "陈喆")
    factories.member(school, "方安")
    assert [str(each) for each in Member.objects.order_by("sort_key")] == ["陈喆", "单立堃", "方安"]
    for typed in ("danlikun", "dlk", "shanlikun", "slk"):
        assert [str(each) for each in Member.objects.found_by(typed)] == ["单立堃"]


# --- who may ---


def test_button_is_there_for_those_who_may(client, cast, school, address):
    for part, shown in (("clerk", True), ("secretary", True), ("viewer", False)):
        client.force_login(getattr(cast, part))
        page = client.get(reverse("roster", args=[school.code])).content.decode()
        assert (address in page) is shown
