"""Deeds: what the roster says the day before, on the day and the day after, and what is refused."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from members import moves
from members.models import Appointment, Employment, Member, Membership, Title
from members.roster import roster
from members.roster_columns import COLUMNS
from members.statistics import members_in_service, members_left, members_retired, members_total
from tests import factories
from units.dates import Period, Precision

EVE, DAY, MORROW = date(2017, 8, 31), date(2017, 9, 1), date(2017, 9, 2)
YEAR = Period(date(2017, 1, 1), date(2017, 12, 31))


@pytest.fixture
def somebody(in_scope) -> Member:
    """Somebody in service in a department, of 民盟 since 2005."""
    office = factories.department(in_scope, "教务处")
    return factories.member(in_scope, "徐文清", party="民盟", department=office)


def told(person: Member, *keys: str) -> list[tuple[str, ...]]:
    """What the roster's columns say the day before, on the day and the day after."""
    found = []
    for day in (EVE, DAY, MORROW):
        row = roster(person.unit, day=day).get(pk=person.pk)
        cells = {column.key: column.cell(row) or "" for column in COLUMNS}
        found.append(tuple(str(cells[key]) for key in keys))
    return found


def counted(person: Member, day: date) -> tuple[int, int, int]:
    """Members in all, in service, retired."""
    figures = (members_total, members_in_service, members_retired)
    return tuple(figure(unit=person.unit, day=day).value() for figure in figures)


# --- employment ---


def test_leaving_ends_employment_and_chosen_posts_and_leaves_the_party_alone(somebody):
    school = factories.appointment(somebody, "主任", kind="school", level="unit", body="教务处")
    district = factories.appointment(somebody, "主委")
    done = moves.leaving(somebody, day=DAY, ending=[school]).carry_out()
    assert done == Employment.objects.get()
    assert told(somebody, "status", "department", "parties", "unit_posts", "party_posts") == [
        ("在职", "教务处", "民盟", "教务处主任", "民盟区委主委"),
        ("", "", "民盟", "", "民盟区委主委"),
        ("", "", "民盟", "", "民盟区委主委"),
    ]
    assert [counted(somebody, day)[0] for day in (EVE, DAY)] == [1, 0]
    assert list(members_left(unit=somebody.unit, period=YEAR).rows) == [somebody]
    district.refresh_from_db()
    assert (district.ended_on, Membership.objects.get().ended_on) == (None, None)


@pytest.mark.parametrize(("status", "word"), [("retired", "退休"), ("retired_veteran", "离休")])
def test_retiring_counts_on_as_a_member_and_not_as_in_service(somebody, status, word):
    moves.retirement(somebody, day=DAY, status=status).carry_out()
    assert told(somebody, "status", "department", "parties") == [
        ("在职", "教务处", "民盟"),
        (word, "", "民盟"),
        (word, "", "民盟"),
    ]
    assert [counted(somebody, day) for day in (EVE, DAY)] == [(1, 1, 0), (1, 0, 1)]


def test_somebody_retires_once_and_leaves_once(somebody):
    moves.retirement(somebody, day=DAY, status="retired").carry_out()
    with pytest.raises(ValidationError, match="徐文清已是退休状态"):
        moves.retirement(somebody, day=MORROW, status="retired")
    moves.leaving(somebody, day=MORROW).carry_out()
    with pytest.raises(ValidationError, match="徐文清目前没有未结束的在职情况记录"):
        moves.leaving(somebody, day=MORROW)
    assert Employment.objects.count() == 2


def test_coming_back_after_leaving_leaves_the_gap(somebody):
    moves.leaving(somebody, day=EVE).carry_out()
    moves.coming_back(
        Employment(unit=somebody.unit, member=somebody, started_on=MORROW)
    ).carry_out()
    assert told(somebody, "status") == [("",), ("",), ("在职",)]
    assert Employment.objects.count() == 2


def test_employed_again_after_retiring_ends_the_retirement(somebody):
    """返聘."""
    moves.retirement(somebody, day=EVE, status="retired").carry_out()
    again = Employment(unit=somebody.unit, member=somebody, started_on=DAY)
    moves.coming_back(again).carry_out()
    assert told(somebody, "status") == [("退休",), ("在职",), ("在职",)]


def test_somebody_here_does_not_come_back(somebody):
    with pytest.raises(ValidationError, match="徐文清已有同样的在职情况记录"):
        moves.coming_back(Employment(unit=somebody.unit, member=somebody, started_on=DAY))


def test_coming_back_into_days_that_are_taken_is_refused(somebody):
    gone = factories.person(somebody.unit)
    factories.employment(gone, ended_on=MORROW)
    early = Employment(unit=gone.unit, member=gone, started_on=EVE)
    with pytest.raises(ValidationError, match="在此期间已有在职情况记录"):
        moves.coming_back(early).carry_out()
    assert Employment.objects.filter(member=gone).count() == 1


# --- posts and titles ---


def test_post_follows_on_ones_own_and_takes_over_from_a_predecessor(somebody):
    earlier = factories.appointment(somebody, "副主委")
    other = factories.member(somebody.unit, "陈喆", party="民盟")
    predecessor = factories.appointment(other, "主委")
    post = Appointment(
        unit=somebody.unit,
        member=somebody,
        kind="party",
        level="district",
        party=factories.party(),
        body="区委",
        post="主委",
        started_on=DAY,
    )
    assert moves.taking_post(post, ending=[earlier, predecessor]).carry_out() == post
    assert told(somebody, "party_posts") == [
        ("民盟区委副主委",),
        ("民盟区委主委",),
        ("民盟区委主委",),
    ]
    assert told(other, "party_posts") == [("民盟区委主委",), ("",), ("",)]


def test_post_without_a_day_ends_no_other(somebody):
    earlier = factories.appointment(somebody)
    post = Appointment(
        unit=somebody.unit, member=somebody, kind="school", level="unit", post="主任"
    )
    with pytest.raises(ValidationError, match="原职务于该日结束"):
        moves.taking_post(post, ending=[earlier])


def test_post_ends(somebody):
    post = factories.appointment(somebody, "主委")
    moves.giving_up_post(post, day=DAY).carry_out()
    assert told(somebody, "party_posts") == [("民盟区委主委",), ("",), ("",)]


def test_later_title_counts_and_the_earlier_stays(somebody):
    factories.title_of(somebody, "高级教师")
    title = Title(
        unit=somebody.unit, member=somebody, name="正高级教师", level="senior", started_on=DAY
    )
    moves.new_title(title).carry_out()
    assert told(somebody, "title", "level") == [
        ("高级教师", "副高级"),
        ("正高级教师", "正高级"),
        ("正高级教师", "正高级"),
    ]
    assert Title.objects.filter(ended_on__isnull=True).count() == 2


# --- parties ---


def test_joining_and_leaving_a_party(somebody):
    second = Membership(
        unit=somebody.unit, member=somebody, party=factories.party("农工"), started_on=DAY
    )
    moves.joining(second).carry_out()
    assert told(somebody, "parties") == [("民盟",), ("民盟；农工党",), ("民盟；农工党",)]
    first = Membership.objects.get(party=factories.party())
    post = factories.appointment(somebody, "主委")
    moves.leaving_party(first, day=MORROW, ending=[post]).carry_out()
    assert told(somebody, "parties", "party_posts") == [
        ("民盟", "民盟区委主委"),
        ("民盟；农工党", "民盟区委主委"),
        ("农工党", ""),
    ]


def test_another_organisation_is_no_new_joining(somebody):
    """The roster, in its cells and in its order, says when the party was joined."""
    branch = factories.organisation(somebody.unit, "民盟二支部", party=factories.party())
    row = Membership.objects.get()
    moves.changing_organisation(row, day=DAY, organisation=branch).carry_out()
    assert told(somebody, "organisation", "joined") == [
        ("", "2005-05-01"),
        ("民盟二支部", "2005-05-01"),
        ("民盟二支部", "2005-05-01"),
    ]
    assert [
        roster(somebody.unit, day=day).get(pk=somebody.pk).joined_then for day in (EVE, DAY)
    ] == [factories.members.JOINED_ON] * 2
    with pytest.raises(ValidationError, match="这就是现在的组织"):
        moves.changing_organisation(
            Membership.objects.get(ended_on=None), day=MORROW, organisation=branch
        )


def test_joining_again_after_a_time_outside_is_a_new_joining(in_scope):
    person = factories.member(in_scope, party=None)
    factories.membership(person, started_on=date(1999, 1, 1), ended_on=date(2010, 1, 1))
    factories.membership(person, started_on=date(2012, 5, 1), started_precision="month")
    assert told(person, "joined") == [("2012-05",)] * 3


def test_day_of_joining_that_nobody_knows_stays_unknown_in_the_next_organisation(in_scope):
    person = factories.member(in_scope, party="民盟", joined_on=None)
    branch = factories.organisation(in_scope, party=factories.party())
    moves.changing_organisation(Membership.objects.get(), day=DAY, organisation=branch).carry_out()
    assert told(person, "joined") == [("",)] * 3


# --- what no deed does ---


@pytest.mark.parametrize("ended_on", [EVE, DAY, MORROW])
def test_row_that_ended_is_not_ended_again(somebody, ended_on):
    post = factories.appointment(somebody, ended_on=ended_on)
    with pytest.raises(ValidationError, match=f"职务“民盟区委委员”已于{ended_on}结束"):
        moves.giving_up_post(post, day=DAY)
    post.refresh_from_db()
    assert post.ended_on == ended_on


def test_row_ends_on_a_later_day_than_it_begins(somebody):
    """Begun on the eve, it may end on the day: it counted for one."""
    post = factories.appointment(somebody, started_on=EVE)
    with pytest.raises(ValidationError, match="只能在此后的日期结束"):
        moves.giving_up_post(post, day=EVE)
    moves.giving_up_post(post, day=DAY).carry_out()
    assert told(somebody, "party_posts") == [("民盟区委委员",), ("",), ("",)]


def test_closed_year_refuses_in_its_own_words_and_nothing_is_stored(somebody, cast):
    """The employment would end within 2017; in 2018 it may."""
    factories.closed_year(somebody.unit, cast.secretary)
    with pytest.raises(ValidationError, match="属于2017年度"):
        moves.retirement(somebody, day=DAY, status="retired").carry_out()
    assert [row.ended_on for row in Employment.objects.all()] == [None]
    row = Employment.objects.get()
    moves.retirement(row.member, day=date(2018, 1, 1), status="retired").carry_out()
    assert Employment.objects.count() == 2


# --- in words ---


def test_words_say_the_last_day_that_counts_and_the_first_that_does_not(somebody):
    planned = moves.retirement(somebody, day=DAY, status="retired")
    assert planned.words() == [
        "在职情况“在职 教务处”：2017-08-31当天仍计入，自2017-09-01起不再计入。",
        "在职情况“退休”：自2017-09-01起计入。",
    ]
    assert Employment.objects.get().ended_on is None


@pytest.mark.parametrize(
    ("started_on", "precision", "words"),
    [
        (date(2017, 9, 1), Precision.MONTH, "自2017-09起计入（按2017-09-01计）。"),
        (date(2017, 9, 1), Precision.YEAR, "自2017起计入（按2017-01-01计）。"),
        (None, Precision.DAY, "计入，起始日期不详。"),
    ],
)
def test_words_say_how_an_inexact_day_is_taken(somebody, started_on, precision, words):
    row = Membership(
        unit=somebody.unit,
        member=somebody,
        party=factories.party("农工"),
        started_on=started_on,
        started_precision=precision,
    )
    assert moves.joining(row).words() == [f"党派成员身份“农工党党员”：{words}"]
