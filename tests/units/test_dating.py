"""To which years a record belongs, and what of it may change when such a year is closed."""

from datetime import date

import pytest

from activities.models import Activity, Evidence
from consultations.models import Suggestion
from members.models import Employment, Membership, Organisation
from tests import factories
from tests.units.full_year import (
    AFTER,
    IN,
    LAST,
    fresh,
    refused,
    with_values,
    year_full_of_rows,
)


@pytest.fixture
def rows(in_scope, cast):
    """The year 2017 full of rows, and closed."""
    made = year_full_of_rows(in_scope)
    factories.closed_year(in_scope, cast.secretary)
    return made


@pytest.mark.parametrize(
    ("day", "is_closed"),
    [
        (date(2016, 10, 31), False),
        (date(2016, 11, 1), True),
        (date(2017, 10, 31), True),
        (date(2017, 11, 1), False),
    ],
)
def test_year_that_closes_in_october(in_scope, cast, day, is_closed):
    factories.unit_year(in_scope, closes_on=date(2017, 10, 31))
    year = in_scope.reporting_year(2017)
    factories.closed_year(in_scope, cast.secretary, first_on=year.first, last_on=year.last)
    if is_closed:
        refused(lambda: factories.activity(in_scope, started_on=day))
    else:
        factories.activity(in_scope, started_on=day)


def test_closing_day_of_the_year_before_is_held(in_scope, cast):
    """It says on which day the closed year began."""
    before = factories.unit_year(in_scope, 2016, closes_on=date(2016, 10, 31))
    factories.unit_year(in_scope, 2017)
    year = in_scope.reporting_year(2017)
    factories.closed_year(in_scope, cast.secretary, first_on=year.first, last_on=year.last)
    refused(lambda: with_values(before, {"closes_on": date(2016, 12, 31)}).save())
    refused(lambda: fresh(before).delete())
    with_values(before, {"motto": "共建共融共享"}).save()
    assert in_scope.reporting_year(2017).first == date(2016, 11, 1)


def test_year_before_may_be_entered_where_it_moves_no_day(in_scope, cast):
    factories.unit_year(in_scope, 2017)
    factories.closed_year(in_scope, cast.secretary)
    refused(lambda: factories.unit_year(in_scope, 2016, closes_on=date(2016, 10, 31)))
    factories.unit_year(in_scope, 2016)


# --- rows that hold for a time ---


@pytest.mark.parametrize(
    ("ended_on", "is_allowed"),
    [
        (date(2017, 6, 2), False),
        (LAST, False),
        # The first day that no longer counts: it held throughout 2017.
        (date(2018, 1, 1), True),
        (AFTER, True),
    ],
)
def test_membership_ends_after_the_closed_year_and_not_within(rows, ended_on, is_allowed):
    membership = with_values(rows[Membership], {"ended_on": ended_on})
    if is_allowed:
        membership.save()
    else:
        refused(membership.save)


def test_membership_is_not_moved_across_a_closed_year(in_scope, cast):
    """Whether it held in the year is what matters, not whether a date lies there."""
    row = factories.member(in_scope, party="民盟").memberships.get()
    factories.closed_year(in_scope, cast.secretary)
    refused(lambda: with_values(row, {"started_on": AFTER}).save())
    refused(lambda: with_values(row, {"party_id": factories.party("民进").pk}).save())
    refused(lambda: factories.membership(row.member, "民进"))
    with_values(row, {"started_on": date(2004, 5, 1)}).save()


def test_colleague_who_comes_later_brings_along_what_they_are(rows, in_scope):
    """Nobody counts who is not employed, so nothing of it is part of the closed year."""
    newcomer = factories.member(
        in_scope, party="民进", employed_on=AFTER, title="高级教师", schooling="14"
    )
    factories.membership(newcomer, "致公", started_on=IN).delete()
    refused(lambda: factories.employment(newcomer, started_on=IN, ended_on=date(2017, 9, 1)))
    refused(lambda: Employment.objects.filter(member=newcomer).update(started_on=LAST))


def test_membership_is_not_handed_to_somebody_who_counted(rows, in_scope):
    membership = factories.membership(factories.person(in_scope), "致公", started_on=IN)
    member = rows[Membership].member
    refused(lambda: with_values(membership, {"member_id": member.pk}).save())


def test_what_becomes_of_a_suggestion_is_entered_later(rows):
    suggestion = rows[Suggestion]
    factories.reply(suggestion, replied_on=AFTER)
    factories.told(suggestion, AFTER)
    refused(lambda: factories.told(suggestion, LAST))
    refused(lambda: factories.reply(suggestion, replied_on=LAST))


def test_evidence_is_filed_later_and_stays(rows):
    activity = rows[Activity]
    late = Evidence(unit=activity.unit, activity=activity, slot="photo", address="https://x.cn/2")
    late.full_clean()
    late.save()
    refused(late.delete)


def test_organisation_is_renamed_after_the_closed_year(rows):
    branch = rows[Organisation]
    with_values(branch, {"name": "新名"}).save()
    factories.organisation_name(branch, "旧名二", started_on=IN, ended_on=AFTER)
    assert branch.name_on(LAST) == "旧名二"
