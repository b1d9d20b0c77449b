"""A number is the size of a list that can be opened.

A statistic pairs the evidence (``rows``, a queryset of the very records) with the way its value is
drawn from it. Both come from the same queryset, so they cannot disagree. Statistics never format;
``value()`` asks the database once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil
from statistics import median

from django.db.models import Count as RowCount
from django.db.models import F, Func, IntegerField, Model, QuerySet, Subquery, Sum
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce

from units.dates import Precision


@dataclass(frozen=True)
class Gap:
    """A value nobody can know yet: ``missing`` says what to enter (a lazy text), ``where`` in which
    form (the name of a model, ``units.UnitYear``)."""

    missing: str
    where: str


@dataclass(frozen=True)
class Ratio:
    """``part`` of ``base``, both counts; the figure's definition says of what."""

    part: int
    base: int


@dataclass(frozen=True)
class Occurrence:
    """One occasion, its day (None where only the year is known) and how often it took place."""

    occasion: str
    day: date | None
    times: int


@dataclass(frozen=True)
class Count:
    """How many rows there are."""

    rows: QuerySet

    def value(self) -> int:
        return self.rows.count()


@dataclass(frozen=True)
class Distinct:
    """How many different values of ``field`` the rows hold: persons among posts, for example."""

    rows: QuerySet
    field: str

    def value(self) -> int:
        return self.rows.order_by().values(self.field).distinct().count()


@dataclass(frozen=True)
class Total:
    """The sum of ``field`` over the rows: an int, or a Decimal of money; 0 without rows."""

    rows: QuerySet
    field: str

    def value(self) -> int | Decimal:
        total = self.rows.order_by().aggregate(total=Sum(self.field, default=0))["total"]
        places = getattr(self.rows.model._meta.get_field(self.field), "decimal_places", None)
        if places is None:
            return total
        # SQLite adds binary fractions: only rounding to the field's own places makes it exact.
        return Decimal(total).quantize(Decimal(1).scaleb(-places))


def unknown_first(name: str) -> OrderBy:
    """Rows ordered by the field ``name`` (``-name``: falling), NULL below every value.

    SQLite orders so by itself, PostgreSQL the other way round.
    """
    if name.startswith("-"):
        return F(name[1:]).desc(nulls_last=True)
    return F(name).asc(nulls_first=True)


@dataclass(frozen=True)
class Names:
    """The different values of ``field``, in the order of ``order``.

    What is unknown comes before everything known, on every database.
    """

    rows: QuerySet
    field: str
    order: Sequence[str]

    def value(self) -> tuple:
        columns = [name.lstrip("-") for name in self.order]
        found = self.rows.order_by(*map(unknown_first, self.order))
        found = found.values_list(self.field, *columns).distinct()
        return tuple(dict.fromkeys(row[0] for row in found if row[0] not in (None, "")))


@dataclass(frozen=True)
class Words:
    """What each row says of itself (``attribute``), in the rows' own order, each wording once."""

    rows: QuerySet
    attribute: str

    def value(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(str(getattr(row, self.attribute)) for row in self.rows))


@dataclass(frozen=True)
class CountsPer:
    """How many different ``field`` each ``group`` has: the different counts, smallest first."""

    rows: QuerySet
    group: str
    field: str

    def value(self) -> tuple[int, ...]:
        counts = (
            self.rows.order_by()
            .values(self.group)
            .annotate(number=RowCount(self.field, distinct=True))
        )
        return tuple(sorted({row["number"] for row in counts}))


@dataclass(frozen=True)
class Occasions:
    """The occasions of activities in the order of their days, as each row states them."""

    rows: QuerySet

    def value(self) -> tuple[Occurrence, ...]:
        return tuple(
            Occurrence(
                row.occasion,
                None if row.precision == Precision.YEAR else row.started_on,
                row.times,
            )
            for row in self.rows.order_by("started_on", "pk")
        )


@dataclass(frozen=True)
class Share:
    """The number of rows over a stated ``base``."""

    rows: QuerySet
    base: int

    def value(self) -> Ratio:
        return Ratio(self.rows.count(), self.base)


@dataclass(frozen=True)
class Median:
    """The median number of days between two dates of each row; half days are rounded up.

    Needs at least one row: without any there is no median, and a figure is a gap.
    """

    rows: QuerySet
    start: str
    end: str

    def value(self) -> int:
        days = [(end - start).days for start, end in self.rows.values_list(self.start, self.end)]
        return ceil(median(days))


@dataclass(frozen=True)
class Stated:
    """What a single record states in ``field``: a motto, a head count, a name."""

    rows: QuerySet
    field: str

    def value(self):
        return self.rows.values_list(self.field, flat=True).first()


@dataclass(frozen=True)
class Known:
    """A value that needs no asking; ``rows`` hold the record it belongs to."""

    rows: QuerySet
    known: int

    def value(self) -> int:
        return self.known


Evidenced = (
    Known
    | Count
    | Distinct
    | Total
    | Median
    | Names
    | Words
    | CountsPer
    | Occasions
    | Share
    | Stated
)
Statistic = Evidenced | Gap


def whole_numbers(statistics: Mapping[str, Count | Total], *, beside: Model) -> dict[str, int]:
    """The values of counts, and of sums of whole numbers, by their keys: one query for them all.

    ``beside`` is any stored row: the numbers are asked for as further columns of it.
    """
    if not statistics:
        return {}
    columns = {f"n{place}": _asked_inside(each) for place, each in enumerate(statistics.values())}
    row = type(beside)._default_manager.filter(pk=beside.pk).annotate(**columns)
    return dict(zip(statistics, row.values_list(*columns).get(), strict=True))


def _asked_inside(statistic: Count | Total) -> Coalesce:
    """The value as part of another query. A plain function: an aggregate would group the rows."""
    whole = isinstance(statistic, Count)
    number = Func(
        F("pk" if whole else statistic.field),
        function="COUNT" if whole else "SUM",
        output_field=IntegerField(),
    )
    rows = statistic.rows.order_by().annotate(number_asked=number).values("number_asked")
    return Coalesce(Subquery(rows, output_field=IntegerField()), 0)
