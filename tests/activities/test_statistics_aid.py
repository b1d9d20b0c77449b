"""Aid of a year: money, students, givers and ceremonies, with the rows behind each figure."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from django.db.models import Sum
from django_scopes import scope
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activities import statistics
from activities.models import Activity, Gift, Grant
from tests import factories
from units.dates import Period
from units.statistic import Total

YEAR = Period(date(2017, 1, 1), date(2017, 12, 31))
DAY = date(2017, 1, 13)


def value(statistic, unit):
    """The value of one statistic of 2017."""
    return statistic(unit=unit, period=YEAR).value()


def helped(aid, donors, *, students=1, amount="1500", day=DAY):
    """A gift of ``donors`` and the grants out of it."""
    whole = Decimal(amount) * students
    gift = factories.gift(aid, whole, donors=donors)
    return [
        factories.grant(aid, factories.recipient(aid.unit), amount, gift=gift, granted_on=day)
        for _ in range(students)
    ]


@pytest.fixture
def aid(in_scope):
    """A round without gifts."""
    return factories.aid_round(in_scope)


@pytest.fixture
def year_of_2017(in_scope, aid):
    """The case: three parties give jointly for one student, three branches for one each."""
    parties = [factories.party(brief) for brief in ("民进", "民盟", "农工")]
    branches = [
        factories.organisation(in_scope, name, position=position)
        for position, name in enumerate(["第一支部", "第二支部", "第三支部"], start=1)
    ]
    joint = helped(aid, parties)
    return joint, [helped(aid, [branch])[0] for branch in branches]


# --- money and students ---


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (date(2016, 12, 31), 0),
        (date(2017, 1, 1), 1),
        (date(2017, 1, 2), 1),
        (date(2017, 12, 30), 1),
        (date(2017, 12, 31), 1),
        (date(2018, 1, 1), 0),
    ],
)
def test_aid_at_the_borders_of_the_year(in_scope, aid, day, number):
    factories.grant(aid, factories.recipient(in_scope, community="石泉社区"), granted_on=day)
    assert value(statistics.students_aided, in_scope) == number
    assert value(statistics.student_grants, in_scope) == number
    assert value(statistics.aid_total, in_scope) == 1500 * number
    assert value(statistics.aid_per_student, in_scope) == (Decimal("1500.00"),) * number
    assert value(statistics.aid_communities, in_scope) == ("石泉社区",) * number


def test_probe_10_four_equal_grants_on_one_day_are_four(in_scope, aid):
    student = factories.recipient(in_scope)
    rows = [factories.grant(aid, student) for _ in range(4)]
    grants = statistics.student_grants(unit=in_scope, period=YEAR)
    assert (grants.value(), list(grants.rows)) == (4, rows)
    # 4 × 1500 = 6000, to one student.
    assert str(value(statistics.aid_total, in_scope)) == "6000.00"
    assert value(statistics.students_aided, in_scope) == 1


def test_students_aided_leaves_others_out_and_the_total_does_not(in_scope, aid):
    factories.grant(aid, factories.recipient(in_scope))
    for code, category in [("受助人01", "person"), ("受助单位01", "institution")]:
        factories.grant(aid, factories.recipient(in_scope, code, category=category), "200.50")
    assert value(statistics.students_aided, in_scope) == 1
    assert value(statistics.student_grants, in_scope) == 1
    # 1500 + 2 × 200.50 = 1901
    assert str(value(statistics.aid_total, in_scope)) == "1901.00"


def test_aid_per_student_different_amounts_smallest_first(in_scope, aid):
    for amount in ("1500", "800", "1500"):
        factories.grant(aid, factories.recipient(in_scope), amount)
    assert value(statistics.aid_per_student, in_scope) == (Decimal("800.00"), Decimal("1500.00"))


def test_aid_total_leaves_goods_out(in_scope, aid):
    factories.gift(aid, None, kind=Gift.Kind.GOODS, goods="书包20个")
    assert value(statistics.aid_total, in_scope) == 0


def test_aid_communities_each_once(in_scope, aid):
    for community in ("石泉社区", "曹杨社区", "石泉社区", ""):
        factories.grant(aid, factories.recipient(in_scope, community=community))
    found = statistics.aid_communities(unit=in_scope, period=YEAR)
    assert set(found.value()) == {"石泉社区", "曹杨社区"}
    assert len(found.value()) == 2


def test_aid_of_another_unit_is_never_counted(school, other_school):
    other = factories.aid_round(
        other_school, ceremony=factories.activity(other_school, kind="ceremony", place="某处")
    )
    factories.guest_group(other.ceremony)
    helped(other, [factories.party("民盟"), factories.party("民进")])
    helped(other, [factories.organisation(other_school)])
    with scope(unit=[school.pk, other_school.pk]):
        figures = [
            statistics.students_aided,
            statistics.student_grants,
            statistics.aid_total,
            statistics.students_of_joint_gifts,
        ]
        lists = [
            statistics.aid_per_student,
            statistics.joint_givers,
            statistics.joint_givers_as_signed,
            statistics.giving_branches,
            statistics.students_per_branch,
            statistics.ceremony_months,
            statistics.ceremony_places,
            statistics.ceremony_guests,
        ]
        assert [value(figure, school) for figure in figures] == [0] * 4
        assert [value(listed, school) for listed in lists] == [()] * 8


# --- who gave ---


def test_joint_givers_in_the_official_order_and_as_signed(in_scope, year_of_2017):
    assert value(statistics.joint_givers, in_scope) == ("民盟", "民进", "农工")
    assert value(statistics.joint_givers_as_signed, in_scope) == ("民进", "民盟", "农工")
    assert statistics.joint_givers(unit=in_scope, period=YEAR).rows.count() == 3


def test_students_of_joint_gifts_once_for_three_givers(in_scope, year_of_2017):
    joint, _single = year_of_2017
    found = statistics.students_of_joint_gifts(unit=in_scope, period=YEAR)
    assert (found.value(), list(found.rows)) == (1, joint)


def test_giving_branches_and_students_of_each(in_scope, year_of_2017):
    _joint, single = year_of_2017
    branches = statistics.giving_branches(unit=in_scope, period=YEAR)
    assert branches.value() == ("第一支部", "第二支部", "第三支部")
    students = statistics.students_per_branch(unit=in_scope, period=YEAR)
    assert (students.value(), list(students.rows)) == ((1,), single)


def test_students_per_branch_that_differ(in_scope, aid):
    helped(aid, [factories.organisation(in_scope)], students=3)
    helped(aid, [factories.organisation(in_scope)])
    assert value(statistics.students_per_branch, in_scope) == (1, 3)


def test_branches_that_gave_with_others_are_not_giving_alone(in_scope, aid):
    helped(aid, [factories.organisation(in_scope), factories.organisation(in_scope)])
    assert value(statistics.giving_branches, in_scope) == ()
    assert value(statistics.students_of_joint_gifts, in_scope) == 0


def test_a_party_that_gave_alone_gave_nothing_jointly(in_scope, aid):
    helped(aid, [factories.party("民盟")])
    helped(aid, [factories.organisation(in_scope, party=factories.party("民进"))])
    assert value(statistics.joint_givers, in_scope) == ()
    assert value(statistics.giving_branches, in_scope) == ()


def test_givers_of_gifts_that_helped_nobody_are_not_named(in_scope, aid):
    factories.gift(aid, donors=[factories.party("民盟"), factories.party("民进")])
    factories.gift(aid, donors=[factories.organisation(in_scope)])
    assert value(statistics.joint_givers, in_scope) == ()
    assert value(statistics.giving_branches, in_scope) == ()


# --- probe 11: a joint gift keeps the total the same in every grouping ---

AMOUNTS = st.decimals("0.01", "99999.99", places=2)
GIFTS = st.lists(st.tuples(AMOUNTS, st.integers(0, 3), st.integers(0, 1)), max_size=4)


def sums(rows, field) -> dict:
    """The amounts of the grants per value of ``field``."""
    grouped = rows.order_by().values(field).annotate(total=Sum("amount"))
    return {row[field]: row["total"] for row in grouped}


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(gifts=GIFTS)
def test_probe_11_total_is_the_same_in_every_grouping(in_scope, gifts):
    Grant.objects.all().delete()
    aid = factories.aid_round(in_scope)
    students = [factories.recipient(in_scope) for _ in range(2)]
    parties = [factories.party(brief) for brief in ("民盟", "民进", "农工")]
    expected = Counter()
    for amount, givers, student in gifts:
        gift = factories.gift(aid, amount, donors=parties[:givers])
        factories.grant(aid, students[student], amount, gift=gift)
        expected[students[student].pk, givers > 1] += amount
    total = statistics.aid_total(unit=in_scope, period=YEAR)
    joint = statistics.students_of_joint_gifts(unit=in_scope, period=YEAR)
    whole = sum(expected.values(), Decimal(0))
    assert total.value() == whole
    assert Total(joint.rows, "amount").value() == sum(
        (amount for (_student, is_joint), amount in expected.items() if is_joint), Decimal(0)
    )
    for field in ("recipient", "gift", "aid_round", "granted_on"):
        in_cents = [round(each, 2) for each in sums(total.rows, field).values()]
        assert sum(in_cents, Decimal(0)) == whole


# --- ceremonies ---


def ceremony(unit, day=DAY, **fields):
    """A ceremony of a round of aid."""
    held = factories.activity(unit, kind=Activity.Kind.CEREMONY, started_on=day, **fields)
    factories.aid_round(unit, ceremony=held)
    return held


def test_ceremonies_of_aid_only(in_scope):
    factories.activity(in_scope, kind=Activity.Kind.CEREMONY, place="别处")
    held = ceremony(in_scope, place="普陀教育图书馆")
    places = statistics.ceremony_places(unit=in_scope, period=YEAR)
    assert (places.value(), list(places.rows)) == (("普陀教育图书馆",), [held])
    assert value(statistics.ceremony_months, in_scope) == (1,)


@pytest.mark.parametrize(
    ("day", "months"),
    [
        (date(2016, 12, 31), ()),
        (date(2017, 1, 1), (1,)),
        (date(2017, 12, 31), (12,)),
        (date(2018, 1, 1), ()),
    ],
)
def test_ceremony_months_at_the_borders_of_the_year(in_scope, day, months):
    ceremony(in_scope, day)
    assert value(statistics.ceremony_months, in_scope) == months


def test_ceremony_months_in_the_order_of_a_year_that_closes_in_october(in_scope):
    for day in (date(2017, 1, 13), date(2016, 11, 20), date(2017, 1, 20)):
        ceremony(in_scope, day)
    period = Period(date(2016, 11, 1), date(2017, 10, 31))
    assert statistics.ceremony_months(unit=in_scope, period=period).value() == (11, 1)


def test_ceremony_months_where_only_the_year_is_known(in_scope):
    ceremony(in_scope, date(2017, 1, 1), precision="year")
    assert value(statistics.ceremony_months, in_scope) == ()


def test_ceremony_guests_in_the_order_of_the_record(in_scope):
    held = ceremony(in_scope)
    for position, capacity in [(3, "受助学生"), (1, "学院领导"), (2, "辖区警官")]:
        factories.guest_group(held, capacity, position=position)
    guests = statistics.ceremony_guests(unit=in_scope, period=YEAR)
    assert guests.value() == ("学院领导", "辖区警官", "受助学生")
    assert [row.capacity for row in guests.rows] == list(guests.value())
