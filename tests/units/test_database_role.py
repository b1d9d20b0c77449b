"""The program's own role in PostgreSQL: it works with rows, and can do nothing to the log's past.

On SQLite there are no roles, and the command says so.
"""

import os
from contextlib import contextmanager
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from members.erasing import erase
from members.models import Contact, Member
from tests import factories
from tests.admin_forms import form_data
from tests.units.signing_in import account, signed_in
from units.database_role import may_change_tables, rights_on_tables
from units.events import Action, Event
from units.log_check import faults
from units.management.commands.prepare import migrate
from units.roles import Role
from units.scoping import scope_of_unit

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

ROLE = f"records_app_{os.getpid()}"
ALL = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
LOG = (
    *("units_closedyear", "units_event", "units_eventdetail", "units_logpurge"),
    "django_migrations",
)


def sql(statement: str, *values):
    """Run one statement; the first column of its first row."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        row = cursor.fetchone() if cursor.description else None
    return row[0] if row else None


def has_roles() -> bool:
    """Whether the database in use has roles; if not, that the command says so."""
    if connection.vendor == "postgresql":
        return True
    with pytest.raises(CommandError) as refused:
        call_command("grant_database_role", ROLE)
    assert refused.value.returncode == 2
    return False


def make_role(attributes: str = ""):
    """A role, gone again when the test's transaction is rolled back."""
    sql(f"CREATE ROLE {ROLE} {attributes}")
    sql(f"GRANT {ROLE} TO CURRENT_USER")


@contextmanager
def under_the_role():
    """Everything inside is asked of the database by the program's own role."""
    sql(f"SET ROLE {ROLE}")
    yield
    sql("RESET ROLE")


def is_refused(statement: str) -> bool:
    """Whether the database refuses for want of rights, and for no other reason."""
    try:
        with transaction.atomic():
            sql(statement)
    except DatabaseError as error:
        return "permission denied" in str(error) or "must be owner" in str(error)
    return False


def granted() -> dict[str, set[str]]:
    """{table: what the role may do with it}"""
    question = "SELECT has_table_privilege(%s, %s, %s)"
    return {
        table: {right for right in ALL if sql(question, ROLE, table, right)}
        for table in connection.introspection.table_names()
    }


def test_program_role_may_do_exactly_this():
    """Check 23: rows of every table; of the log, to add and to read; no table is its own."""
    if not has_roles():
        return
    make_role()
    call_command("grant_database_role", ROLE)
    tables = granted()
    assert tables == {t: set(rights.split(", ")) for t, rights in rights_on_tables().items()}
    assert tables["members_member"] == {"SELECT", "INSERT", "UPDATE", "DELETE"}
    assert tables["units_yearexception"] == {"SELECT", "INSERT", "UPDATE"}
    assert {table: tables[table] for table in LOG} == {
        "units_closedyear": {"SELECT", "INSERT"},
        "units_event": {"SELECT", "INSERT"},
        "units_eventdetail": {"SELECT", "INSERT", "DELETE"},
        "units_logpurge": {"SELECT"},
        "django_migrations": {"SELECT"},
    }
    assert sql("SELECT rolsuper FROM pg_roles WHERE rolname = %s", ROLE) is False
    assert not sql("SELECT count(*) FROM pg_tables WHERE tableowner = %s", ROLE)
    assert not sql("SELECT has_schema_privilege(%s, current_schema(), 'CREATE')", ROLE)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE units_event SET reason = 'x'",
        "DELETE FROM units_event",
        "TRUNCATE units_event CASCADE",
        "INSERT INTO units_event (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET number = 2",
        "UPDATE units_eventdetail SET salt = 'x'",
        "DELETE FROM units_closedyear",
        "INSERT INTO units_logpurge (number, digest, archive_digest, purged_at, seal)"
        " VALUES (1, '', '', now(), '')",
        "ALTER TABLE units_event DISABLE TRIGGER ALL",
        "DROP TRIGGER event_not_changed ON units_event",
        "DROP FUNCTION refuse_change_of_events() CASCADE",
        "CREATE OR REPLACE FUNCTION refuse_change_of_events() RETURNS trigger"
        " LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "ALTER TABLE members_member ADD COLUMN x integer",
        "DROP TABLE members_member CASCADE",
        "CREATE TABLE mine (x integer)",
        "SET session_replication_role = 'replica'",
        "DELETE FROM django_migrations",
    ],
)
def test_program_role_alters_neither_log_nor_tables(school, statement):
    """Checks 23 and 67: asked straight of the database, past all of the program."""
    if not has_roles():
        return
    make_role()
    call_command("grant_database_role", ROLE)
    with under_the_role():
        assert is_refused(statement)
    assert not is_refused("SELECT count(*) FROM units_event")


def test_program_works_under_its_role(school):
    """Check 23: signing in, keeping a record, looking, exporting, erasing, checking the log."""
    if not has_roles():
        return
    account(Role.SECRETARY, school, username="secretary")
    leaver = factories.person(school, "张三丰")
    factories.employment(leaver, ended_on=date(2018, 7, 1))
    contact = factories.rows.saved(Contact(member=leaver, phone="13912345678"))
    make_role()
    call_command("grant_database_role", ROLE)
    with under_the_role():
        browser = signed_in("secretary")
        page = reverse("admin:members_member_change", args=[leaver.pk])
        saved = browser.post(page, {**form_data(browser.get(page)), "name": "张三峰"})
        looked = browser.post(reverse("person-contact", args=[leaver.pk]))
        exported = browser.get(reverse("person-sheet", args=[leaver.pk]))
        with scope_of_unit(school):
            erase(Member.objects.get(pk=leaver.pk), reason="本人申请", day=date(2026, 3, 2))
        assert list(faults([])) == []
    assert (saved.status_code, looked.status_code, exported.status_code) == (302, 200, 200)
    assert contact.phone in looked.content.decode()
    assert Event.objects.filter(action=Action.ERASE).exists()


def test_what_was_granted_too_much_is_taken_back():
    """Check 23: the command may be run again after each migration, and leaves no old right."""
    if not has_roles():
        return
    make_role()
    sql(f"GRANT ALL ON units_event TO {ROLE}")
    sql("GRANT DELETE ON units_event TO PUBLIC")
    call_command("grant_database_role", ROLE)
    assert granted()["units_event"] == {"SELECT", "INSERT"}


def test_roles_with_more_power_are_refused():
    """Check 23: an unknown one, those that make roles or databases, and an owner of tables."""
    if not has_roles():
        return
    for attributes in (None, "CREATEROLE", "CREATEDB"):
        with transaction.atomic():
            if attributes is not None:
                make_role(attributes)
            with pytest.raises(CommandError) as refused:
                call_command("grant_database_role", ROLE)
            transaction.set_rollback(True)
        assert refused.value.returncode == 2
    make_role()
    sql(f"ALTER TABLE units_submission OWNER TO {ROLE}")
    with pytest.raises(CommandError):
        call_command("grant_database_role", ROLE)


def test_migrations_are_refused_under_the_program_role():
    """Check 23: a start after an update says what to do, and no table is touched."""
    assert may_change_tables()
    if not has_roles():
        return
    make_role()
    call_command("grant_database_role", ROLE)
    with under_the_role():
        assert not may_change_tables()
        with pytest.raises(CommandError, match="grant_database_role"):
            migrate()
