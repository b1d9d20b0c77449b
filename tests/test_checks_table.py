"""The table of checks is true: each check has its tests, and each test its check."""

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.checks_table import (
    REQUIRED,
    TABLE,
    Check,
    checks_named,
    docstrings,
    faults,
    read,
    written,
)

TESTS = {"tests/test_x.py::test_a": "Check 24: a.", "tests/test_x.py::test_b": "Of none."}
ROW = Check(24, "P0", "Nothing leaks.", ["tests/test_x.py::test_a"])


def test_table_is_true():
    """On a failure: ``script/checks --write`` lists the tests, or a sentence says what is open."""
    assert list(faults(read(), docstrings())) == []


def test_table_says_of_every_check_what_must_hold():
    assert [c.number for c in read() if c.priority not in ("P0", "P1") or len(c.holds) < 20] == []


@pytest.mark.parametrize(
    ("docstring", "numbers"),
    [
        ("Check 24: a.", {24}),
        ("Check 8 and 66.", {8, 66}),
        ("Checks 14, 15, 17 and 21.", {14, 15, 17, 21}),
        ("Check 78, probe 15.", {78}),
        ("Check 3, 等保模式: 90 days", {3}),
        ("Probe 14. As check 7 asks.", {7}),
        ("Five rows.", set()),
    ],
)
def test_checks_named_in_a_docstring(docstring, numbers):
    assert checks_named(docstring) == numbers


def faults_of(row: Check, tests: dict[str, str] = TESTS) -> list[str]:
    """The faults of a table that is complete and has this row for check 24."""
    others = [Check(n, "P0", "", [], "later") for n in sorted(REQUIRED - {24})]
    return list(faults([*others, row], tests))


def test_faultless_row():
    assert faults_of(ROW) == []


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (replace(ROW, shown_by=[]), "tests/test_x.py::test_a names it and is not listed"),
        (replace(ROW, shown_by=[*ROW.shown_by, "tests/test_x.py::test_gone"]), "there is no tests"),
        (replace(ROW, shown_by=[*ROW.shown_by, "tests/test_x.py::test_b"]), "does not name it"),
        (replace(ROW, number=29), "Check 24 is missing in the table."),
        (replace(ROW, number=29), "names check 24, which the table lacks."),
        (replace(ROW, number=29), "Check 29 stands in the table twice."),
    ],
)
def test_planted_fault_is_found(row, fault):
    assert [found for found in faults_of(row) if fault in found] != []


def test_check_without_a_test_is_a_fault_unless_it_says_what_is_open():
    row = replace(ROW, shown_by=[])
    assert faults_of(row, {}) == ["Check 24 has no test."]
    assert faults_of(replace(row, not_yet="Built later."), {}) == []


def test_writing_lists_the_tests_and_leaves_the_words():
    table = '[[check]]\nnumber = 24\nholds = "[a]"\nshown_by = [\n    "gone",\n]\n\n# rest\n'
    listed = 'shown_by = [\n    "tests/test_x.py::test_a",\n]\n\n# rest\n'
    assert written(table, TESTS) == f'[[check]]\nnumber = 24\nholds = "[a]"\n{listed}'


@pytest.fixture
def checkout(tmp_path) -> Path:
    """A checkout with the script and a table of its own, in which one check is open."""
    shutil.copytree(TABLE.parent, tmp_path / "tests")
    (tmp_path / "tests" / "checks.toml").write_text(
        TABLE.read_text(encoding="utf-8")
        + '\n[[check]]\nnumber = 1000\npriority = "P0"\nholds = "x"\nnot_yet = "Open."\n'
        + "shown_by = []\n",
        encoding="utf-8",
    )
    return tmp_path


def test_script_fails_and_prints_what_is_open(checkout):
    done = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", "tests.checks_table"],
        cwd=checkout,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "Not shown yet: check 1000 (P0): Open." in done.stdout.splitlines()
