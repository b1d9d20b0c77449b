"""Member profiles in the admin, kept by somebody who works for two units."""

import pytest
from django.urls import reverse

from members.models import Member
from tests import factories
from tests.admin_forms import add_row, form_data
from tests.members.test_admin import change_page
from tests.members.test_admin_roster import names_found
from units.roles import Role
from units.scoping import scope_of_unit

pytestmark = pytest.mark.ignore_template_errors


@pytest.fixture
def of_both(client, school, other_school):
    """A browser of a clerk of both schools."""
    account = factories.user(Role.CLERK, unit=school)
    factories.role_grant(account, other_school, Role.CLERK)
    client.force_login(account)
    return client


def test_unit_chosen_by_clerk_of_two(of_both, district, school, other_school):
    address = reverse("admin:members_member_add")
    page = of_both.get(address)
    field = page.context["adminform"].form.fields["unit"]
    assert set(field.queryset) == {school, other_school}
    data = {**form_data(page), "name": "徐文清"}
    assert list(of_both.post(address, data).context["adminform"].form.errors) == ["unit"]
    refused = of_both.post(address, {**data, "unit": district.pk})
    assert list(refused.context["adminform"].form.errors) == ["unit"]
    assert of_both.post(address, {**data, "unit": other_school.pk}).status_code == 302
    with scope_of_unit(other_school):
        assert Member.objects.get().name == "徐文清"


def test_unit_of_a_stored_profile_stays(of_both, school, other_school):
    person = factories.member(school)
    data = form_data(of_both.get(change_page(person)))
    assert of_both.post(change_page(person), {**data, "unit": other_school.pk}).status_code == 302
    with scope_of_unit(school):
        assert Member.objects.get().unit == school


def test_rows_of_two_units_not_mixed(of_both, school, other_school):
    """Check 26."""
    foreign = factories.organisation(other_school, party=factories.party("民盟"))
    person = factories.member(school)
    data = form_data(of_both.get(change_page(person)))
    add_row(
        data,
        "memberships",
        party="05",
        organisation=foreign.pk,
        started_on="2012-01-01",
        started_precision="day",
    )
    page = of_both.post(change_page(person), data)
    rows = page.context["inline_admin_formsets"][0].formset
    assert [list(form.errors) for form in rows.forms] == [["organisation"]]


def test_roster_filter_by_unit(of_both, school, other_school):
    factories.member(school, "甲")
    factories.member(other_school, "乙")
    assert names_found(of_both) == ["甲", "乙"]
    assert names_found(of_both, unit=str(other_school.pk)) == ["乙"]
    assert names_found(of_both, unit="999") == []


def test_reader_of_a_unit_changes_nothing_there(client, school, other_school):
    """A clerk here who is a viewer there: ``has_perm`` alone would let them write in both."""
    account = factories.user(Role.CLERK, unit=school)
    factories.role_grant(account, other_school, Role.VIEWER)
    client.force_login(account)
    person = factories.member(other_school, "乙")
    assert client.get(change_page(person)).status_code == 200
    assert client.post(change_page(person), {"name": "别人"}).status_code == 403
    delete = reverse("admin:members_member_delete", args=[person.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
    add = reverse("admin:members_member_add")
    data = {**form_data(client.get(add)), "name": "丙", "unit": other_school.pk}
    client.post(add, data)
    with scope_of_unit(other_school):
        assert [member.name for member in Member.objects.all()] == ["乙"]
