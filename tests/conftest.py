"""Fixtures shared by all tests: two schools of one district, and the people who work there."""

import gc
from dataclasses import dataclass, fields
from importlib import import_module
from itertools import count

import hypothesis
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from django.test.utils import override_settings, setup_databases, teardown_databases

from activities.booked import hold, let_go
from tests import factories, migrated_copy
from units.append_only import protect, unprotect
from units.models import Event, EventDetail, Unit, User
from units.roles import Role
from units.scoping import scope_of_unit
from units.write_once import allow_changes, write_once

_folders = count(1)

# How quick something is, is measured in bench/: no test fails because the machine was busy.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

# Looking for garbage takes a third of the time that importing and collecting the tests takes, and
# an eighth of the tests' own: none is made before the first test, and what is there then stays.
gc.disable()


def pytest_collection_finish():
    """Let the garbage collector begin, with what the tests make, and less often than usual."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    gc.enable()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment, django_db_modify_db_settings, django_db_blocker, django_db_createdb
):
    """As pytest-django's, but begun with a copy of a database that was migrated before."""
    with django_db_blocker.unblock():
        if not django_db_createdb:
            migrated_copy.begin_with(connection)
        made = setup_databases(
            verbosity=0, interactive=False, keepdb=not django_db_createdb, serialized_aliases=()
        )
        migrated_copy.keep(connection)
    yield
    with django_db_blocker.unblock():
        migrated_copy.send_others_away(connection)
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session", autouse=True)
def settings_of_tests(django_test_environment):
    """What every test has otherwise than an installation.

    Static files go by their own names: hashed ones exist only after collectstatic. An account is
    made in a millisecond instead of half a second; the tests of sign-in that measure or check the
    true hashing set it back.
    """
    files = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        STORAGES={**settings.STORAGES, "staticfiles": files},
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        yield


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path_factory):
    """Keep the files that a test stores apart from those of the installation."""
    # A name alone: most tests store nothing and need no folder.
    folder = tmp_path_factory.getbasetemp() / f"stored-{next(_folders)}"
    settings.MEDIA_ROOT = folder / "files"
    settings.INCOMING = folder / "incoming"


def _empty_database(test_case, flush=TransactionTestCase._fixture_teardown):
    """After a test that commits: emptying the tables needs the log's triggers out of the way, and
    the parties, which a migration adds, must be there for the next test."""
    unprotect(connection)
    let_go(connection)
    for table in written_once():
        allow_changes(connection, table)
    flush(test_case)
    import_module("members.migrations.0002_parties").add_parties(apps, None)
    EventDetail.objects.all().delete()
    Event.objects.all().delete()
    protect(connection)
    for table, free in written_once().items():
        write_once(connection, table, but=free)
    hold(connection)


def written_once() -> dict[str, tuple[str, ...]]:
    """The tables with triggers besides the log's, and the columns that may change all the same."""
    migrations = (
        *("units.migrations.0006_write_once", "reports.migrations.0003_write_once"),
        "activities.migrations.0007_booked",
        "reports.migrations.0005_answers_write_once",
    )
    return {
        table: free for name in migrations for table, free in import_module(name).TABLES.items()
    }


TransactionTestCase._fixture_teardown = _empty_database


@dataclass(frozen=True)
class Cast:
    """Everybody who asks for a page. ``colleague`` is a clerk too, but of the other school."""

    clerk: User
    secretary: User
    auditor: User
    administrator: User
    viewer: User
    colleague: User

    def __iter__(self):
        """(part, account) for everybody, in the order above."""
        return ((part.name, getattr(self, part.name)) for part in fields(self))


@pytest.fixture
def district(db) -> Unit:
    """The office above both schools."""
    return factories.unit(
        code="putuo", name="普陀区教育局", short_name="区教育局", kind=Unit.Kind.DISTRICT
    )


@pytest.fixture
def school(district) -> Unit:
    """The school whose records a test is about."""
    return factories.unit(code="putuo-jy", name="普陀区教育学院", parent=district)


@pytest.fixture
def other_school(district) -> Unit:
    """Another school of the same district, whose rows must stay its own."""
    return factories.unit(code="caoyang", name="曹杨第二中学", short_name="学校", parent=district)


@pytest.fixture
def cast(school, other_school) -> Cast:
    """One account per role in ``school``, and a clerk of ``other_school``."""
    return Cast(
        clerk=factories.user(Role.CLERK, unit=school, username="clerk"),
        secretary=factories.user(Role.SECRETARY, unit=school, username="secretary"),
        auditor=factories.user(Role.AUDITOR, unit=school, username="auditor"),
        administrator=factories.user(Role.ADMINISTRATOR, unit=school, username="administrator"),
        viewer=factories.user(Role.VIEWER, unit=school, username="viewer"),
        colleague=factories.user(Role.CLERK, unit=other_school, username="colleague"),
    )


@pytest.fixture
def in_scope(school):
    """The scope of ``school``, open while the test runs; gives the school."""
    with scope_of_unit(school):
        yield school
