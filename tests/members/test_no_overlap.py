"""One membership per party and day, one employment per day: held by the database itself.

The rows here are written past every form and past ``clean()``, most of them past the ORM.
"""

import threading
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from members.models import Employment, Membership
from tests import factories
from units.overlaps import judged_together
from units.scoping import scope_of_unit

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2010, 1, 1), date(2015, 1, 1)
KINDS = [Membership, Employment]


def stored(model, person, **fields):
    """The one row that stands already, from FIRST until the day before LAST."""
    make = {Membership: factories.membership, Employment: factories.employment}[model]
    return make(person, **{"started_on": FIRST, "ended_on": LAST, **fields})


def insert(model, person, started_on, ended_on, *, party="05"):
    """Write a row by SQL alone."""
    values = {
        "unit_id": person.unit_id,
        "version": 1,
        "member_id": person.pk,
        "started_on": started_on,
        "started_precision": "day",
        "ended_on": ended_on,
    }
    if model is Membership:
        values["party_id"] = party
    else:
        values |= {"status": "in_service", "full_time_teacher": False}
    marks = ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({', '.join(values)}) VALUES ({marks})",  # noqa: S608
            list(values.values()),
        )


def is_refused(model, person, *days, **fields) -> bool:
    """Whether the database refuses the row by this rule; any other refusal is an error here."""
    try:
        with transaction.atomic():
            insert(model, person, *days, **fields)
    except IntegrityError as error:
        if f"{model._meta.db_table}_no_overlap" not in str(error):
            raise
        return True
    return False


@pytest.mark.parametrize("model", KINDS)
@pytest.mark.parametrize(
    ("started_on", "ended_on"),
    [
        (date(2014, 12, 31), None),
        (date(2014, 12, 31), date(2016, 1, 1)),
        (None, date(2010, 1, 2)),
        (None, None),
        (date(2011, 1, 1), date(2012, 1, 1)),
        (FIRST, LAST),
    ],
)
def test_database_refuses_a_shared_day(in_scope, model, started_on, ended_on):
    person = factories.person(in_scope)
    stored(model, person)
    assert is_refused(model, person, started_on, ended_on)


@pytest.mark.parametrize("model", KINDS)
@pytest.mark.parametrize(("started_on", "ended_on"), [(LAST, None), (None, FIRST)])
def test_database_takes_the_day_on_which_the_other_ended(in_scope, model, started_on, ended_on):
    person = factories.person(in_scope)
    stored(model, person)
    assert not is_refused(model, person, started_on, ended_on)


@pytest.mark.parametrize("model", KINDS)
def test_database_knows_that_an_open_row_never_ends(in_scope, model):
    person = factories.person(in_scope)
    stored(model, person, started_on=None, ended_on=None)
    assert is_refused(model, person, date(2100, 1, 1), None)
    assert is_refused(model, person, date(1900, 1, 1), date(1900, 1, 2))


@pytest.mark.parametrize("model", KINDS)
def test_database_takes_the_same_days_of_somebody_else(in_scope, model):
    stored(model, factories.person(in_scope))
    assert not is_refused(model, factories.person(in_scope), FIRST, LAST)


def test_database_takes_two_parties_at_once(in_scope):
    person = factories.person(in_scope)
    stored(Membership, person)
    assert not is_refused(Membership, person, FIRST, LAST, party="07")


@pytest.mark.parametrize("model", KINDS)
@pytest.mark.parametrize(
    ("column", "value"), [("started_on", "2014-12-31"), ("member_id", None)], ids=["days", "person"]
)
def test_database_refuses_an_update_by_sql(in_scope, model, column, value):
    """A later row is moved into the days of another, or given to another person."""
    person, other = factories.person(in_scope), factories.person(in_scope)
    stored(model, person)
    later = stored(model, person if value else other, started_on=LAST, ended_on=None)
    if column == "member_id":
        stored(model, person, started_on=LAST, ended_on=None)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {model._meta.db_table} SET {column} = %s WHERE id = %s",  # noqa: S608
            [value or person.pk, later.pk],
        )
    later.refresh_from_db()
    assert later.started_on == LAST


@pytest.mark.parametrize("model", KINDS)
def test_reversed_days_are_refused_as_such(in_scope, model):
    """Trap: a range of reversed days is a DataError on PostgreSQL. The check comes first."""
    person = factories.person(in_scope)
    with pytest.raises(IntegrityError, match="ends_after_start"), transaction.atomic():
        insert(model, person, LAST, FIRST)
    row = model(unit=in_scope, member=person, started_on=LAST, ended_on=FIRST)
    if model is Membership:
        row.party = factories.party()
    with pytest.raises(ValidationError):
        row.full_clean()


@pytest.mark.parametrize("model", KINDS)
def test_saving_unchecked_says_the_same_as_the_form(in_scope, model):
    person = factories.person(in_scope)
    row = stored(model, person)
    again = model(unit=in_scope, member=person, started_on=FIRST)
    if model is Membership:
        again.party = row.party
    said = []
    for deed in (again.full_clean, again.save):
        with pytest.raises(ValidationError) as refused, transaction.atomic():
            deed()
        said += refused.value.messages
    assert said == [str(model.NO_OVERLAP.message)] * 2
    assert model.objects.count() == 1


# --- several rows together ---


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("border", [date(2012, 1, 1), date(2018, 1, 1)])
@pytest.mark.parametrize("model", KINDS)
def test_border_between_two_rows_is_moved_in_any_order(in_scope, model, border, order):
    person = factories.person(in_scope)
    rows = [stored(model, person), stored(model, person, started_on=LAST, ended_on=None)]
    rows[0].ended_on = rows[1].started_on = border
    with judged_together(model):
        for position in order:
            rows[position].save()
    assert model.objects.on(border).get() == rows[1]


@pytest.mark.parametrize("model", KINDS)
def test_rows_ended_and_begun_in_one_transaction(in_scope, model):
    person = factories.person(in_scope)
    row = stored(model, person, ended_on=None)
    with transaction.atomic():
        row.ended_on = LAST
        row.save()
        insert(model, person, LAST, None)
    assert model.objects.filter(member=person).count() == 2


@pytest.mark.parametrize("model", KINDS)
def test_rows_that_overlap_at_the_end_are_refused_together(in_scope, model):
    person = factories.person(in_scope)
    row = stored(model, person)

    def overlap():
        with judged_together(model):
            row.started_on = date(2009, 1, 1)
            row.save()
            insert(model, person, date(2012, 1, 1), None)

    with pytest.raises(ValidationError) as refused:
        overlap()
    assert refused.value.messages == [str(model.NO_OVERLAP.message)]
    row.refresh_from_db()
    assert (row.started_on, model.objects.count()) == (FIRST, 1)
    assert is_refused(model, person, FIRST, None)


@pytest.mark.django_db(transaction=True)
def test_judging_later_cannot_be_committed(school):
    """Whoever switches the rule off by SQL cannot leave it off."""
    person = factories.person(school)
    stored(Membership, person)
    begin = {
        "sqlite": "INSERT INTO overlaps_judged_later (rule, row_id)"
        " VALUES ('members_membership_no_overlap', 0)",
        "postgresql": "SET CONSTRAINTS members_membership_no_overlap DEFERRED",
    }[connection.vendor]

    def overlap():
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(begin)
            insert(Membership, person, FIRST, LAST)

    with pytest.raises(IntegrityError):
        overlap()
    with scope_of_unit(school):
        assert Membership.objects.count() == 1


# --- at the same instant ---


def at_the_same_instant(deed, writers: int = 4) -> list[Exception | None]:
    """What each of several threads got that did ``deed`` together."""
    ready, results = threading.Barrier(writers), []

    def write():
        try:
            ready.wait(10)
            with transaction.atomic():
                deed()
            results.append(None)
        except Exception as error:  # noqa: BLE001 - whatever went wrong is the test's result
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _each in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("model", KINDS)
def test_of_writers_at_the_same_instant_one_wins_by_sql(school, model):
    person = factories.person(school)
    results = at_the_same_instant(lambda: insert(model, person, FIRST, None))
    assert [type(each) for each in results if each] == [IntegrityError] * 3
    with scope_of_unit(school):
        assert model.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_writers_at_the_same_instant_one_wins_by_save(school):
    person, league = factories.person(school), factories.party()

    def save():
        with scope_of_unit(school):
            Membership(unit=school, member=person, party=league, started_on=FIRST).save()

    results = at_the_same_instant(save)
    assert [type(each) for each in results if each] == [ValidationError] * 3
    with scope_of_unit(school):
        assert Membership.objects.count() == 1
        assert Membership.history.count() == 1
