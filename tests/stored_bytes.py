"""Everything the database holds, as bytes to search: also what no query shows any more."""

import json

from django.db import connection


def stored_bytes() -> bytes:
    """The whole SQLite file with its free pages; on PostgreSQL every row of every table as text."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        return connection.connection.serialize()
    rows = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608 - names of tables
            rows += [row for (row,) in cursor.fetchall()]
    return "\n".join(rows).encode()


def is_stored(words: str) -> bool:
    """Whether ``words`` stand anywhere in the database, as they are or escaped as in JSON."""
    escaped = json.dumps(words)[1:-1]
    return any(form.encode() in stored_bytes() for form in {words, escaped})


def leave_traces():
    """Let SQLite leave deleted words where they were, as builds without SECURE_DELETE do."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=OFF")
