"""How values are drawn from rows: each kind of statistic over real rows, and over none."""

from datetime import date
from decimal import Decimal

import pytest

from activities.models import Activity, Grant
from consultations.models import Consultation
from members.models import Appointment, Membership
from tests import factories
from units.models import UnitYear
from units.statistic import (
    Count,
    CountsPer,
    Distinct,
    Known,
    Names,
    Occasions,
    Occurrence,
    Ratio,
    Share,
    Stated,
    Total,
    Words,
    whole_numbers,
)


@pytest.fixture
def people(in_scope):
    """Two members of 民盟 and one of 民革, who is also in 民盟: three people, four memberships."""
    rows = [factories.member(in_scope, party="民盟") for _ in range(2)]
    both = factories.member(in_scope, party="民革")
    factories.membership(both, "民盟")
    return [*rows, both]


def test_count_of_rows(people):
    assert Count(Membership.objects.all()).value() == 4


def test_distinct_counts_people_once(people):
    # 4 memberships of 3 people; the rows' own order must not split the groups.
    assert Distinct(Membership.objects.order_by("party__order"), "member").value() == 3


def test_total_of_whole_numbers(in_scope):
    factories.activity(in_scope, times=3)
    factories.activity(in_scope, times=4)
    assert Total(Activity.objects.order_by("-started_on"), "times").value() == 7


def test_total_without_rows_is_zero(in_scope):
    assert Total(Activity.objects.all(), "times").value() == 0
    assert Total(Grant.objects.all(), "amount").value() == Decimal("0.00")


def test_total_of_money_has_two_decimals(in_scope):
    aid = factories.aid_round(in_scope)
    for code in ("受助学生01", "受助学生02"):
        factories.grant(aid, factories.recipient(in_scope, code), "1500")
    # Both databases must write it the same way into JSON: 2 × 1500.00 = 3000.00.
    assert str(Total(Grant.objects.all(), "amount").value()) == "3000.00"


def test_total_of_money_is_exact_to_the_cent(in_scope):
    aid = factories.aid_round(in_scope)
    student = factories.recipient(in_scope)
    # 0.01 + 0.02 + 9 999 999 999.99 + 0.98 = 10 000 000 001.00; as binary fractions it is not.
    for amount in ("0.01", "0.02", "9999999999.99", "0.98"):
        factories.grant(aid, student, amount)
    assert str(Total(Grant.objects.all(), "amount").value()) == "10000000001.00"


def test_names_once_each_in_the_given_order(people):
    # By the official order 民革 comes first, though 民盟 has more rows and was entered first.
    names = Names(Membership.objects.all(), "party__brief", ("party__order",))
    assert names.value() == ("民革", "民盟")


def test_names_in_falling_order(people):
    names = Names(Membership.objects.all(), "party__brief", ("-party__order",))
    assert names.value() == ("民盟", "民革")


def test_names_leave_blank_ones_out(in_scope):
    factories.activity(in_scope, place="")
    factories.activity(in_scope, place="学院")
    assert Names(Activity.objects.all(), "place", ("pk",)).value() == ("学院",)


def test_names_with_an_unknown_date_come_first(in_scope):
    # An unknown start lies before every day, on every database.
    for name, since in [("晚", date(2017, 1, 1)), ("早", None)]:
        factories.appointment(factories.person(in_scope, name), started_on=since)
    names = Names(Appointment.objects.all(), "member__name", ("started_on", "pk"))
    assert names.value() == ("早", "晚")
    last_first = Names(Appointment.objects.all(), "member__name", ("-started_on", "pk"))
    assert last_first.value() == ("晚", "早")


def test_words_keep_the_order_of_the_rows(in_scope):
    person = factories.person(in_scope)
    for post, party in [("委员", "民进"), ("主委", "民盟"), ("委员", "民进")]:
        factories.appointment(person, post, party=factories.party(party))
    words = Words(Appointment.objects.order_by("-pk"), "words")
    assert words.value() == ("民进区委委员", "民盟区委主委")


def test_counts_per_group_smallest_first(people):
    # Memberships per person: 1, 1, 2. The different counts are 1 and 2.
    counts = CountsPer(Membership.objects.order_by("-pk"), group="member", field="pk")
    assert counts.value() == (1, 2)


def test_occasions_in_the_order_of_their_days(in_scope):
    factories.consultation(
        in_scope, occasion="迎“中秋国庆”双节", started_on=date(2017, 9, 28), times=2
    )
    factories.consultation(in_scope, occasion="学期结束前", started_on=date(2017, 6, 22))
    factories.consultation(in_scope, started_on=date(2017, 5, 5), precision="year")
    assert Occasions(Consultation.objects.order_by("-pk")).value() == (
        Occurrence("", None, 1),
        Occurrence("学期结束前", date(2017, 6, 22), 1),
        Occurrence("迎“中秋国庆”双节", date(2017, 9, 28), 2),
    )


def test_share_over_a_stated_base(people):
    assert Share(Membership.objects.all(), base=105).value() == Ratio(4, 105)


def test_stated_by_a_record(in_scope):
    factories.unit_year(in_scope, motto="共建共融共享")
    assert Stated(UnitYear.objects.all(), "motto").value() == "共建共融共享"


def test_known_needs_no_asking(in_scope, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Known(UnitYear.objects.all(), known=2017).value() == 2017


@pytest.mark.parametrize(
    "statistic",
    [
        lambda rows: Count(rows),
        lambda rows: Distinct(rows, "member"),
        lambda rows: Names(rows, "party__brief", ("party__order",)),
        lambda rows: Words(rows, "pk"),
        lambda rows: CountsPer(rows, "member", "pk"),
        lambda rows: Share(rows, base=105),
    ],
)
def test_value_asks_the_database_once(people, django_assert_num_queries, statistic):
    asked = statistic(Membership.objects.all())
    with django_assert_num_queries(1):
        asked.value()


def test_whole_numbers_are_those_of_each_statistic_in_one_query(people, django_assert_num_queries):
    factories.activity(people[0].unit, times=3)
    factories.activity(people[0].unit, times=4)
    asked = {
        "memberships": Count(Membership.objects.all()),
        "of one party": Count(Membership.objects.filter(party__brief="民革")),
        "times": Total(Activity.objects.all(), field="times"),
        "none": Total(Activity.objects.none().filter(pk__gt=0), field="times"),
    }
    with django_assert_num_queries(1):
        found = whole_numbers(asked, beside=people[0])
    assert found == {key: each.value() for key, each in asked.items()}
    assert found == {"memberships": 4, "of one party": 1, "times": 7, "none": 0}


def test_no_whole_numbers_take_no_query(people, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert whole_numbers({}, beside=people[0]) == {}
