"""What is asked of a list: columns, an order, filters, and words that no address may hold."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import F, Model, QuerySet
from django.db.models.expressions import OrderBy
from django.http import HttpRequest, QueryDict

_CHOICE_OF_COLUMNS = "columns"
_NOT_IN_ADDRESS = ("page", "words", "file", "csrfmiddlewaretoken")
_NO_FILTERS = (*_NOT_IN_ADDRESS, _CHOICE_OF_COLUMNS, "order")


@dataclass(frozen=True)
class Column:
    """One column: ``cell`` gives a row's value, a text, number or date.

    ``order`` names the fields by which the list can be put in this column's order; rows without a
    value stand last, rising and falling. ``link`` gives the address a cell leads to. A column that
    is not ``shown`` at first can be chosen.
    """

    key: str
    header: str
    cell: Callable[[Model], object]
    order: tuple[str, ...] = ()
    link: Callable[[Model], str] | None = None
    shown: bool = True


def query_for_address(asked: QueryDict) -> str:
    """``asked`` as the query of an address: without words, page and what is empty."""
    kept = QueryDict(mutable=True)
    for name, values in asked.lists():
        if name not in _NOT_IN_ADDRESS:
            kept.setlist(name, [value for value in values if value])
    return kept.urlencode()


class Question:
    """One question put to a list with ``columns``: unknown columns and orders count as not asked.

    Words may be somebody's name: they are taken from what was posted, never from an address.
    """

    def __init__(self, request: HttpRequest, columns: Sequence[Column]):
        posted = request.method == "POST"
        self.columns = columns
        self.data = request.POST if posted else request.GET
        self.words = self.data.get("words", "").strip() if posted else ""
        self.order = self._known_order()
        keys = set(self.data.getlist(_CHOICE_OF_COLUMNS))
        self.usual = [column for column in columns if column.shown]
        self.chosen = [column for column in columns if column.key in keys] or self.usual

    @property
    def query(self) -> str:
        """The address's query that asks the same again, without the words and the page.

        What is usual is left out, so that the same question always has the same query.
        """
        asked = self.data.copy()
        asked["order"] = self.order
        if self.chosen == self.usual:
            asked[_CHOICE_OF_COLUMNS] = ""
        return query_for_address(asked)

    @property
    def falling(self) -> str:
        """The key of the column in whose order the list stands, largest first; else ""."""
        return self.order[1:] if self.order.startswith("-") else ""

    @property
    def is_changed(self) -> bool:
        """Whether the list is looked at in another way than the one it opens with."""
        return bool(self.query)

    @property
    def is_narrowed(self) -> bool:
        """Whether fewer rows than all are asked for."""
        filters = (values for name, values in self.data.lists() if name not in _NO_FILTERS)
        return bool(self.words) or any(any(values) for values in filters)

    def in_order(self, rows: QuerySet) -> QuerySet:
        """``rows`` in the order asked for; their own where none was."""
        if not self.order:
            return rows
        column = next(c for c in self.columns if c.key == self.order.removeprefix("-"))
        turned = self.order.startswith("-")
        # The key last: equal rows must not change places between two pages.
        return rows.order_by(*(_by(name, turned) for name in column.order), "pk")

    def _known_order(self) -> str:
        order = self.data.get("order", "")
        known = {column.key for column in self.columns if column.order}
        return order if order.removeprefix("-") in known else ""


def _by(name: str, turned: bool) -> OrderBy:
    """By the field ``name``, which falls where a hyphen stands before it; ``turned`` round."""
    falls = name.startswith("-") != turned
    field = F(name.removeprefix("-"))
    return field.desc(nulls_last=True) if falls else field.asc(nulls_last=True)
