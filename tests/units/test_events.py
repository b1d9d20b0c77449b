"""The change log: what it holds, that nothing gets around it, and that nobody can alter it."""

import threading

import pytest
from django.db import DatabaseError, connection, transaction
from django_scopes.exceptions import ScopeError

from activities.models import Activity
from consultations.models import Consultation
from members.models import Member
from tests import factories
from units.acting import Act, acting, because
from units.events import Action, Event, append, head, record
from units.models import RoleGrant, User
from units.roles import Role
from units.scoping import StaleRow, scope_of_unit

pytestmark = pytest.mark.django_db


def events_of(row) -> list[tuple[str, dict]]:
    """(action, detail) of every event about a row, oldest first."""
    found = Event.objects.filter(
        model=row._meta.concrete_model._meta.label_lower, object_id=str(row.pk)
    ).order_by("number")
    return [
        (event.action, getattr(event, "detail", None) and event.detail.content) for event in found
    ]


def newest_detail(row) -> dict:
    return events_of(row)[-1][1]


def test_change_by_save_has_one_event_with_before_and_after(in_scope):
    """Check 66."""
    member = factories.member(in_scope, name="陈喆")
    member.name = "陈珺"
    member.save()
    assert [action for action, _ in events_of(member)] == ["create", "change"]
    assert newest_detail(member) == {
        "name": ["陈喆", "陈珺"],
        "sort_key": ["chen2陈 zhe2喆", "chen2陈 jun4珺"],
        "initials": ["cz", "cj"],
        "find_key": ["chenzhe cz", "chenjun cj"],
    }


def test_creation_and_deletion_have_an_event_each(in_scope):
    """Check 66."""
    theme = factories.theme(in_scope, name="中国梦教育行")
    pk = theme.pk
    theme.delete()
    theme.pk = pk
    assert [action for action, _ in events_of(theme)] == ["create", "delete"]
    assert newest_detail(theme)["name"] == ["中国梦教育行", None]


def test_update_of_many_rows_has_an_event_and_a_version_each(in_scope):
    """Probe 14."""
    first, second = (factories.theme(in_scope, name=name) for name in ("甲", "乙"))
    type(first).objects.filter(pk__in=[first.pk, second.pk]).update(position=7)
    for theme in (first, second):
        assert newest_detail(theme) == {"position": [theme.position, 7]}
        assert theme.history.count() == 2
        theme.refresh_from_db()
        assert theme.version == 2


def test_bulk_create_has_an_event_and_a_version_for_each_row(in_scope):
    """Probe 14."""
    model = type(factories.theme(in_scope, name="甲"))
    made = model.objects.bulk_create([model(unit=in_scope, name=name) for name in ("乙", "丙")])
    assert [events_of(row)[0][0] for row in made] == ["create", "create"]
    assert [row.history.count() for row in made] == [1, 1]


def test_bulk_update_has_an_event_for_each_row(in_scope):
    """Probe 14."""
    themes = [factories.theme(in_scope, name=name) for name in ("甲", "乙")]
    for position, theme in enumerate(themes, start=5):
        theme.position = position
    type(themes[0]).objects.bulk_update(themes, ["position"])
    assert [newest_detail(theme)["position"][1] for theme in themes] == [5, 6]


def test_many_to_many_change_has_an_event(in_scope):
    """Probe 14."""
    activity = factories.activity(in_scope)
    theme = factories.theme(in_scope, name="甲")
    activity.themes.add(theme)
    assert newest_detail(activity) == {"themes": {"added": [theme.pk]}}
    activity.themes.clear()
    assert newest_detail(activity) == {"themes": {"removed": [theme.pk]}}


def test_consultation_and_activity_share_one_history(in_scope):
    symposium = factories.consultation(in_scope)
    symposium.title = "座谈会"
    symposium.save()
    activity = Activity.objects.get(pk=symposium.pk)
    assert activity.history.count() == symposium.history.count() == 2
    assert Consultation.history.model is Activity.history.model


def test_event_knows_who_when_why_and_which_request(in_scope, cast):
    """Check 66."""
    act = Act(user=cast.clerk, source="/x/", request_id="r-1", address="127.0.0.1")
    with acting(act), because("补录"):
        factories.theme(in_scope, name="甲")
    event = Event.objects.first()
    assert (event.actor, event.source, event.request_id, event.address, event.reason) == (
        cast.clerk,
        "/x/",
        "r-1",
        "127.0.0.1",
        "补录",
    )
    assert event.unit == in_scope


def test_password_is_never_in_the_log(school):
    """Check 61."""
    user = factories.user(Role.CLERK, unit=school, username="nobody-else")
    user.set_password("another-long-passphrase")
    user.save()
    assert newest_detail(user)["password"] == ["•••", "•••"]


def test_rolled_back_change_leaves_no_event(in_scope):
    """Check 66."""
    before = Event.objects.count()
    with transaction.atomic():
        factories.theme(in_scope, name="甲")
        transaction.set_rollback(True)
    assert Event.objects.count() == before


def test_change_fails_when_its_event_cannot_be_written(in_scope):
    """Check 72: no change without its event."""
    theme = factories.theme(in_scope, name="甲")
    refuse = {
        "sqlite": "BEGIN SELECT RAISE(ABORT, 'the log is full'); END",
        "postgresql": "FOR EACH ROW EXECUTE FUNCTION refuse_change_of_events()",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TRIGGER log_is_full BEFORE INSERT ON units_event {refuse}")
    theme.name = "乙"
    with pytest.raises(DatabaseError):
        theme.save()
    with connection.cursor() as cursor:
        on_table = " ON units_event" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER log_is_full{on_table}")
    theme.refresh_from_db()
    assert theme.name == "甲"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE units_event SET reason = 'x'",
        "DELETE FROM units_event",
        "UPDATE units_eventdetail SET salt = 'x'",
    ],
)
def test_database_refuses_to_alter_events(in_scope, statement):
    """Check 67."""
    factories.theme(in_scope, name="甲")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_database_refuses_to_replace_or_empty_events(in_scope):
    """Check 67: INSERT OR REPLACE on SQLite, TRUNCATE on PostgreSQL."""
    factories.theme(in_scope, name="甲")
    statement = {
        "sqlite": "INSERT OR REPLACE INTO units_event SELECT * FROM units_event WHERE number = 1",
        "postgresql": "TRUNCATE units_event CASCADE",
    }[connection.vendor]
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_history_outside_a_scope_raises(school):
    """Check 30."""
    with scope_of_unit(school):
        factories.member(school, name="陈喆")
    with pytest.raises(ScopeError):
        list(Member.history.all())


def test_history_of_another_unit_is_not_seen(school, other_school):
    """Check 24."""
    with scope_of_unit(other_school):
        factories.member(other_school, name="外人")
    with scope_of_unit(school):
        assert list(Member.history.all()) == []


def test_second_of_two_savers_is_refused(in_scope):
    """Check 78. Probe 15."""
    theme = factories.theme(in_scope, name="甲")
    one, other = (type(theme).objects.get(pk=theme.pk) for _ in range(2))
    one.name = "乙"
    one.save()
    other.name = "丙"
    with pytest.raises(StaleRow):
        other.save()
    theme.refresh_from_db()
    assert (theme.name, theme.version) == ("乙", 2)


def test_role_change_has_an_event(school):
    """Check 66."""
    user = factories.user(Role.CLERK, unit=school, username="someone")
    grant = RoleGrant.objects.create(user=user, unit=school, role=Role.VIEWER)
    assert newest_detail(grant)["role"] == [None, "viewer"]


def test_look_at_a_record_is_an_event(in_scope):
    member = factories.member(in_scope, name="陈喆")
    record(Action.VIEW, row=member, field="phone")
    assert events_of(member)[-1] == ("view", {"field": "phone"})


@pytest.mark.django_db(transaction=True)
def test_parallel_writers_keep_one_chain(school):
    """Check 69, probe 22: eight writers at once leave numbers without gap or fork."""
    writers, each = 8, 12
    failures = []

    def write():
        try:
            for _ in range(each):
                record(Action.VIEW, unit=school)
        except Exception as error:  # noqa: BLE001 - whatever went wrong is the test's result
            failures.append(error)
        finally:
            connection.close()

    before, _digest = head()
    threads = [threading.Thread(target=write) for _ in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    events = list(Event.objects.filter(number__gt=before).order_by("number"))
    assert [event.number for event in events] == list(
        range(before + 1, before + 1 + writers * each)
    )
    links = [(one.digest, two.previous) for one, two in zip(events, events[1:], strict=False)]
    assert all(digest == previous for digest, previous in links)


def test_append_of_nothing_writes_nothing():
    before = head()
    append([])
    assert head() == before


def test_accounts_are_recorded_as_well(school):
    user = factories.user(Role.CLERK, unit=school, username="someone")
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert newest_detail(user) == {"is_active": [True, False]}


def test_link_made_from_the_other_end_has_an_event(in_scope):
    """Check 66: Django writes ``series.activities.add(…)`` as an update of its own."""
    activity, series = factories.activity(in_scope), factories.series(in_scope)
    series.activities.add(activity)
    assert newest_detail(activity) == {"series_id": [None, series.pk]}
    assert activity.history.count() == 2
