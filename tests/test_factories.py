"""The factories themselves: every one makes a row that its own full_clean() takes."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django_scopes import get_scope

from members.models import Member, Membership
from tests import factories
from units.scoping import scope_of_unit


def test_factories_all_kinds(school):
    person = factories.member(school, "徐文清", party="民盟", title="高级教师", schooling="14")
    branch = factories.organisation(school, "第一支部")
    factories.organisation_name(
        branch, "旧支部", started_on=date(2001, 1, 1), ended_on=date(2010, 1, 1)
    )
    factories.appointment(person)
    factories.appointment(person, "书记", kind="cpc", level="unit", organisation=branch)
    factories.honour(school)
    factories.unit_year(school)
    factories.department(school)
    event = factories.activity(school, themes=[factories.theme(school)], organisers=[branch])
    factories.participation(event, person)
    factories.guest_group(event, number=2)
    aid = factories.aid_round(school)
    money = factories.gift(aid, donors=[factories.party("民进"), branch, person])
    factories.grant(aid, factories.recipient(school), gift=money)
    meeting = factories.consultation(school)
    factories.agenda_item(meeting)
    factories.reply(factories.suggestion(school, consultation=meeting, proposers=[person]))
    factories.outline_section(factories.outline(school))
    factories.section(factories.report(school))

    with scope_of_unit(school):
        assert [str(row) for row in person.memberships.all()] == ["民盟盟员"]
        assert [str(row) for row in person.titles.all()] == ["高级教师"]
        assert [str(row) for row in money.donors.all()] == ["民进", "第一支部", "徐文清"]
        assert money.amount == Decimal("1500")
        assert Member.objects.of_a_party_on(date(2017, 12, 31)).get() == person
    assert get_scope() == {}


def test_factories_refuse_what_a_form_refuses(in_scope):
    person = factories.member(in_scope, party="民盟")
    with pytest.raises(ValidationError):
        factories.membership(person, "民盟", started_on=date(2012, 1, 1))
    assert Membership.objects.count() == 1


def test_in_scope_holds_own_school_only(in_scope, other_school):
    mine = factories.person(in_scope)
    factories.person(other_school)
    assert list(Member.objects.all()) == [mine]
