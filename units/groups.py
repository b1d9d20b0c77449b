"""How many rows there are of each value of a field: what a chart draws.

Like a statistic (:mod:`units.statistic`) it is made of the very rows, so that each number is the
size of a list that can be opened.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, QuerySet, TextField, Value
from django.db.models.functions import Cast

Numbers = dict[str | None, int]
"""How many there are of each value, as text; under None of those of whom nobody knows it."""


@dataclass(frozen=True)
class Groups:
    """The rows by the value of ``field``; of ``distinct``, the different ones are counted."""

    rows: QuerySet
    field: str
    distinct: str = ""


def numbers_of(groups: Mapping[str, Groups]) -> dict[str, Numbers]:
    """The numbers of several groupings by their keys; one query for them all."""
    found: dict[str, Numbers] = {key: {} for key in groups}
    parts = [_counted(key, each) for key, each in groups.items()]
    rows = parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]
    for key, value, number in rows:
        found[key][value] = number
    return found


def _counted(key: str, groups: Groups) -> QuerySet:
    number = Count(groups.distinct or "pk", distinct=bool(groups.distinct))
    return (
        groups.rows.order_by()
        .annotate(of_groups=Value(key, TextField()), of_value=Cast(groups.field, TextField()))
        .values("of_groups", "of_value")
        .annotate(of_number=number)
        .values_list("of_groups", "of_value", "of_number")
    )
