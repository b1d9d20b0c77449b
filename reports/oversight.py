"""What a district office sees of its schools: figures, and nobody's name.

The one place that reads rows of units outside the reader's own scope. It opens the scope of one
school at a time and hands on nothing but finished words: counts, sums and shares. Whatever lists
people, posts or places stays inside, and so does every record behind a figure. The one thing whole
that goes out is a report the school has signed.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from reports.annual import annual_report, years_of
from reports.models import Seal
from reports.presentation import GROUPS, days_of, plain_value
from reports.readings import Figures, Reading
from reports.sealed import sealed_document, sealed_pdf
from reports.wording import Kind
from units.models import ReportingYear, Unit
from units.scoping import scope_of_unit, scope_of_units
from units.statistic import Ratio

SMALLEST_CELL = 3
"""Fewer people than this are not told apart from none or few (PIPL 6; check 22)."""
_TOLD_KINDS = (Kind.COUNT, Kind.MONEY, Kind.SHARE)
# Models of which one row is one person, or says something of one.
_OF_PEOPLE = frozenset(
    {
        *("members.Member", "members.Membership", "members.Appointment"),
        *("activities.Recipient", "activities.Grant", "activities.GiftDonor"),
    }
)
# Sums of money tell of whoever received it, however often.
_PERSON_OF = {"activities.Grant": "recipient"}
# The first is the sum of the others: two of the three would give the third away.
_SUMS = (("members_total", "members_in_service", "members_retired"),)

# These state the other as their part.
_PART_OF = {"members_share_of_staff": "members_in_service"}


@dataclass(frozen=True)
class OutsideLine:
    """One figure as the district reads it; ``phrase`` is the value in the document's words."""

    key: str
    name: str
    definition: str
    phrase: str
    plain: str
    when: tuple[str, ...]
    base: str
    is_missing: bool


@dataclass(frozen=True)
class OutsideGroup:
    """Some figures under one heading; ``anchor`` is its name within the page."""

    anchor: str
    title: str
    lines: tuple[OutsideLine, ...]


@dataclass(frozen=True)
class OutsideYear:
    """A school's year from outside."""

    year: ReportingYear
    years: list[int]
    groups: tuple[OutsideGroup, ...]


def outside_year(unit: Unit, year: int) -> OutsideYear:
    """The figures of a school that a district office may read. NoSuchYear as ``annual_report``."""
    with scope_of_unit(unit):
        annual = annual_report(unit, year)
        hidden = hidden_keys(annual.figures)
        groups = [
            OutsideGroup(anchor, str(title), tuple(_lines(annual.figures, figures, hidden)))
            for anchor, title, figures in GROUPS
        ]
        return OutsideYear(
            annual.year, years_of([unit])[unit.pk], tuple(group for group in groups if group.lines)
        )


def sealed_file(unit: Unit, year: int) -> tuple[bytes, str] | None:
    """The sealed PDF of a school's year and its name without ending; None where none is sealed.

    A signed report is a document that a school hands in to the office above it.
    """
    with scope_of_unit(unit):
        seal = Seal.objects.filter(unit=unit, report__year=year).first()
        return seal and (sealed_pdf(seal), sealed_document(seal).file_stem)


def years_of_schools(schools: QuerySet[Unit]) -> list[tuple[Unit, list[int]]]:
    """Each school with the years it has stated or reported, latest first; few queries for all."""
    schools = list(schools)
    with scope_of_units(schools):
        years = years_of(schools)
    return [(school, years[school.pk]) for school in schools]


def hidden_keys(figures: Figures) -> frozenset[str]:
    """The figures whose value would tell of fewer than three people.

    Where one part of a sum is hidden, a second part is hidden too: the difference would tell it.
    """
    hidden = {key for key in figures if is_small(figures[key])}
    for whole, *parts in _SUMS:
        if hidden & {*parts} and whole not in hidden:
            hidden |= {*parts}
    hidden |= {share for share, part in _PART_OF.items() if part in hidden}
    return frozenset(hidden)


def is_small(reading: Reading) -> bool:
    """Whether the figure counts people, and fewer than three (but some) on either side of it."""
    if reading.is_gap or reading.evidence is None:
        return False
    if reading.evidence.model._meta.label not in _OF_PEOPLE:
        return False
    return any(0 < size < SMALLEST_CELL for size in _sizes(reading))


def _sizes(reading: Reading) -> tuple[int, ...]:
    """How many people stand behind the value, and for a share, how many are left over."""
    value = reading.value
    if isinstance(value, Ratio):
        return value.part, value.base - value.part
    if isinstance(value, int):
        return (value,)
    person = _PERSON_OF.get(reading.evidence.model._meta.label, "pk")
    return (reading.evidence.order_by().values(person).distinct().count(),)


def _lines(figures: Figures, members: Iterable, hidden: frozenset[str]):
    for figure in members:
        if figure.kind in _TOLD_KINDS:
            yield _line(figures[figure.key], is_hidden=figure.key in hidden)


def _line(reading: Reading, *, is_hidden: bool) -> OutsideLine:
    figure = reading.figure
    phrase = "" if reading.is_gap else reading.phrase()
    plain = "" if reading.is_gap else plain_value(reading)
    if is_hidden:
        # Chinese as every phrase is: it stands where the document's words would stand.
        phrase, plain = _hidden_phrase(reading), ""
    return OutsideLine(
        key=figure.key,
        name=str(figure.name),
        definition=str(figure.definition),
        phrase=phrase,
        plain="" if phrase in (plain, plain + figure.measure) else plain,
        when=days_of(figure, reading.year),
        base=str(figure.base),
        is_missing=reading.is_gap,
    )


def _hidden_phrase(reading: Reading) -> str:
    """少于3人 for a count that is small itself; for what is hidden beside it, only that it is."""
    if isinstance(reading.value, int) and 0 < reading.value < SMALLEST_CELL:
        return f"少于{SMALLEST_CELL}{reading.figure.measure}"
    return _("not shown: it would tell of fewer than %(number)s people") % {"number": SMALLEST_CELL}
