"""The database itself refuses to change or delete an event, and to change the detail of one.

SQLite's REPLACE would delete without asking a DELETE trigger (recursive_triggers is off), so a
number that exists is refused on insert as well. The detail of an event may be deleted, because
people have a right to be erased (PIPL 47); the log check asks for the event that did it.
"""

_SQLITE = [
    f"""
    CREATE TRIGGER event_{verb} BEFORE {verb} ON units_event
    BEGIN SELECT RAISE(ABORT, 'events are append-only'); END
    """
    for verb in ("UPDATE", "DELETE")
] + [
    """
    CREATE TRIGGER event_replace BEFORE INSERT ON units_event
    WHEN EXISTS (SELECT 1 FROM units_event WHERE number = NEW.number OR id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'events are append-only'); END
    """,
    """
    CREATE TRIGGER eventdetail_update BEFORE UPDATE ON units_eventdetail
    BEGIN SELECT RAISE(ABORT, 'details of events are not changed'); END
    """,
    """
    CREATE TRIGGER eventdetail_replace BEFORE INSERT ON units_eventdetail
    WHEN EXISTS (SELECT 1 FROM units_eventdetail WHERE event_id = NEW.event_id)
    BEGIN SELECT RAISE(ABORT, 'details of events are not changed'); END
    """,
]

_POSTGRESQL = [
    """
    CREATE FUNCTION refuse_change_of_events() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'events are append-only'; END $$
    """,
    """
    CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE ON units_event
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_events()
    """,
    """
    CREATE TRIGGER event_not_truncated BEFORE TRUNCATE ON units_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_events()
    """,
    """
    CREATE TRIGGER eventdetail_not_changed BEFORE UPDATE ON units_eventdetail
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_events()
    """,
    """
    CREATE TRIGGER eventdetail_not_truncated BEFORE TRUNCATE ON units_eventdetail
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_events()
    """,
]

_DROP = {
    "sqlite": [
        f"DROP TRIGGER {name}"
        for name in (
            "event_UPDATE",
            "event_DELETE",
            "event_replace",
            "eventdetail_update",
            "eventdetail_replace",
        )
    ],
    "postgresql": ["DROP FUNCTION refuse_change_of_events() CASCADE"],
}
_CREATE = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}


def protect(connection):
    """Create the triggers for the database in use."""
    _run(connection, _CREATE)


def unprotect(connection):
    """Drop them: for emptying a test database."""
    _run(connection, _DROP)


def _run(connection, statements):
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)
