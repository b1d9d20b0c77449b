"""A closed year: no door leads into it, out of it, or changes what is in it."""

from datetime import date

import pytest
from django.core import serializers
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from activities.models import Activity, Evidence, Grant, GuestGroup, NotNeeded, Talk
from consultations.models import Suggestion
from members.models import Employment, Member
from members.person_rows import unit_models
from tests import factories
from tests.units.full_year import (
    AFTER,
    HELD,
    IN,
    MOVED,
    REFERRED_TO,
    copy_of,
    fresh,
    refused,
    stored_values,
    with_values,
    year_full_of_rows,
)
from units.acting import Act, acting
from units.models import UnitYear
from units.scoping import UnitRow, scope_of_unit
from units.year_lock import YearClosed


@pytest.fixture
def rows(in_scope, cast):
    """The year 2017 full of rows, and closed."""
    made = year_full_of_rows(in_scope)
    factories.closed_year(in_scope, cast.secretary)
    return made


def test_every_kind_of_record_says_to_which_years_it_belongs(rows):
    """On a failure: give the new kind a ``dating`` of its own (:mod:`units.dating`), if only ()."""
    silent = [model for model in unit_models() if _place_of_dating(model) is UnitRow]
    assert silent == []
    undated = [model for model in unit_models() if not model.dating]
    assert {model.__name__ for model in undated if _dates_of(model)} == {
        # Of no year of the report: what people are entitled to, and what is set up or sealed.
        *("Member", "Consent", "CorrectionRequest", "LegalHold", "Erasure", "MergedEntry"),
        *("ClosedYear", "YearException", "Report", "Step", "Seal", "SheetImport"),
        # What was promised for years to come, and when an account was closed.
        *("Pledge", "RoundStep"),
        # What was said of a text while it was written, and which reminders went out.
        *("TextAnswer", "Reminder"),
    }
    dated = {model for model in unit_models() if model.dating}
    assert dated == set(rows) == set(HELD)


def _place_of_dating(model) -> type:
    return next(kind for kind in model.__mro__ if "dating" in vars(kind))


def _dates_of(model) -> list[str]:
    return [f.name for f in model._meta.concrete_fields if isinstance(f, models.DateField)]


@pytest.mark.parametrize("model", HELD, ids=lambda model: model.__name__)
def test_row_of_a_closed_year_is_neither_changed_nor_deleted(rows, model):
    """Check 76, probe 17: through save, queryset and bulk operations."""
    row, (values, _moved) = rows[model], HELD[model]
    before = stored_values(row)
    name = next(iter(values or {}), None)
    changes = [
        lambda: with_values(row, values).save(),
        lambda: with_values(row, values).save(update_fields=[name]),
        lambda: with_values(row, values).full_clean(),
        lambda: model.objects.filter(pk=row.pk).update(**values),
        lambda: model.objects.bulk_update([with_values(row, values)], [name]),
    ]
    deletions = [lambda: fresh(row).delete(), lambda: model.objects.filter(pk=row.pk).delete()]
    for deed in (changes if values else []) + ([] if model in REFERRED_TO else deletions):
        refused(deed)
    assert stored_values(row) == before


@pytest.mark.parametrize("model", MOVED, ids=lambda model: model.__name__)
def test_row_is_moved_neither_out_of_a_closed_year_nor_into_it(rows, model, in_scope):
    """Check 76, probe 17."""
    row, later = rows[model], MOVED[model]
    earlier = {name: getattr(fresh(row), name) for name in later}
    refused(lambda: with_values(row, later).save())
    refused(lambda: model.objects.filter(pk=row.pk).update(**later))
    other = with_values_copied(row, later)
    refused(lambda: with_values(other, earlier).save())
    refused(lambda: model.objects.filter(pk=other.pk).update(**earlier))
    assert {name: getattr(fresh(other), name) for name in later} == later


def with_values_copied(row, values):
    """A second row like ``row`` in an open year; unique fields made different."""
    other = copy_of(row)
    for name, value in values.items():
        setattr(other, name, value)
    for name, value in {"name": "另一个", "number": 77, "deed": "visit"}.items():
        setattr(other, name, value)
    newcomer, colleague = (Member.objects.get(name=name) for name in ("王五", "李四"))
    other.friend = newcomer
    other.member = newcomer if isinstance(other, Employment) else colleague
    other.save()
    return other


CREATABLE = [m for m in HELD if m not in (Evidence, NotNeeded, Talk, UnitYear)]


@pytest.mark.parametrize("model", CREATABLE, ids=lambda model: model.__name__)
def test_row_is_not_added_to_a_closed_year(rows, model):
    """Check 76: by every way of making one."""
    row = rows[model]
    values = {
        f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.name != "id"
    }
    ways = [
        lambda: copy_of(row).save(),
        lambda: model.objects.create(**values),
        lambda: model.objects.bulk_create([copy_of(row)]),
        lambda: serializers.base.DeserializedObject(copy_of(row)).save(),
    ]
    number = model.objects.count()
    for way in ways:
        refused(way)
    assert model.objects.count() == number


def test_row_read_with_its_key_from_a_file_does_not_slip_out(rows):
    """What loaddata does: a row with its key counts as new, though it stands in the table."""
    stored = fresh(rows[Activity])
    moved = copy_of(stored)
    moved.pk, moved.version, moved.started_on = stored.pk, stored.version + 1, AFTER
    refused(lambda: serializers.base.DeserializedObject(moved).save())
    refused(moved.save)
    assert fresh(stored).started_on == IN


def test_row_changed_in_memory_cannot_deceive(rows):
    """What is stored counts, not what an object in memory says of it or of its parent."""
    grant, activity = fresh(rows[Grant]), fresh(rows[Activity])
    grant.granted_on = activity.started_on = AFTER
    refused(grant.delete)
    activity.save(update_fields=["title"])
    refused(activity.save)
    guests = GuestGroup(unit=activity.unit, activity=activity, capacity="家长")
    refused(guests.save)


def test_what_a_row_is_linked_with_is_held(rows, in_scope):
    """Check 76: from both ends."""
    activity, suggestion = rows[Activity], rows[Suggestion]
    theme, member = factories.theme(in_scope), factories.person(in_scope)
    open_activity = factories.activity(in_scope, started_on=AFTER, themes=[theme])
    for deed in (
        lambda: activity.themes.add(theme),
        lambda: activity.themes.set([theme]),
        lambda: theme.activities.add(activity),
        lambda: suggestion.proposers.add(member),
        lambda: member.suggestions.set([suggestion]),
    ):
        refused(deed)
    theme.activities.remove(open_activity)
    activity.themes.clear()
    activity.themes.add(*[])
    assert (activity.themes.count(), open_activity.themes.count()) == (0, 0)


def test_links_of_a_closed_year_are_not_taken_away(in_scope, cast):
    theme = factories.theme(in_scope)
    activity = factories.activity(in_scope, started_on=IN, themes=[theme])
    factories.closed_year(in_scope, cast.secretary)
    for deed in (
        lambda: activity.themes.clear(),
        lambda: activity.themes.remove(theme),
        lambda: activity.themes.set([]),
        lambda: theme.activities.clear(),
    ):
        refused(deed)
    assert activity.themes.get() == theme


def test_other_years_and_other_units_stay_open(rows, in_scope, other_school):
    for day in (date(2016, 12, 31), date(2018, 1, 1)):
        activity = factories.activity(in_scope, started_on=day)
        activity.title = "改"
        activity.save()
        activity.delete()
    with scope_of_unit(other_school):
        factories.activity(other_school, started_on=IN).delete()


def test_refusal_says_what_is_closed_since_when_and_whom_to_ask(in_scope, cast):
    factories.closed_year(in_scope, cast.secretary)
    with acting(Act(user=cast.clerk)), pytest.raises(YearClosed) as refusal:
        Activity.objects.create(unit=in_scope, kind="visit", title="春游", started_on=IN)
    assert refusal.value.messages == [
        "“春游”属于2017年度（2017-01-01至2017-12-31），该年度已由"
        f"{cast.secretary}于2018-01-05签发总结并封存：其中的记录不能增加、修改、移动或删除。"
        f"没有保存任何内容。确需更正的，请写明理由，向{cast.secretary}申请例外。"
    ]


def test_refusal_sends_the_only_secretary_to_another(in_scope, cast):
    factories.closed_year(in_scope, cast.secretary)
    with acting(Act(user=cast.secretary)), pytest.raises(YearClosed) as refusal:
        Activity.objects.create(unit=in_scope, kind="visit", started_on=IN)
    assert "向本单位另一位书记申请例外" in refusal.value.messages[0]


def queries_of_saving(row) -> list[str]:
    row.title = f"{row.title}改"
    with CaptureQueriesContext(connection) as queries:
        row.save()
    return [query["sql"] for query in queries]


def test_lock_asks_once_for_each_save(in_scope, cast):
    """One cheap query, whether no year is closed or another one is."""
    row = factories.activity(in_scope, started_on=AFTER)
    about_years = [sql for sql in queries_of_saving(row) if "closedyear" in sql]
    with_none = len(queries_of_saving(row))
    assert len(about_years) == 1
    factories.closed_year(in_scope, cast.secretary)
    assert len(queries_of_saving(row)) <= with_none + 1


def test_lock_asks_nothing_of_what_belongs_to_no_year(in_scope):
    theme = factories.theme(in_scope)
    theme.position = 3
    with CaptureQueriesContext(connection) as queries:
        theme.save()
    assert [query["sql"] for query in queries if "closedyear" in query["sql"]] == []


def test_lock_asks_once_for_many_rows(in_scope):
    """The same for one row and for thirty."""
    numbers = []
    for size in (1, 30):
        rows = [Activity(unit=in_scope, kind="study", started_on=AFTER) for _ in range(size)]
        with CaptureQueriesContext(connection) as queries:
            Activity.objects.bulk_create(rows)
        numbers.append(sum("closedyear" in query["sql"] for query in queries))
    assert numbers == [1, 1]
