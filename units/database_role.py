"""The rights of the program's own role in PostgreSQL: to work with rows, and nothing else.

The tables belong to another role, which runs the migrations. So whoever gets hold of the running
program can neither change the tables nor the change log's past (GB/T 22239: least privilege).
"""

from django.db import connection
from django.utils.translation import gettext as _

_ROWS = "SELECT, INSERT, UPDATE, DELETE"
_LESS = {
    "units_event": "SELECT, INSERT",
    # Erasing a person takes details away (PIPL 47); the log check asks for the event that did it.
    "units_eventdetail": "SELECT, INSERT, DELETE",
    "units_logpurge": "SELECT",
    "django_migrations": "SELECT",
}


class RoleRefused(Exception):  # noqa: N818 - it names what happened
    """The role cannot be the program's own; the message says why."""


def rights_on_tables() -> dict[str, str]:
    """{table: what the program's role may do with it, as GRANT words it}

    Rows that are written once (:mod:`units.write_once`) are added and read; where some column of
    them may change, the table's trigger says which.
    """
    less = {
        table: "SELECT, INSERT, UPDATE" if changes else "SELECT, INSERT"
        for table, changes in _rows("""
            SELECT c.relname, t.tgqual IS NOT NULL
            FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
            WHERE t.tgname = c.relname || '_once_update'
        """)
    }
    tables = connection.introspection.table_names()
    return {table: {**less, **_LESS}.get(table, _ROWS) for table in tables}


def grant_rights(role: str) -> int:
    """Give ``role`` exactly the rights of the program on every table; returns on how many.

    Run by the role that owns the tables. RoleRefused, and nothing is granted, for a role with more
    rights than any role should have to whom the program belongs.
    """
    if connection.vendor != "postgresql":
        raise RoleRefused(_("Only PostgreSQL has such roles."))
    _refuse_powerful(role)
    _refuse_owner(role)
    quoted, schema = connection.ops.quote_name(role), _schema()
    tables = rights_on_tables()
    with connection.cursor() as cursor:
        cursor.execute(f"REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC, {quoted}")
        cursor.execute(f"GRANT USAGE ON SCHEMA {schema} TO {quoted}")
        for kind in ("TABLES", "SEQUENCES", "FUNCTIONS"):
            cursor.execute(f"REVOKE ALL ON ALL {kind} IN SCHEMA {schema} FROM PUBLIC, {quoted}")
        for table, rights in tables.items():
            name = connection.ops.quote_name(table)
            cursor.execute(f"GRANT {rights} ON {name} TO {quoted}")
    _refuse_maker_of_tables(role)
    return len(tables)


def may_change_tables() -> bool:
    """Whether migrations can run under the role of this connection."""
    if connection.vendor != "postgresql":
        return True
    return _answer("SELECT has_schema_privilege(current_schema(), 'CREATE')")


def _refuse_powerful(role: str):
    attributes = _answer(
        "SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls OR rolreplication"
        " FROM pg_roles WHERE rolname = %s",
        role,
    )
    if attributes is None:
        raise RoleRefused(_("There is no role %(role)s.") % {"role": role})
    if attributes:
        raise RoleRefused(_("The role %(role)s is more than a user of tables.") % {"role": role})


def _refuse_owner(role: str):
    owns = _answer(
        "SELECT EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = current_schema() AND pg_has_role(%s, c.relowner, 'MEMBER'))",
        role,
    )
    if owns:
        raise RoleRefused(
            _("The role %(role)s owns tables: let another role run the migrations.")
            % {"role": role}
        )


def _refuse_maker_of_tables(role: str):
    """Before PostgreSQL 15 everybody may make tables, and only a superuser can forbid it."""
    if _answer("SELECT has_schema_privilege(%s, current_schema(), 'CREATE')", role):
        raise RoleRefused(
            _(
                "Everybody may make tables here. As PostgreSQL's superuser, in this database: "
                "REVOKE CREATE ON SCHEMA %(schema)s FROM PUBLIC;"
            )
            % {"schema": _schema()}
        )


def _schema() -> str:
    return connection.ops.quote_name(_answer("SELECT current_schema()"))


def _answer(question: str, *values: str):
    rows = _rows(question, *values)
    return rows[0][0] if rows else None


def _rows(question: str, *values: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchall()
