"""Branches: where they hang, what they were called; and the eight parties."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from members.models import Organisation, Party
from members.statistics import party_branches
from tests import factories
from units.scoping import scope_of_unit

DAY = date(2017, 6, 15)


def test_parties_in_the_official_order(db):
    rows = [
        (p.code, p.short_name, p.brief, p.member_word, p.basic_unit_word)
        for p in Party.objects.all()
    ]
    # GB/T 4762-1984 codes; 九三学社 calls its basic unit 支社.
    assert rows == [
        ("04", "民革", "民革", "党员", "支部"),
        ("05", "民盟", "民盟", "盟员", "支部"),
        ("06", "民建", "民建", "会员", "支部"),
        ("07", "民进", "民进", "会员", "支部"),
        ("08", "农工党", "农工", "党员", "支部"),
        ("09", "致公党", "致公", "党员", "支部"),
        ("10", "九三学社", "九三", "社员", "支社"),
        ("11", "台盟", "台盟", "盟员", "支部"),
    ]


def test_organisation_name_before_and_after_renaming(in_scope):
    branch = factories.organisation(in_scope, "第一支部")
    factories.organisation_name(branch, "教研支部", started_on=date(2000, 1, 1), ended_on=DAY)
    days = [date(1999, 12, 31), date(2000, 1, 1), date(2017, 6, 14), DAY, date(2017, 6, 16)]
    names = [branch.name_on(day) for day in days]
    assert names == ["第一支部", "教研支部", "教研支部", "第一支部", "第一支部"]


def test_organisation_below_one_of_another_party_is_refused(in_scope):
    parent = factories.organisation(in_scope, level=Organisation.Level.GENERAL_BRANCH)
    with pytest.raises(ValidationError) as refused:
        factories.organisation(in_scope, parent=parent, party=factories.party())
    assert list(refused.value.message_dict) == ["parent"]


def test_organisation_below_one_of_another_unit_is_refused(school, other_school):
    parent = factories.organisation(other_school, level=Organisation.Level.GENERAL_BRANCH)
    with pytest.raises(ValidationError) as refused:
        factories.organisation(school, parent=parent)
    assert list(refused.value.message_dict) == ["parent"]


def test_organisation_name_twice_is_refused_within_a_unit_only(school, other_school):
    """Check 29."""
    factories.organisation(school, "第一支部")
    factories.organisation(other_school, "第一支部")
    with pytest.raises(ValidationError):
        factories.organisation(school, "第一支部")


def test_party_branches_keep_the_name_of_the_day_asked_for(in_scope):
    """A renaming leaves earlier years' reports as they were."""
    branch = factories.organisation(in_scope, "教研支部", party=None)
    factories.organisation_name(branch, "第一支部", ended_on=date(2018, 3, 1))
    names = [
        party_branches(unit=in_scope, day=day).value()
        for day in (date(2018, 2, 28), date(2018, 3, 1))
    ]
    assert names == [("第一支部",), ("教研支部",)]


def test_organisations_of_the_communist_party_stand_first(in_scope):
    league = factories.organisation(in_scope, "民盟支部", party=factories.party("民盟"))
    branch = factories.organisation(in_scope, "第一支部", party=None)
    assert list(Organisation.objects.all()) == [branch, league]


def test_link_to_a_row_of_another_unit_is_refused(school, other_school):
    """Check 26: many-to-many links too, through every door."""
    with scope_of_unit(school):
        activity = factories.activity(school)
    with scope_of_unit(other_school):
        theirs = factories.organisation(other_school, "外校支部", party=None)
    with scope_of_unit(school), pytest.raises(ValidationError):
        activity.organisers.add(theirs.pk)
