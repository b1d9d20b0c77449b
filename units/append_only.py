"""The database itself refuses to change or delete an event, and to change the detail of one.

SQLite's REPLACE would delete without asking a DELETE trigger (recursive_triggers is off), so a
number that exists is refused on insert as well. The detail of an event may be deleted, because
people have a right to be erased (PIPL 47); the log check asks for the event that did it.

One narrow way leads out (``units/log_purge.py``): events up to the number in ``units_logpurge`` may
be deleted, and the database takes such a number only where every event up to it is older than 184
days. Those rows are append-only themselves.
"""

KEPT_DAYS = 184
"""The law on network security asks for six months of logs; 184 days are the longest six months."""

_EVENTS = {
    "sqlite": [
        *(
            f"""
            CREATE TRIGGER event_{verb} BEFORE {verb} ON units_event
            BEGIN SELECT RAISE(ABORT, 'events are append-only'); END
            """
            for verb in ("UPDATE", "DELETE")
        ),
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
    ],
    "postgresql": [
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
    ],
}

# A table of the same name in pg_temp would be found first, so the schema is named.
_PURGES = {
    "sqlite": [
        "DROP TRIGGER event_DELETE",
        """
        CREATE TRIGGER event_DELETE BEFORE DELETE ON units_event
        WHEN NOT EXISTS (SELECT 1 FROM units_logpurge WHERE number >= OLD.number)
        BEGIN SELECT RAISE(ABORT, 'events are append-only'); END
        """,
        f"""
        CREATE TRIGGER logpurge_insert BEFORE INSERT ON units_logpurge
        WHEN EXISTS (SELECT 1 FROM units_logpurge WHERE number >= NEW.number OR id = NEW.id)
        OR NOT EXISTS (
            SELECT 1 FROM units_event WHERE number = NEW.number AND digest = NEW.digest
        )
        OR EXISTS (
            SELECT 1 FROM units_event WHERE number <= NEW.number
            AND at > strftime('%Y-%m-%d %H:%M:%S', 'now', '-{KEPT_DAYS} days')
        )
        BEGIN SELECT RAISE(ABORT, 'events are kept for {KEPT_DAYS} days'); END
        """,  # noqa: S608 - a number of our own
        *(
            f"""
            CREATE TRIGGER logpurge_{verb} BEFORE {verb} ON units_logpurge
            BEGIN SELECT RAISE(ABORT, 'purges are append-only'); END
            """
            for verb in ("UPDATE", "DELETE")
        ),
    ],
    "postgresql": [
        "DROP TRIGGER event_append_only ON units_event",
        """
        CREATE TRIGGER event_not_changed BEFORE UPDATE ON units_event
        FOR EACH ROW EXECUTE FUNCTION refuse_change_of_events()
        """,
        """
        CREATE FUNCTION refuse_unless_purged() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE purged boolean;
        BEGIN
            EXECUTE format(
                'SELECT EXISTS (SELECT 1 FROM %I.units_logpurge WHERE number >= $1)',
                TG_TABLE_SCHEMA
            ) INTO purged USING OLD.number;
            IF NOT purged THEN RAISE EXCEPTION 'events are append-only'; END IF;
            RETURN OLD;
        END $$
        """,
        """
        CREATE TRIGGER event_not_deleted BEFORE DELETE ON units_event
        FOR EACH ROW EXECUTE FUNCTION refuse_unless_purged()
        """,
        f"""
        CREATE FUNCTION refuse_early_purge() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE allowed boolean;
        BEGIN
            EXECUTE format(
                'SELECT NOT EXISTS (SELECT 1 FROM %1$I.units_logpurge WHERE number >= $1)
                AND EXISTS (SELECT 1 FROM %1$I.units_event WHERE number = $1 AND digest = $2)
                AND NOT EXISTS (SELECT 1 FROM %1$I.units_event
                    WHERE number <= $1 AND at > clock_timestamp() - interval ''{KEPT_DAYS} days'')',
                TG_TABLE_SCHEMA
            ) INTO allowed USING NEW.number, NEW.digest;
            IF NOT allowed THEN RAISE EXCEPTION 'events are kept for {KEPT_DAYS} days'; END IF;
            RETURN NEW;
        END $$
        """,  # noqa: S608 - a number of our own
        """
        CREATE TRIGGER logpurge_not_early BEFORE INSERT ON units_logpurge
        FOR EACH ROW EXECUTE FUNCTION refuse_early_purge()
        """,
        """
        CREATE TRIGGER logpurge_append_only BEFORE UPDATE OR DELETE ON units_logpurge
        FOR EACH ROW EXECUTE FUNCTION refuse_change_of_events()
        """,
        """
        CREATE TRIGGER logpurge_not_truncated BEFORE TRUNCATE ON units_logpurge
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_events()
        """,
    ],
}

_SQLITE_EVENTS = (
    *("event_UPDATE", "event_DELETE", "event_replace"),
    *("eventdetail_update", "eventdetail_replace"),
)
_NO_EVENTS = {
    "sqlite": [f"DROP TRIGGER {name}" for name in _SQLITE_EVENTS],
    "postgresql": ["DROP FUNCTION refuse_change_of_events() CASCADE"],
}
_NO_PURGES = {
    "sqlite": [f"DROP TRIGGER logpurge_{verb}" for verb in ("insert", "UPDATE", "DELETE")],
    "postgresql": [
        "DROP FUNCTION refuse_unless_purged() CASCADE",
        "DROP FUNCTION refuse_early_purge() CASCADE",
    ],
}


def protect_events(connection):
    """Create the triggers that let nothing out."""
    _run(connection, _EVENTS)


def admit_purges(connection):
    """Let out what ``units_logpurge`` names, and protect that table."""
    _run(connection, _PURGES)


def protect(connection):
    """Create every trigger, for the database in use."""
    protect_events(connection)
    admit_purges(connection)


def unprotect_events(connection):
    """Drop the triggers of :func:`protect_events`."""
    _run(connection, _NO_EVENTS)


def unprotect(connection):
    """Drop every trigger: for emptying a test database."""
    _run(connection, _NO_PURGES)
    unprotect_events(connection)


def _run(connection, statements):
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)
