"""Rows that must not share a day: the database itself refuses the second of two.

PostgreSQL does it with an exclusion constraint over half-open ranges of days. SQLite has none:
triggers look for a row that shares a day with the one written. Either judges each statement by
itself; inside :func:`judged_together` they judge what stands at the end, so that the border between
two rows can be moved whichever is saved first.

Every name in the SQL below stands in this code or in a migration; nothing in it is ever typed.

SQLite drops a table's triggers when a migration rebuilds the table (Django does so for many
changes): such a migration calls :func:`refuse_overlaps` again.
"""

import contextlib
from collections.abc import Iterator, Sequence

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

_SHARE_A_DAY = """
    (one.started_on IS NULL OR other.ended_on IS NULL OR one.started_on < other.ended_on)
    AND (one.ended_on IS NULL OR other.started_on IS NULL OR other.started_on < one.ended_on)
"""
# While the row (rule, 0) stands here, the rule's triggers only note which rows to look at later. No
# row of this table can be committed: each refers to one that cannot be.
_LATER = """
    CREATE TABLE IF NOT EXISTS overlaps_judged_later (
        id integer PRIMARY KEY CHECK (id > 0),
        rule text NOT NULL,
        row_id integer NOT NULL,
        ends_before_commit integer NOT NULL DEFAULT 0 CHECK (ends_before_commit = 0)
            REFERENCES overlaps_judged_later (id) DEFERRABLE INITIALLY DEFERRED
    )
"""


def constraint_name(table: str) -> str:
    """What the database calls the rule for ``table`` when it refuses a row."""
    return f"{table}_no_overlap"


def refuse_overlaps(connection, table: str, same: Sequence[str]):
    """Have the database refuse rows of ``table`` that share a day and all columns ``same``."""
    create = {"sqlite": _sqlite_triggers, "postgresql": _postgresql_constraint}
    _run(connection, create[connection.vendor](table, same))


def allow_overlaps(connection, table: str):
    """Take the rule back."""
    name = constraint_name(table)
    drop = {
        "sqlite": [f"DROP TRIGGER IF EXISTS {name}_{verb}" for verb in ("insert", "update")],
        "postgresql": [f"ALTER TABLE {table} DROP CONSTRAINT {name}"],
    }
    _run(connection, drop[connection.vendor])


@contextlib.contextmanager
def judged_together(model: type[models.Model]) -> Iterator[None]:
    """Rows of ``model`` may share days while this lasts; the last word is spoken at its end.

    ValidationError with the model's message if two of them still do; then nothing of it is stored.
    """
    with transaction.atomic():
        _run(connection, _begin(model))
        yield
        try:
            _run(connection, _end(model))
        except IntegrityError as error:
            raise overlap_in(error, model) or error from error


def overlap_in(error: IntegrityError, model: type[models.Model]) -> ValidationError | None:
    """What a person is told if ``error`` says that rows of ``model`` overlap; else None."""
    if constraint_name(model._meta.db_table) in str(error):
        return ValidationError(model.NO_OVERLAP.message, code="overlap")
    return None


def _postgresql_constraint(table: str, same: Sequence[str]) -> list[str]:
    alike = ", ".join(f"{column} WITH =" for column in same)
    return [
        "CREATE EXTENSION IF NOT EXISTS btree_gist",
        f"ALTER TABLE {table} ADD CONSTRAINT {constraint_name(table)} EXCLUDE USING gist"
        f" ({alike}, daterange(started_on, ended_on, '[)') WITH &&)"
        " DEFERRABLE INITIALLY IMMEDIATE",
    ]


def _sqlite_triggers(table: str, same: Sequence[str]) -> list[str]:
    name = constraint_name(table)
    later = f"SELECT 1 FROM overlaps_judged_later WHERE rule = '{name}' AND row_id = 0"  # noqa: S608
    alike = " AND ".join(f"one.{column} = other.{column}" for column in same)
    events = {"insert": "INSERT", "update": f"UPDATE OF {_watched(same)}"}
    body = f"""
        BEGIN
            SELECT RAISE(ABORT, '{name}') FROM {table} AS one JOIN {table} AS other
                ON {alike} AND one.id <> other.id
                WHERE one.id = NEW.id AND {_SHARE_A_DAY} AND NOT EXISTS ({later}) LIMIT 1;
            INSERT INTO overlaps_judged_later (rule, row_id)
                SELECT '{name}', NEW.id WHERE EXISTS ({later});
        END
    """  # noqa: S608
    triggers = [
        f"CREATE TRIGGER {name}_{verb} AFTER {event} ON {table} {body}"
        for verb, event in events.items()
    ]
    return [_LATER, *triggers]


def _watched(same: Sequence[str]) -> str:
    return ", ".join([*same, "started_on", "ended_on"])


def _begin(model: type[models.Model]) -> list[str]:
    name = constraint_name(model._meta.db_table)
    if connection.vendor == "postgresql":
        return [f"SET CONSTRAINTS {name} DEFERRED"]
    return [f"INSERT INTO overlaps_judged_later (rule, row_id) VALUES ('{name}', 0)"]  # noqa: S608


def _end(model: type[models.Model]) -> list[str]:
    table = model._meta.db_table
    name = constraint_name(table)
    if connection.vendor == "postgresql":
        return [f"SET CONSTRAINTS {name} IMMEDIATE"]
    noted = f"FROM overlaps_judged_later WHERE rule = '{name}'"
    # An update that changes nothing has the triggers look at the rows noted.
    return [
        f"DELETE {noted} AND row_id = 0",
        f"UPDATE {table} SET started_on = started_on WHERE id IN (SELECT row_id {noted})",  # noqa: S608
        f"DELETE {noted}",
    ]


def _run(connection, statements: Sequence[str]):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
