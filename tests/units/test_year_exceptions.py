"""Exceptions for closed years: who gives them, to whom, what they open, what stays on record."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from activities.models import Activity, Theme
from members.erasing import erase
from tests import factories
from units.acting import Act, acting, because
from units.models import ClosedYear, Event, YearException
from units.roles import Role
from units.year_lock import YearClosed

IN, AFTER = date(2017, 6, 1), date(2018, 6, 1)


@pytest.fixture
def closed(in_scope, cast):
    return factories.closed_year(in_scope, cast.secretary)


@pytest.fixture
def exception(closed, cast):
    return factories.year_exception(closed, cast.clerk, cast.secretary)


def added_by(user, unit, day=IN) -> Activity:
    with acting(Act(user=user)):
        return Activity.objects.create(unit=unit, kind="visit", title="参观", started_on=day)


def changes_under(exception) -> list[tuple]:
    events = [Event.objects.get(number=note.number) for note in exception.changes.all()]
    return [(event.action, event.model, event.actor) for event in events]


def test_exception_opens_the_year_to_its_person(closed, exception, cast, in_scope):
    """Check 76, probe 17."""
    activity = added_by(cast.clerk, in_scope)
    for other in (cast.secretary, factories.user(Role.CLERK, unit=in_scope), None):
        with pytest.raises(YearClosed):
            added_by(other, in_scope)
    with acting(Act(user=cast.clerk)):
        activity.title = "参观航海博物馆"
        activity.save()
        Activity.objects.filter(pk=activity.pk).update(place="临港")
        activity.themes.add(factories.theme(in_scope))
        Activity.objects.get(pk=activity.pk).delete()
    actions = [action for action, model, actor in changes_under(exception)]
    assert actions == ["create", "change", "change", "change", "delete"]
    assert {actor for _action, _model, actor in changes_under(exception)} == {cast.clerk}


def test_reason_of_the_exception_goes_into_the_log(exception, cast, in_scope):
    with because("见会议记录"):
        activity = added_by(cast.clerk, in_scope)
    event = Event.objects.get(model="activities.activity", object_id=str(activity.pk))
    assert event.reason == "补录漏登的活动"
    with acting(Act(user=cast.clerk, reason="见会议记录")):
        activity.place = "临港"
        activity.save()
    assert Event.objects.first().reason == "补录漏登的活动；见会议记录"


def test_changes_of_open_years_are_not_noted_under_it(exception, cast, in_scope):
    added_by(cast.clerk, in_scope, day=AFTER)
    with acting(Act(user=cast.clerk)):
        Theme.objects.create(unit=in_scope, name="中国梦")
    assert changes_under(exception) == []


def test_exception_ends_by_itself_and_when_withdrawn(closed, exception, cast, in_scope):
    with time_machine.travel(exception.ends_at - timedelta(seconds=1)):
        added_by(cast.clerk, in_scope)
    with time_machine.travel(exception.ends_at), pytest.raises(YearClosed):
        added_by(cast.clerk, in_scope)
    with acting(Act(user=cast.secretary)):
        exception.withdraw(moment=timezone.now())
    with pytest.raises(YearClosed):
        added_by(cast.clerk, in_scope)
    assert len(changes_under(exception)) == 1


def test_exception_of_one_year_does_not_open_another(closed, exception, cast, in_scope):
    earlier = factories.closed_year(in_scope, cast.secretary, 2016)
    activity = added_by(cast.clerk, in_scope)
    activity.started_on = date(2016, 6, 1)
    with acting(Act(user=cast.clerk)), pytest.raises(YearClosed):
        activity.save()
    second = factories.year_exception(earlier, cast.clerk, cast.secretary, reason="日期有误")
    with acting(Act(user=cast.clerk)):
        activity.save()
    # The move belongs to both years' lists, and both reasons to the event.
    assert [len(changes_under(each)) for each in (exception, second)] == [2, 1]
    assert Event.objects.first().reason == "日期有误；补录漏登的活动"


def given(closed, **fields) -> YearException:
    now = timezone.now()
    fields = {"reason": "补录", "started_at": now, "ends_at": now + timedelta(days=1), **fields}
    return YearException(unit=closed.unit, closed_year=closed, **fields)


def test_nobody_gives_an_exception_to_themselves(closed, cast):
    with pytest.raises(ValidationError) as refusal:
        given(closed, user=cast.secretary, granted_by=cast.secretary).save()
    assert "不能给本人开具例外，请由另一位书记开具。" in refusal.value.messages


@pytest.mark.parametrize("part", ["clerk", "administrator", "auditor", "viewer", "colleague"])
def test_only_a_secretary_of_the_unit_gives_one(closed, cast, part, in_scope):
    receiver = factories.user(Role.CLERK, unit=in_scope)
    row = given(closed, user=receiver, granted_by=getattr(cast, part))
    with pytest.raises(PermissionDenied):
        row.save()


def test_one_is_given_in_ones_own_name(closed, cast, in_scope):
    second = factories.user(Role.SECRETARY, unit=in_scope)
    row = given(closed, user=cast.clerk, granted_by=second)
    with acting(Act(user=cast.clerk)), pytest.raises(PermissionDenied):
        row.save()
    with acting(Act(user=second)):
        row.save()
    assert row.pk


@pytest.mark.parametrize("part", ["administrator", "auditor", "viewer", "colleague"])
def test_only_who_keeps_the_records_receives_one(closed, cast, part):
    with pytest.raises(ValidationError) as refusal:
        given(closed, user=getattr(cast, part), granted_by=cast.secretary).save()
    assert list(refusal.value.message_dict) == ["user"]


@pytest.mark.parametrize(("days", "is_allowed"), [(30, True), (31, False)])
def test_one_lasts_a_month_at_most(closed, cast, days, is_allowed):
    ends_at = timezone.now() + timedelta(days=days)
    row = given(closed, user=cast.clerk, granted_by=cast.secretary, ends_at=ends_at)
    row.started_at = ends_at - timedelta(days=days)
    if is_allowed:
        row.save()
    else:
        with pytest.raises(ValidationError):
            row.save()


def test_reason_and_end_are_asked_for(closed, cast):
    for missing in ({"reason": ""}, {"ends_at": None}):
        with pytest.raises(ValidationError) as refusal:
            given(closed, user=cast.clerk, granted_by=cast.secretary, **missing).save()
        assert list(refusal.value.message_dict) == list(missing)


def test_exception_once_given_can_only_be_withdrawn(exception, cast):
    exception.reason = "别的"
    with pytest.raises(PermissionDenied):
        exception.save()
    for deed in (
        exception.delete,
        YearException.objects.all().delete,
        lambda: YearException.objects.update(reason="别的"),
        lambda: YearException.objects.bulk_create([exception]),
        lambda: exception.closed_year.exceptions.update(user=cast.secretary),
    ):
        with pytest.raises(PermissionDenied):
            deed()
    exception.refresh_from_db()
    exception.withdraw(moment=timezone.now())
    exception.withdrawn_at = None
    with pytest.raises(PermissionDenied):
        exception.save()


def test_closed_year_stays_closed_through_every_door(closed, cast):
    closed.last_on = date(2017, 6, 30)
    for deed in (
        closed.save,
        closed.delete,
        ClosedYear.objects.all().delete,
        lambda: ClosedYear.objects.update(last_on=date(2017, 6, 30)),
        lambda: ClosedYear.objects.bulk_create([closed]),
        lambda: ClosedYear.objects.bulk_update([closed], ["last_on"]),
    ):
        with pytest.raises(PermissionDenied), transaction.atomic():
            deed()
    assert ClosedYear.objects.get().last_on == date(2017, 12, 31)


def test_year_is_closed_by_a_secretary_of_the_unit_and_once(in_scope, cast, closed):
    for part in ("clerk", "auditor", "colleague"):
        with pytest.raises(ValidationError):
            factories.closed_year(in_scope, getattr(cast, part), 2018)
    with pytest.raises(ValidationError):
        factories.closed_year(in_scope, cast.secretary)


ALTERED = [
    "UPDATE units_closedyear SET last_on = first_on",
    "DELETE FROM units_closedyear",
    "UPDATE units_yearexception SET reason = 'x'",
    "UPDATE units_yearexception SET user_id = granted_by_id",
    "DELETE FROM units_yearexception",
    "DELETE FROM units_changeunderexception",
    "UPDATE units_changeunderexception SET object_id = '0'",
]


@pytest.mark.parametrize("statement", ALTERED)
def test_database_refuses_to_alter_what_is_written_once(exception, cast, in_scope, statement):
    """Check 76: also by hand."""
    added_by(cast.clerk, in_scope)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("table", ["units_closedyear", "units_yearexception"])
def test_database_refuses_to_replace_or_empty_what_is_written_once(exception, table):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # References wait for the end of the transaction, and a TRUNCATE would not wait.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    statement = {
        "sqlite": f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}",  # noqa: S608
        "postgresql": f"TRUNCATE {table} CASCADE",
    }[connection.vendor]
    refused = pytest.raises(DatabaseError)
    with refused as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert "written once" in str(refusal.value)


def test_person_is_erased_though_their_year_is_closed(in_scope, cast):
    """What the law demands is done: the words go, the figures stay (check 59)."""
    member = factories.member(in_scope, "张三丰", party="民盟")
    row = member.memberships.get()
    row.ended_on = AFTER
    row.save()
    factories.activity(in_scope, "张三丰作报告", started_on=IN, summary="张三丰谈了体会")
    factories.closed_year(in_scope, cast.secretary)
    erased = erase(member, reason="本人要求", day=date(2026, 1, 1))
    activity = Activity.objects.get()
    assert (activity.title, activity.summary) == (
        f"{erased.pseudonym}作报告",
        f"{erased.pseudonym}谈了体会",
    )
    activity.title = "改"
    with pytest.raises(YearClosed):
        activity.save()


def test_erasing_names_the_exceptions_that_name_the_person(closed, cast, in_scope):
    """The reason of an exception is written once: people are told to look."""
    member = factories.person(in_scope, "张三丰")
    row = factories.year_exception(closed, cast.clerk, cast.secretary, reason="张三丰的职务有误")
    erased = erase(member, reason="本人要求", day=date(2026, 1, 1))
    assert f"units.YearException {row.pk} reason" in erased.left
