"""What can be brought in: each room announces the kinds of rows that spreadsheets may hold.

The machinery reads, keeps and stores; what a row means is the planner's, which the room writes. A
further kind is announced by its room and needs no change here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from units.imports.plan import PlannedRow
from units.models import Unit
from units.sheet_columns import SheetColumn


class Planner(Protocol):
    """Works out what each row of one spreadsheet would do. Looks up once what all of them need."""

    def __init__(self, unit: Unit, *, day: date):
        """Within the scope of ``unit``; ``day`` says which dated rows hold now."""

    def remember(self, rows: list[PlannedRow]):
        """Know of rows that are planned already, so that none is about the same record."""

    def plan(self, row: PlannedRow, values: Mapping[str, Mapping[str, object]]):
        """Complete ``row`` by its name, outcome, faults, changes, steps and what it is about.

        ``values`` are those of its cells that could be read, by part and field.
        """


@dataclass(frozen=True)
class ImportKind:
    """One kind. ``key`` stands in addresses, ``needed`` names the column without which no row means
    anything, ``permission`` is needed in the unit.

    ``models`` are the kinds of records written, in an order in which each refers to earlier ones
    only; ``rests_on`` names what a plan's decisions may depend on, as (model, field).
    """

    key: str
    title: str
    permission: str
    list_address: str
    columns: Sequence[SheetColumn]
    needed: str
    planner: type[Planner]
    models: Sequence[str]
    rests_on: Sequence[tuple[str, str]]

    def column(self, key: str) -> SheetColumn:
        """The column called ``key``. KeyError if there is none."""
        return {column.key: column for column in self.columns}[key]

    @property
    def read_columns(self) -> list[SheetColumn]:
        """The columns that are read; the others only go out."""
        return [column for column in self.columns if column.read]


_kinds: dict[str, ImportKind] = {}


def announce(kind: ImportKind):
    """Have spreadsheets of this kind brought in; called when the room's app is ready."""
    _kinds[kind.key] = kind


def kind_called(key: str) -> ImportKind | None:
    """The kind whose address says ``key``, if a room announced one."""
    return _kinds.get(key)
