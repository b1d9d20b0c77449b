"""Triggers by which the database itself refuses to change or delete rows that are written once.

SQLite's REPLACE would delete without asking a DELETE trigger (recursive_triggers is off), so a key
that exists is refused on insert as well. Triggers go with their table where SQLite makes a table
anew to alter it: a migration that alters such a table calls :func:`write_once` again.
"""

from collections.abc import Iterable


def write_once(connection, table: str, *, but: Iterable[str] = ()):
    """Let the rows of ``table`` neither be changed, except in the columns ``but``, nor deleted."""
    _run(connection, _write_once(connection, table, frozenset(but)))


def allow_changes(connection, table: str):
    """Undo :func:`write_once`: for emptying a test database."""
    names = [f"{table}_once_{verb}" for verb in ("update", "delete", "other")]
    on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
    _run(connection, [f"DROP TRIGGER {name}{on_table}" for name in names])


def _write_once(connection, table: str, but: frozenset[str]) -> list[str]:
    same = "IS NOT" if connection.vendor == "sqlite" else "IS DISTINCT FROM"
    changed = " OR ".join(
        f"OLD.{name} {same} NEW.{name}" for name in _columns(connection, table) if name not in but
    )
    when = f"WHEN ({changed})" if but else ""
    message = f"{table} is written once"
    if connection.vendor == "sqlite":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        return [
            f"CREATE TRIGGER {table}_once_update BEFORE UPDATE ON {table} {when} {refuse}",
            f"CREATE TRIGGER {table}_once_delete BEFORE DELETE ON {table} {refuse}",
            f"CREATE TRIGGER {table}_once_other BEFORE INSERT ON {table} "  # noqa: S608
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) {refuse}",
        ]
    refuse = "EXECUTE FUNCTION refuse_change_of_what_is_written_once()"
    return [
        """
        CREATE OR REPLACE FUNCTION refuse_change_of_what_is_written_once() RETURNS trigger
        LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '% is written once', TG_TABLE_NAME; END $$
        """,
        f"CREATE TRIGGER {table}_once_update BEFORE UPDATE ON {table} FOR EACH ROW {when} {refuse}",
        f"CREATE TRIGGER {table}_once_delete BEFORE DELETE ON {table} FOR EACH ROW {refuse}",
        f"CREATE TRIGGER {table}_once_other BEFORE TRUNCATE ON {table} {refuse}",
    ]


def _columns(connection, table: str) -> list[str]:
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, table)
    return [column.name for column in described]


def _run(connection, statements: list[str]):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
