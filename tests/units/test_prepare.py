"""``manage.py prepare``, run as script/server runs it: a process of its own, a database file."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.units.installations import finished, manage, query

REPORT = "普陀区教育学院2017年统战工作总结.pdf"


def prepare(var: Path, **environment: str):
    """Start ``prepare`` over the data folder ``var``."""
    return manage(var, "prepare", "--bind", "127.0.0.1:9999", **environment)


def row_counts(var: Path) -> dict[str, int]:
    """Table name to number of rows."""
    tables = [name for (name,) in query(var, "SELECT name FROM sqlite_master WHERE type='table'")]
    return {table: query(var, f'SELECT count(*) FROM "{table}"')[0][0] for table in tables}  # noqa: S608


def times(var: Path) -> dict[Path, int]:
    """When each file of the data folder was written."""
    return {path: path.stat().st_mtime_ns for path in var.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def first(empty_installation, tmp_path_factory):
    """The data folder of a trial after its first start, and what that start printed."""
    var = tmp_path_factory.mktemp("trial") / "var"
    shutil.copytree(empty_installation[0], var, symlinks=True)
    return var, finished(prepare(var))


def test_prepare_first_start_leaves_records_report_and_address(first):
    var, output = first
    assert (var / REPORT).read_bytes().startswith(b"%PDF-")
    assert str(var / REPORT) in output
    assert "http://127.0.0.1:9999/" in output
    assert query(var, "SELECT code FROM units_unit WHERE code = 'putuo-jiaoyu'") == [
        ("putuo-jiaoyu",)
    ]
    assert (var / "static" / "staticfiles.json").exists()


def test_prepare_first_start_prints_a_password_for_each_account(first):
    var, output = first
    accounts = query(var, "SELECT username FROM units_user")
    assert len(accounts) >= 4
    assert [name for (name,) in accounts if name not in output] == []


def test_prepare_sqlite_file_in_another_journal_mode_gets_the_safe_one(var):
    safe, other = "delete", "wal"
    if sqlite3.sqlite_version_info >= (3, 51, 3):
        safe, other = other, safe
    with closing(sqlite3.connect(var / "records.sqlite3")) as connection:
        assert connection.execute(f"PRAGMA journal_mode={other}").fetchall() == [(other,)]
    finished(prepare(var, RECORDS_TRIAL="false"))
    assert query(var, "PRAGMA journal_mode") == [(safe,)]


def test_prepare_second_start_writes_nothing(first):
    var, _ = first
    before = times(var)
    output = finished(prepare(var))
    assert times(var) == before
    assert "…" not in output
    assert str(var / REPORT) in output


def test_prepare_missing_report_is_rendered_again_with_the_same_bytes(first):
    var, _ = first
    before = (var / REPORT).read_bytes()
    (var / REPORT).unlink()
    finished(prepare(var))
    assert (var / REPORT).read_bytes() == before


def test_prepare_killed_while_loading_is_taken_up_again(first, var):
    process = prepare(var, PYTHONUNBUFFERED="1")
    for line in process.stdout:
        if "putuo-jiaoyu" in line:  # the case is in, the accounts are being made
            break
    process.kill()
    process.communicate()
    assert query(var, "SELECT count(*) FROM units_unit") == [(0,)]
    assert query(var, "SELECT count(*) FROM units_user") == [(0,)]

    finished(prepare(var))
    whole, _ = first
    assert row_counts(var) == row_counts(whole)
    assert (var / REPORT).read_bytes() == (whole / REPORT).read_bytes()


def test_prepare_no_trial_starts_empty(empty_installation):
    var, output = empty_installation
    assert query(var, "SELECT count(*) FROM units_unit") == [(0,)]
    assert query(var, "SELECT count(*) FROM units_user") == [(0,)]
    assert not (var / REPORT).exists()
    assert "create_administrator" in output


def test_prepare_foreign_records_are_left_alone(var):
    with closing(sqlite3.connect(var / "records.sqlite3")) as connection, connection:
        connection.execute(
            "INSERT INTO units_unit (kind, code, name, short_name, signatory, path)"
            " VALUES ('school', 'other', '另一所学校', '学校', '', 'other/')"
        )
    before = row_counts(var)
    finished(prepare(var))
    assert row_counts(var) == before
    assert not (var / REPORT).exists()


def test_prepare_changed_static_file_is_collected_again(var):
    (var / "static.sha256").write_text("of other files")
    (var / "static" / "staticfiles.json").unlink()
    finished(prepare(var, RECORDS_TRIAL="false"))
    assert (var / "static" / "staticfiles.json").exists()
    assert (var / "static.sha256").read_text() != "of other files"
