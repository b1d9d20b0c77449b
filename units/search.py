"""Search over the records: what each room lets be found, and one query for all of it.

The rooms above put in what they have (:func:`add`), so that nothing here needs to know of them.
Rows come out of scoped managers: nobody finds what they may not see. Every word has to be found in
a row, in any of its texts, from the middle of a sentence too.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_, or_
from typing import NamedTuple

from django.db.models import (
    Count,
    DateField,
    Exists,
    F,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    Window,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Concat, RowNumber

from units.dates import Precision
from units.folding import Folded, folded
from units.models import Unit, User

LONGEST = 60
"""Characters that are looked for at most, in all words together."""
MOST_WORDS = 6
_BETWEEN = "\n"
"""Between two fields: no word goes across it."""


class Found(NamedTuple):
    """A row in which every word was found.

    ``text`` holds its texts, a line each; ``count`` says how many rows of its kind there are, and
    ``place`` which of them it is, from 1.
    """

    kind: str
    key: int
    unit_id: int
    head: str
    more: str
    on: date | None
    precision: str
    text: str
    count: int
    place: int


@dataclass(frozen=True)
class Around:
    """Texts of other rows that belong to a row; ``rows`` refers to it by ``OuterRef("pk")``."""

    fields: tuple[str, ...]
    rows: Callable[[], QuerySet]


@dataclass(frozen=True)
class Searchable:
    """One kind of record that can be found.

    ``head`` is the field that names a row and ``more`` another one, or an expression, that
    ``label`` and ``address`` need; ``on`` and ``precision`` say when it was. ``texts`` are the
    fields that are looked in, and ``around`` those of rows that belong to it. ``also`` gives a
    further way in which a word is found: people by pinyin. ``address`` is "" where the one who asks
    has no page for it.
    """

    key: str
    name: str
    rows: Callable[[], QuerySet]
    head: str
    texts: tuple[str, ...]
    address: Callable[[Found, Unit, User], str]
    label: Callable[[Found], str] = lambda found: found.head
    more: str | Combinable = ""
    on: str = ""
    precision: str = ""
    order: tuple = ()
    around: tuple[Around, ...] = ()
    also: Callable[[str], Q] | None = None


_searchables: dict[str, Searchable] = {}


def add(searchable: Searchable):
    """Let its rows be found; called once, when an app is ready."""
    _searchables[searchable.key] = searchable


def searchables() -> list[Searchable]:
    """All of them, in the order in which the rooms were made ready."""
    return list(_searchables.values())


def words_of(asked: str) -> list[str]:
    """The words that are looked for, each once, in the form in which texts are compared."""
    return list(dict.fromkeys(folded(asked[:LONGEST]).split()))[:MOST_WORDS]


def find(
    words: Sequence[str], kinds: Sequence[Searchable], *, first: int, last: int
) -> list[Found]:
    """Of each kind the rows from ``first`` to ``last`` in which all ``words`` are found; one query.

    Nothing is found without words.
    """
    if not words:
        return []
    parts = [_rows_of(kind, words).filter(found_place__range=(first, last)) for kind in kinds]
    ranks = {kind.key: rank for rank, kind in enumerate(kinds)}
    return sorted(_union(parts), key=lambda row: (ranks[row.kind], row.place))


def named(keys: Mapping[str, Collection[int]]) -> dict[tuple[str, int], Found]:
    """The rows with these keys, by (label of their model, key), as the search would show them.

    ``keys`` are by label; kinds of which nothing can be found are left out. One query.
    """
    parts, labels = [], {}
    for kind in searchables():
        rows = kind.rows()
        label = rows.model._meta.concrete_model._meta.label_lower
        if keys.get(label):
            labels[kind.key] = label
            parts.append(_columns(kind, rows.filter(pk__in=keys[label]), _NO_TEXT))
    return {(labels[row.kind], row.key): row for row in _union(parts)}


def searchable(key: str) -> Searchable:
    """The one of that key. KeyError where there is none."""
    return _searchables[key]


def _union(parts: list[QuerySet]) -> Iterator[Found]:
    rows = [part.values_list(*_COLUMNS) for part in parts]
    if rows:
        yield from map(Found._make, rows[0].union(*rows[1:], all=True) if rows[1:] else rows[0])


def _rows_of(kind: Searchable, words: Sequence[str]) -> QuerySet:
    """The rows of one kind with the columns of :class:`Found`."""
    matching = reduce(and_, (_holds(kind, word) for word in words))
    rows = kind.rows().alias(own=Folded(_joined(kind.texts))).filter(matching)
    return _columns(kind, rows, _text(kind, words))


def _columns(kind: Searchable, rows: QuerySet, text: Combinable) -> QuerySet:
    """``rows`` of that kind with the columns of :class:`Found`."""
    return rows.order_by().annotate(
        found_kind=Value(kind.key, TextField()),
        found_key=F("pk"),
        found_unit_id=F("unit_id"),
        found_head=Cast(kind.head, TextField()),
        found_more=Cast(kind.more, TextField()) if kind.more else _NO_TEXT,
        found_on=F(kind.on) if kind.on else Cast(Value(None), DateField()),
        found_precision=Cast(kind.precision, TextField()) if kind.precision else _DAY,
        found_text=text,
        found_count=Window(Count("pk")),
        found_place=Window(RowNumber(), order_by=[*kind.order, F("pk").desc()]),
    )


_COLUMNS = [f"found_{name}" for name in Found._fields]
"""Named so that no model has a field of the same name."""
_NO_TEXT = Value("", TextField())
_DAY = Value(Precision.DAY, TextField())


def _joined(fields: Sequence[str]) -> Concat:
    parts = [part for field in fields for part in (F(field), Value(_BETWEEN))]
    return Concat(*parts, output_field=TextField())


def _holds(kind: Searchable, word: str) -> Q:
    """Whether the word is in a text of the row, or in one that belongs to it."""
    hits = [Q(own__contains=word), *(Q(Exists(_with_word(a, [word]))) for a in kind.around)]
    if kind.also is not None:
        hits.append(kind.also(word))
    return reduce(or_, hits)


def _with_word(around: Around, words: Sequence[str]) -> QuerySet:
    """The rows around in which any of ``words`` is found."""
    hits = reduce(or_, (Q(words_here__contains=word) for word in words))
    rows = around.rows().alias(words_here=Folded(_joined(around.fields)))
    return rows.filter(hits).order_by("pk")


def _text(kind: Searchable, words: Sequence[str]) -> Concat:
    """The row's own texts, then of each kind of text around it the first with a word in it."""
    others = [
        Subquery(_with_word(a, words).annotate(all_words=_joined(a.fields)).values("all_words")[:1])
        for a in kind.around
    ]
    lines = [Coalesce(Cast(other, TextField()), _NO_TEXT) for other in others]
    return Concat(_joined(kind.texts), _NO_TEXT, *lines, output_field=TextField())
