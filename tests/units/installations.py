"""Installations in folders of their own, worked on by ``manage.py`` as script/server starts it."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from django.conf import settings


def manage(var: Path, *arguments: str, **environment: str) -> subprocess.Popen:
    """Start a command over the data folder ``var``; the fonts are the ones already built."""
    if not (var / "fonts").exists():
        (var / "fonts").symlink_to(settings.VAR_DIR / "fonts")
    return subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, settings.BASE_DIR / "manage.py", *arguments],
        env={
            **os.environ,
            "VAR_DIR": str(var),
            "DATABASE_URL": f"sqlite:///{var / 'records.sqlite3'}",
            "RECORDS_TRIAL": "true",
            **environment,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def finished(process: subprocess.Popen) -> str:
    """What the process printed, once it has ended well."""
    output, _ = process.communicate(timeout=120)
    assert process.returncode == 0, output
    return output


def query(var: Path, sql: str) -> list[tuple]:
    """The rows of one query against the installation's database file."""
    with closing(sqlite3.connect(var / "records.sqlite3")) as connection:
        return connection.execute(sql).fetchall()
