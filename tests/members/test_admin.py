"""Member profiles in the admin: found, filtered, and saved with their dated rows."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape, strip_tags
from django.utils.translation import gettext

from members.models import Employment, Member, Membership
from tests import factories
from tests.admin_forms import add_row, errors_of, form_data
from units.scoping import scope_of_unit

pytestmark = pytest.mark.ignore_template_errors

ROSTER = "admin:members_member_changelist"
LAST_DAY = date(2017, 12, 31)


@pytest.fixture
def clerk(client, cast):
    """The clerk's browser."""
    client.force_login(cast.clerk)
    return client


def names_found(client, **query) -> list[str]:
    answer = client.get(reverse(ROSTER), query)
    assert answer.status_code == 200
    return [member.name for member in answer.context["cl"].result_list]


def change_page(member) -> str:
    return reverse("admin:members_member_change", args=[member.pk])


# --- the roster ---


@pytest.mark.parametrize(
    "term", ["徐文清", "文清", "xu wen qing", "xuwenqing", "wenqing", "XuWenQing", "xwq", "T017"]
)
def test_roster_search_finds(clerk, school, term):
    factories.member(school, "徐文清", staff_number="T017")
    factories.member(school, "刘友霞", staff_number="T018")
    assert names_found(clerk, q=term) == ["徐文清"]


def test_roster_search_surname_reading(clerk, school):
    factories.member(school, "曾国平")
    assert names_found(clerk, q="zengguoping") == ["曾国平"]


def cells(client, **query) -> list[list[str]]:
    """The roster as text: a list of cells for each row."""
    page = client.get(reverse(ROSTER), query).content.decode()
    rows = re.findall(r"<tr><td class=\"action-checkbox\">.*?</tr>", page, re.DOTALL)
    found = [re.findall(r"<(?:td|th) class=\"field-[^>]*>(.*?)</t[dh]>", row) for row in rows]
    return [[strip_tags(cell) for cell in row] for row in found]


def test_roster_columns(clerk, school):
    person = factories.person(school, "徐文清", sex="female")
    factories.employment(person, department=factories.department(school, "师训部"))
    factories.membership(person, "农工", started_on=date(2003, 1, 1))
    factories.membership(person, "民盟")
    factories.title_of(person, "一级教师", started_on=date(2001, 9, 1))
    factories.title_of(person, "高级教师", started_on=date(2012, 9, 1))
    female, in_service = str(Member.Sex.FEMALE.label), str(Employment.Status.IN_SERVICE.label)
    own = ["徐文清", female, "民盟、农工党", "师训部", in_service]
    assert cells(clerk) == [[*own, "高级教师"]]
    assert cells(clerk, on="2010-12-31") == [[*own, "一级教师"]]


@pytest.mark.parametrize(
    ("day", "counted"),
    [
        ("2005-04-30", []),
        ("2005-05-01", ["徐文清"]),
        ("2017-06-29", ["徐文清"]),
        ("2017-06-30", []),
    ],
)
def test_roster_counted_on(clerk, school, day, counted):
    person = factories.person(school, "徐文清")
    factories.employment(person, ended_on=date(2017, 6, 30))
    factories.membership(person)
    assert names_found(clerk, on=day) == counted


def test_roster_counted_on_no_date(clerk, school):
    answer = clerk.get(reverse(ROSTER), {"on": "2017-13-31"})
    assert (answer.status_code, answer.url) == (302, f"{reverse(ROSTER)}?e=1")


def test_roster_day_form_keeps_other_filters(clerk, school):
    page = clerk.get(reverse(ROSTER), {"party": "05", "on": "2017-12-31"}).content.decode()
    assert '<input type="hidden" name="party" value="05">' in page
    assert 'name="on" value="2017-12-31"' in page


def test_roster_filters(clerk, school):
    branch = factories.organisation(school, "民盟支部", party=factories.party("民盟"))
    senior = factories.person(school, "甲")
    factories.employment(senior)
    factories.membership(senior, organisation=branch)
    factories.title_of(senior, "高级教师")
    factories.member(school, "乙", party="民进", status="retired", title="小学高级教师")
    factories.person(school, "丙")
    assert names_found(clerk, party="05") == ["甲"]
    assert names_found(clerk, party="07") == ["乙"]
    assert names_found(clerk, organisation=str(branch.pk)) == ["甲"]
    assert names_found(clerk, employment="in_service") == ["甲"]
    assert names_found(clerk, employment="retired") == ["乙"]
    assert names_found(clerk, employment="none") == ["丙"]
    assert names_found(clerk, title_level="associate_senior") == ["甲"]
    assert names_found(clerk, title_level="middle") == ["乙"]
    assert names_found(clerk, party="05", on="2005-04-30") == []
    assert names_found(clerk, party="99") == []
    assert names_found(clerk, organisation="x") == []


def test_roster_filter_of_organisations_own_unit_only(clerk, school, other_school):
    league = factories.party("民盟")
    factories.organisation(school, "本校民盟支部", party=league)
    factories.organisation(other_school, "外校民盟支部", party=league)
    page = clerk.get(reverse(ROSTER)).content.decode()
    assert ("本校民盟支部" in page, "外校民盟支部" in page) == (True, False)


def roster_queries(client) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse(ROSTER))
    return len(queries)


def test_roster_queries_do_not_grow(clerk, school):
    numbers = []
    for size in (1, 3, 30):
        while len(names_found(clerk)) < size:
            office = factories.department(school)
            factories.member(school, party="民盟", title="高级教师", department=office)
        numbers.append(roster_queries(clerk))
    assert numbers == [numbers[0]] * 3


# --- one profile ---


def test_profile_added_with_rows(clerk, school):
    address = reverse("admin:members_member_add")
    data = form_data(clerk.get(address))
    data["name"] = "徐文清"
    league = factories.party("民盟").pk
    add_row(data, "memberships", party=league, started_on="2005-05-01", started_precision="day")
    add_row(
        data, "employments", status="in_service", started_on="2000-09-01", started_precision="day"
    )
    add_row(
        data,
        "titles",
        name="高级教师",
        level="associate_senior",
        started_on="2010-09-15",
        started_precision="month",
    )
    answer = clerk.post(address, data)
    assert (answer.status_code, answer.url) == (302, reverse(ROSTER))
    with scope_of_unit(school):
        person = Member.objects.of_a_party_on(LAST_DAY).get()
        assert (person.name, person.unit) == ("徐文清", school)
        assert [row.unit for row in person.memberships.all()] == [school]
        assert person.titles.get().started_on == date(2010, 9, 1)


def test_profile_unit_not_asked_nor_taken_from_post(clerk, school, other_school):
    address = reverse("admin:members_member_add")
    page = clerk.get(address)
    assert page.context["adminform"].form.fields["unit"].widget.is_hidden
    clerk.post(address, {**form_data(page), "name": "徐文清", "unit": other_school.pk})
    with scope_of_unit(school):
        assert Member.objects.get().unit == school


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_profile_second_membership_of_the_party_refused(clerk, school, settings, language):
    clerk.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    person = factories.member(school, party="民盟")
    data = form_data(clerk.get(change_page(person)))
    league = factories.party("民盟").pk
    add_row(data, "memberships", party=league, started_on="2012-01-01", started_precision="day")
    page = clerk.post(change_page(person), data)
    with translation.override(language):
        message = gettext(
            "This person already belongs to that party during these days: end that row."
        )
        rows = page.context["inline_admin_formsets"][0].formset
        assert [form.errors for form in rows.forms] == [{}, {"started_on": [message]}]
    assert escape(message) in page.content.decode()
    with scope_of_unit(school):
        assert Membership.objects.count() == 1


def test_profile_two_new_memberships_that_overlap_refused(clerk, school):
    person = factories.member(school)
    data = form_data(clerk.get(change_page(person)))
    for since in ("2012-01-01", "2014-01-01"):
        league = factories.party("民盟").pk
        add_row(data, "memberships", party=league, started_on=since, started_precision="day")
    assert len(errors_of(clerk.post(change_page(person), data))) == 1
    with scope_of_unit(school):
        assert Membership.objects.count() == 0


def test_profile_two_parties_at_once_saved(clerk, school):
    person = factories.member(school, party="民盟")
    data = form_data(clerk.get(change_page(person)))
    other = factories.party("九三").pk
    add_row(data, "memberships", party=other, started_on="2012-01-01", started_precision="day")
    assert clerk.post(change_page(person), data).status_code == 302
    with scope_of_unit(school):
        assert [str(row.party) for row in Membership.objects.on(LAST_DAY)] == ["民盟", "九三学社"]


def test_profile_retirement_ends_one_row_and_begins_the_next(clerk, school):
    person = factories.member(school)
    data = form_data(clerk.get(change_page(person)))
    data["employments-0-ended_on"] = "2017-07-01"
    add_row(data, "employments", status="retired", started_on="2017-07-01", started_precision="day")
    assert clerk.post(change_page(person), data).status_code == 302
    with scope_of_unit(school):
        assert Employment.objects.on(date(2017, 6, 30)).get().status == "in_service"
        assert Employment.objects.on(date(2017, 7, 1)).get().status == "retired"


def test_profile_retirement_a_day_too_early_refused(clerk, school):
    person = factories.member(school)
    data = form_data(clerk.get(change_page(person)))
    data["employments-0-ended_on"] = "2017-07-01"
    add_row(data, "employments", status="retired", started_on="2017-06-30", started_precision="day")
    assert len(errors_of(clerk.post(change_page(person), data))) == 1
    with scope_of_unit(school):
        assert Employment.objects.get().ended_on is None


def test_profile_reversed_dates_refused(clerk, school):
    person = factories.member(school, party="民盟")
    data = form_data(clerk.get(change_page(person)))
    data["memberships-0-ended_on"] = "2001-01-01"
    assert len(errors_of(clerk.post(change_page(person), data))) == 1


def test_profile_row_with_organisation_of_another_unit_refused(clerk, school, other_school):
    foreign = factories.organisation(other_school, "外校支部", party=factories.party("民盟"))
    person = factories.member(school, party="民盟")
    data = form_data(clerk.get(change_page(person)))
    data["memberships-0-organisation"] = foreign.pk
    page = clerk.post(change_page(person), data)
    assert len(errors_of(page)) == 1
    assert "外校支部" not in page.content.decode()
    with scope_of_unit(school):
        assert Membership.objects.get().organisation is None


def test_profile_staff_number_taken_refused(clerk, school):
    factories.member(school, staff_number="T017")
    person = factories.member(school)
    data = form_data(clerk.get(change_page(person)))
    page = clerk.post(change_page(person), {**data, "staff_number": "T017"})
    assert list(page.context["adminform"].form.errors) == ["staff_number"]


def test_profile_with_rows_not_deleted(clerk, school):
    person = factories.member(school, party="民盟")
    address = reverse("admin:members_member_delete", args=[person.pk])
    page = clerk.post(address, {"post": "yes"})
    assert page.status_code == 200
    assert len(page.context["protected"]) == 2  # the employment and the membership
    with scope_of_unit(school):
        assert Member.objects.filter(pk=person.pk).exists()


def test_profile_without_rows_deleted(clerk, school):
    person = factories.person(school)
    answer = clerk.post(reverse("admin:members_member_delete", args=[person.pk]), {"post": "yes"})
    assert answer.status_code == 302
    with scope_of_unit(school):
        assert not Member.objects.exists()
