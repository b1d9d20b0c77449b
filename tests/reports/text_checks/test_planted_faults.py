"""Forty paragraphs with a fault of every kind planted: all are found, and nothing else."""

from pathlib import Path

import pytest

from cases.loading import load
from reports.text_checks import Kind, findings
from tests.reports.text_checks.texts import report_of
from units.scoping import scope_of_unit

# Behind ‖: the kind of a fault that is planted in the line, and its place.
TEXT = Path(__file__).with_name("forty_paragraphs.txt").read_text(encoding="utf-8")


@pytest.fixture
def case(db):
    """The unit of the case, within its scope."""
    unit = load("2017")
    with scope_of_unit(unit):
        yield unit


def planted() -> list[tuple[str, str]]:
    """(kind, place) of each fault, in the order of the text."""
    faults = [fault for line in TEXT.splitlines() for fault in line.split(" ‖ ")[1:]]
    return [tuple(fault.split(" ", 1)) for fault in faults]


def clean_lines() -> str:
    """The text without what is said of its faults."""
    return "\n".join(line.split(" ‖ ")[0] for line in TEXT.strip().splitlines())


def test_every_planted_fault_is_found_and_nothing_else(case):
    lines = clean_lines()
    paragraphs = [line for line in lines.splitlines() if not line.startswith("#")]
    assert len(paragraphs) == 40
    # The case keeps no files, so evidence is missing: the one fault that is not of the text.
    found = findings(report_of(case, lines))
    assert [(each.kind.value, each.excerpt.place) for each in found] == [
        ("evidence", ""),
        *planted(),
    ]
    assert {each.kind for each in found} == set(Kind)
