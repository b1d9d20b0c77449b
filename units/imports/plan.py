"""The plan of an import: for every row of the file what it would do, and what is wrong with it.

Plain values only, so that it can be stored, sealed, and run later exactly as it was looked at.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from enum import StrEnum


class Outcome(StrEnum):
    """What a row of the file would do."""

    NEW = "new"
    CHANGE = "change"
    SAME = "same"
    AMBIGUOUS = "ambiguous"
    WRONG = "wrong"
    LEFT_OUT = "left_out"


FAULTY = (Outcome.AMBIGUOUS, Outcome.WRONG)


@dataclass
class Fault:
    """What is wrong: in which column (its key; "" for the row), what stands there, what should."""

    column: str
    value: str
    expected: str


@dataclass
class Change:
    """One value in words, before and after."""

    label: str
    before: str
    after: str


@dataclass
class Step:
    """One record to be written. ``key`` is None for a new one, which others call ``name``.

    A value of a new record's field is a plain value, or ``{"new": name}`` for the key of another
    new record. ``before`` are the values that a change replaces.
    """

    model: str
    key: int | None
    values: dict
    name: str = ""
    before: dict = field(default_factory=dict)


@dataclass
class PlannedRow:
    """One row of the file. ``cells`` are those of the columns that are read, as they stand there.

    ``choices`` are (key, words) of the records it may be about where that is not clear; ``chosen``
    is what a person decided: a key, "new" or "". ``about`` is the same for rows that are about the
    same record. ``rests_on`` names the records that the decision
    depends on: {place in the kind's ``rests_on``: values}.
    """

    number: int
    cells: dict
    outcome: str = Outcome.SAME
    name: str = ""
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    choices: list = field(default_factory=list)
    chosen: str = ""
    about: str = ""
    left_out: bool = False
    rests_on: dict = field(default_factory=dict)

    def fault(self, column: str, expected: str, value: object = None):
        """Note that something is wrong; without ``value``, what stands in the column.

        What follows from the first fault of a column is not noted besides.
        """
        if column and any(fault.column == column for fault in self.faults):
            return
        shown = self.shown(column) if value is None else str(value)
        self.faults.append(Fault(column, shown, str(expected)))

    def depends_on(self, place: int, value: object):
        """Note that the decision depends on the records with this value."""
        known = self.rests_on.setdefault(str(place), [])
        if str(value) not in known:
            known.append(str(value))

    def shown(self, column: str) -> str:
        """What stands in the cell, as the person sees it."""
        cell = self.cells.get(column, "")
        return cell if isinstance(cell, str) else cell[1]


@dataclass
class Plan:
    """All rows of a file. ``headings`` are those of the file, by column, in its order; ``unread``
    are headings that no column is known by, ``refused`` those of columns that must not be kept.

    ``stand`` is what the decisions rest on: {place: {value: [[key, version], …]}}.
    """

    headings: dict[str, str]
    rows: list[PlannedRow]
    unread: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    more_sheets: list[str] = field(default_factory=list)
    stand: dict = field(default_factory=dict)
    written: list = field(default_factory=list)

    def counts(self) -> Counter:
        """How many rows of each outcome."""
        return Counter(row.outcome for row in self.rows)

    @property
    def faulty(self) -> list[PlannedRow]:
        """The rows that keep the whole from being stored."""
        return [row for row in self.rows if row.outcome in FAULTY]

    def named(self, model: str) -> list[str]:
        """The names of new records of a kind that rows need besides themselves."""
        names = (step.values.get("name") for step in self.steps() if step.model == model)
        return list(dict.fromkeys(filter(None, names)))

    def steps(self) -> Iterator[Step]:
        """Every step of every row, in order."""
        for row in self.rows:
            yield from row.steps

    def row(self, number: int) -> PlannedRow | None:
        """The row of that number in the file."""
        return next((row for row in self.rows if row.number == number), None)

    def as_json(self) -> dict:
        """Plain values, from which :func:`plan_from` makes the same plan."""
        return asdict(self)


def plan_from(content: dict) -> Plan:
    """The plan that was stored."""
    rows = [
        PlannedRow(
            **{
                **row,
                "faults": [Fault(**each) for each in row["faults"]],
                "changes": [Change(**each) for each in row["changes"]],
                "steps": [Step(**each) for each in row["steps"]],
            }
        )
        for row in content["rows"]
    ]
    return Plan(**{**content, "rows": rows})
