"""The table of checks (``checks.toml``) beside the tests that name them in their docstrings.

A check is a numbered sentence about security and reliability. A test says which it shows: ``Check
24: …`` or ``Checks 14, 15 and 21: …`` in its docstring. ``script/checks`` prints what does not
agree and what is not shown yet; ``script/checks --write`` puts the tests' names into the table.
"""

import argparse
import ast
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TESTS = Path(__file__).parent
TABLE = TESTS / "checks.toml"

REQUIRED = frozenset({*range(1, 32), *range(40, 47), *range(53, 65), *range(66, 73), 79, 80, 81})
"""What must stand in the table: sign-in (1–13), rights (14–23), rows of units (24–31), files and
spreadsheets (40–46), personal data (53–64), change log (66–72), nothing lost or doubled (79–81)."""

_NAMED = re.compile(r"\b[Cc]hecks?\s+(\d+(?:(?:,\s*|\s+and\s+)\d+)*)")
_ROW = re.compile(r"^number = (\d+)$(?:(?!^\[\[)[\s\S])*?^shown_by = (\[[^\]]*\])", re.M)


@dataclass(frozen=True)
class Check:
    """One row. ``not_yet`` says what of it no test shows; empty when all of it is shown."""

    number: int
    priority: str
    holds: str
    shown_by: list[str]
    not_yet: str = ""


def read(table: Path = TABLE) -> list[Check]:
    """The rows of the table, in its order. TypeError for a missing or unknown column."""
    return [Check(**row) for row in tomllib.loads(table.read_text(encoding="utf-8"))["check"]]


def checks_named(docstring: str) -> set[int]:
    """The numbers after "Check" and "Checks" in a docstring."""
    lists = [named[1] for named in _NAMED.finditer(docstring)]
    return {int(number) for each in lists for number in re.findall(r"\d+", each)}


def docstrings(tests: Path = TESTS) -> dict[str, str]:
    """{test, as pytest calls it: its docstring} for every test function below the folder."""
    found = {}
    for file in sorted(tests.rglob("test_*.py")):
        name = f"{tests.name}/{file.relative_to(tests).as_posix()}"
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                found[f"{name}::{node.name}"] = ast.get_docstring(node) or ""
    return found


def faults(checks: list[Check], tests: dict[str, str]) -> Iterator[str]:
    """Whatever keeps the table from being true, one sentence each."""
    numbers = [check.number for check in checks]
    naming = _naming(tests)
    yield from (f"Check {n} stands in the table twice." for n in numbers if numbers.count(n) > 1)
    yield from (f"Check {n} is missing in the table." for n in sorted(REQUIRED - {*numbers}))
    for number in sorted({*naming} - {*numbers}):
        yield f"{naming[number][0]} names check {number}, which the table lacks."
    for check in checks:
        yield from _faults_of(check, tests, naming.get(check.number, []))


def _faults_of(check: Check, tests: dict[str, str], naming: list[str]) -> Iterator[str]:
    if not check.shown_by and not check.not_yet:
        yield f"Check {check.number} has no test."
    for test in check.shown_by:
        if test not in tests:
            yield f"Check {check.number}: there is no {test}."
        elif test not in naming:
            yield f"Check {check.number}: {test} does not name it."
    for test in naming:
        if test not in check.shown_by:
            yield f"Check {check.number}: {test} names it and is not listed (--write lists it)."


def written(table: str, tests: dict[str, str]) -> str:
    """The text of the table with the tests' names as the docstrings have them."""
    naming = _naming(tests)

    def with_names(row: re.Match) -> str:
        lines = [f'    "{test}",\n' for test in naming.get(int(row[1]), [])]
        listed = f"[\n{''.join(lines)}]" if lines else "[]"
        return row[0].removesuffix(row[2]) + listed

    return _ROW.sub(with_names, table)


def _naming(tests: dict[str, str]) -> dict[int, list[str]]:
    naming = defaultdict(list)
    for test, docstring in tests.items():
        for number in checks_named(docstring):
            naming[number].append(test)
    return naming


def main():
    """Exit status 0 if every check is shown and the table is true, else 1."""
    parser = argparse.ArgumentParser(prog="script/checks", description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="list the tests that name a check")
    tests = docstrings()
    if parser.parse_args().write:
        TABLE.write_text(written(TABLE.read_text(encoding="utf-8"), tests), encoding="utf-8")
    checks = read()
    found = list(faults(checks, tests))
    open_ones = [check for check in checks if check.not_yet]
    print(*found, sep="\n", end="\n" if found else "")
    for check in open_ones:
        print(f"Not shown yet: check {check.number} ({check.priority}): {check.not_yet}")
    print(f"{len(checks)} checks, {len(open_ones)} not shown yet, {len(found)} faults.")
    sys.exit(1 if found or open_ones else 0)


if __name__ == "__main__":
    main()
