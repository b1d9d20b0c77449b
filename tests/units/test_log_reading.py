"""The log is read along its indexes: a page of a million events takes no longer than one of ten."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from units.log_forms import LogFilterForm
from units.log_reading import events_for, page_of

FILTERS = {
    "everything": {},
    "one account": {"actor": "clerk"},
    "one unit": {"unit": "school"},
    "one action": {"action": "erase"},
    "one record": {"model": "members.member", "object_id": "8"},
    "one kind": {"model": "members.member"},
    "a time": {"since": "2024-01-01", "until": "2024-01-31"},
    "all at once": {"actor": "clerk", "action": "view", "since": "2024-01-01"},
}


def plan_of(statement: str, values: tuple) -> str:
    """How the database goes about it; PostgreSQL is kept from reading a small table whole."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", values)
            return "\n".join(line[3] for line in cursor.fetchall())
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute("SET LOCAL enable_incremental_sort = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute(f"EXPLAIN {statement}", values)
        return "\n".join(line for (line,) in cursor.fetchall())


@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize("before", [None, 500])
def test_every_filter_is_read_along_an_index(cast, school, name, before):
    """Check 71: never the whole log, and never sorted; bench/log.py times it with a million."""
    asked = {**FILTERS[name]}
    for field, row in (("actor", cast.clerk), ("unit", school)):
        if field in asked:
            asked[field] = row.pk
    form = LogFilterForm(asked, auditor=cast.auditor)
    events = form.chosen(events_for(cast.auditor))
    assert form.is_valid(), form.errors
    if before is not None:
        events = events.filter(number__lt=before)
    plan = plan_of(*events.select_related("actor", "unit")[:51].query.sql_with_params())
    whole = ("SCAN units_event\n", "TEMP B-TREE FOR ORDER BY", "Seq Scan on units_event", "Sort ")
    assert [sign for sign in whole if sign in f"{plan}\n"] == [], plan


def test_page_takes_the_same_queries_for_one_event_and_for_many(cast, school):
    """Check 71."""
    queries, shown = [], []
    for number in (5, 50):
        with CaptureQueriesContext(connection) as captured:
            page = page_of(events_for(cast.auditor).filter(number__lte=number), before=None)
        queries.append(len(captured))
        shown.append(len(page.events))
    assert queries[0] == queries[1]
    assert shown[0] < shown[1]
