"""Rows of a unit: which unit they take, which references they refuse, who sees them."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django_scopes import scope
from django_scopes.exceptions import ScopeError

from consultations.models import Consultation
from members.models import Member, Membership
from tests import factories
from units.roles import Role
from units.scoping import scope_of, scope_of_unit


def seen_by(user) -> list[str]:
    """The names of the people this account's queries find."""
    with scope_of(user):
        return [member.name for member in Member.objects.order_by("pk")]


@pytest.fixture
def people(school, other_school):
    """One person in each school."""
    return [factories.person(school, "甲"), factories.person(other_school, "乙")]


def test_query_outside_a_scope_is_refused(people):
    """Check 30."""
    with pytest.raises(ScopeError):
        list(Member.objects.all())


def test_query_of_a_proxy_outside_a_scope_is_refused(school):
    factories.consultation(school)
    with pytest.raises(ScopeError):
        Consultation.objects.count()


def test_query_within_one_units_scope(people, school):
    with scope_of_unit(school):
        assert list(Member.objects.all()) == people[:1]


def test_query_within_two_units_scope(people, school, other_school):
    with scope(unit=[school.pk, other_school.pk]):
        assert set(Member.objects.all()) == set(people)


def test_scope_of_nobody(people):
    assert seen_by(AnonymousUser()) == []


def test_scope_of_each_role(people, school):
    seen = {role.value: seen_by(factories.user(role, unit=school)) for role in Role}
    # The administrator keeps accounts and the auditor reads the log: neither sees people.
    assert seen == {
        "clerk": ["甲"],
        "secretary": ["甲"],
        "administrator": [],
        "auditor": [],
        "viewer": ["甲"],
    }


def test_scope_of_an_account_without_a_role(people):
    assert seen_by(factories.user()) == []


def test_scope_of_an_account_in_two_units(people, school, other_school):
    account = factories.user(Role.CLERK, unit=school)
    factories.role_grant(account, other_school, Role.VIEWER)
    assert seen_by(account) == ["甲", "乙"]


def test_scope_of_an_account_that_was_closed(people, school):
    assert seen_by(factories.user(Role.CLERK, unit=school, is_active=False)) == []


def test_scope_of_the_district_is_not_that_of_its_schools(people, district):
    assert seen_by(factories.user(Role.CLERK, unit=district)) == []


def test_row_takes_the_unit_of_the_row_it_belongs_to(in_scope):
    person = factories.person(in_scope)
    row = Membership(member=person, party=factories.party())
    row.save()
    assert row.unit == in_scope


def test_reference_to_a_row_of_another_unit_is_refused(school, other_school):
    """Check 26."""
    stranger = factories.person(other_school)
    row = Membership(unit=school, member=stranger, party=factories.party())
    with scope(unit=[school.pk, other_school.pk]), pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert list(refused.value.message_dict) == ["member"]
