"""Member profiles in the admin: saved with their dated rows."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape
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


def change_page(member) -> str:
    return reverse("admin:members_member_change", args=[member.pk])


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


@pytest.mark.parametrize("border", ["2014-01-01", "2018-01-01"])
def test_profile_border_between_two_rows_moved(clerk, school, border):
    """Whichever of the two rows is stored first, they share days until the other one is."""
    person = factories.member(school, status="retired", employed_on=date(2017, 7, 1))
    factories.employment(person, ended_on=date(2017, 7, 1))
    data = form_data(clerk.get(change_page(person)))
    data["employments-0-ended_on"] = data["employments-1-started_on"] = border
    assert clerk.post(change_page(person), data).status_code == 302
    with scope_of_unit(school):
        assert Employment.objects.on(date.fromisoformat(border)).get().status == "retired"


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


def test_profile_leads_to_the_page_of_the_person(clerk, school):
    person = factories.member(school, "徐文清")
    page = clerk.get(change_page(person)).content.decode()
    assert f'href="{reverse("person", args=[school.code, person.pk])}"' in page
