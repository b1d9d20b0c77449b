"""The migrated, empty database, kept for the next test run: copying is quicker than migrating.

A copy belongs to the very migrations that made it (:func:`origin`); others make another one, and
``pytest --create-db`` migrates from nothing. No test ever works in a copy that is kept.
"""

import ast
import os
import shutil
from hashlib import sha256
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.db import ProgrammingError

KEPT = 10
"""So many copies stay; several checkouts may use one PostgreSQL."""


def begin_with(connection):
    """Put the copy, if there is one, where the test database is about to be made."""
    test = connection.settings_dict["TEST"]
    if connection.vendor == "sqlite":
        if _file(connection).exists():
            shutil.copyfile(_file(connection), test["NAME"])
    elif _name(connection) in _names(connection):
        test["TEMPLATE"] = _name(connection)


def keep(connection):
    """Copy the test database just made, unless it was made from a copy."""
    if connection.vendor == "sqlite":
        _keep_file(connection)
    elif _name(connection) not in _names(connection):
        _keep_database(connection)


def send_others_away(connection):
    """End what is still connected to the test database: a server's thread may keep its connection,
    and PostgreSQL drops no database that somebody uses."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


def _keep_file(connection):
    copy = _file(connection)
    if copy.exists():
        return
    unfinished = copy.with_suffix(f".{os.getpid()}")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(unfinished)])
    unfinished.replace(copy)
    copies = copy.parent.glob("migrated_*.sqlite3")
    for old in sorted(copies, key=lambda path: path.stat().st_mtime, reverse=True)[KEPT:]:
        old.unlink(missing_ok=True)


def _keep_database(connection):
    quoted = connection.ops.quote_name
    made, copy = connection.settings_dict["NAME"], _name(connection)
    connection.close()  # PostgreSQL copies only what nobody is connected to
    with connection._nodb_cursor() as cursor:
        try:
            cursor.execute(f"CREATE DATABASE {quoted(copy)} TEMPLATE {quoted(made)}")
        except ProgrammingError:
            # Another run, beside this one, was quicker.
            if copy not in _names(connection):
                raise
        for old in _names(connection)[KEPT:]:
            cursor.execute(f"DROP DATABASE IF EXISTS {quoted(old)}")


def _file(connection) -> Path:
    folder = Path(connection.settings_dict["TEST"]["NAME"]).parent
    return folder / f"migrated_{origin(sources())}.sqlite3"


def _name(connection) -> str:
    user = connection.settings_dict["USER"]
    return f"migrated_{origin(sources(), owner=user)}"


def _names(connection) -> list[str]:
    """The names of the copies that the server holds, the newest first."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE 'migrated\\_%' ORDER BY oid DESC"
        )
        return [name for (name,) in cursor.fetchall()]


def origin(files: list[Path], *, owner: str = "") -> str:
    """A short name for the content of these files, under this Django and owner."""
    digest = sha256(f"{django.get_version()} {owner}".encode())
    for file in files:
        digest.update(f"{file.name} ".encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def sources() -> list[Path]:
    """What makes the database: every app's migrations, and our modules that those import."""
    folders = [Path(app.path) / "migrations" for app in apps.get_app_configs()]
    migrations = [file for folder in folders for file in sorted(folder.glob("*.py"))]
    ours = [file for file in migrations if file.is_relative_to(settings.BASE_DIR)]
    imported = {module for file in ours for module in _modules_imported_by(file)}
    places = (settings.BASE_DIR.joinpath(*module.split(".")) for module in sorted(imported))
    files = (file for place in places for file in (place.with_suffix(".py"), place / "__init__.py"))
    return migrations + [file for file in files if file.exists()]


def _modules_imported_by(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    nodes = list(ast.walk(tree))
    plain = {a.name for node in nodes if isinstance(node, ast.Import) for a in node.names}
    return plain | {n.module for n in nodes if isinstance(n, ast.ImportFrom) and n.module}
