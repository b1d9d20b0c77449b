"""Belonging to a party: two at once, never twice to the same."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from members.models import Membership
from tests import factories

DAY = date(2017, 6, 15)


def test_membership_says_what_the_party_calls_its_members(in_scope):
    person = factories.member(in_scope)
    rows = [factories.membership(person, brief) for brief in ("民革", "民盟", "民进", "九三")]
    assert [str(row) for row in rows] == ["民革党员", "民盟盟员", "民进会员", "九三学社社员"]


def test_membership_in_two_parties_at_once(in_scope):
    person = factories.member(in_scope, party="民盟")
    factories.membership(person, "民革")
    assert Membership.objects.on(DAY).filter(member=person).count() == 2


def test_membership_twice_in_one_party_is_refused(in_scope):
    person = factories.person(in_scope)
    factories.membership(person, ended_on=DAY)
    with pytest.raises(ValidationError):
        factories.membership(person, started_on=date(2017, 6, 14))


def test_membership_again_from_the_day_the_first_ended(in_scope):
    person = factories.person(in_scope)
    factories.membership(person, ended_on=DAY)
    again = factories.membership(person, started_on=DAY)
    assert list(Membership.objects.on(DAY)) == [again]


def test_membership_changed_does_not_overlap_with_itself(in_scope):
    row = factories.membership(factories.person(in_scope))
    row.ended_on = DAY
    row.full_clean()
    row.save()
    assert not Membership.objects.on(DAY).exists()


def test_membership_in_an_organisation_of_another_party_is_refused(in_scope):
    branch = factories.organisation(in_scope, party=factories.party("民进"))
    with pytest.raises(ValidationError) as refused:
        factories.membership(factories.person(in_scope), "民盟", organisation=branch)
    assert list(refused.value.message_dict) == ["organisation"]


def test_membership_in_a_branch_of_the_communist_party_is_refused(in_scope):
    branch = factories.organisation(in_scope)
    with pytest.raises(ValidationError) as refused:
        factories.membership(factories.person(in_scope), "民盟", organisation=branch)
    assert list(refused.value.message_dict) == ["organisation"]


def test_memberships_are_listed_in_the_official_order(in_scope):
    for brief in ("农工", "民革", "民进", "民盟"):
        factories.member(in_scope, party=brief)
    found = [row.party.brief for row in Membership.objects.select_related("party")]
    assert found == ["民革", "民盟", "民进", "农工"]
