"""Figures as the pages show them: in the reader's language, with the way to what is missing."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.admin_links import AdminLinks
from reports.document import Document
from reports.figures import Figure, aid, consulting, deeds, people, proposing, work
from reports.readings import Figures, Reading
from reports.records_table import text_of
from reports.wording import Kind
from units import statistics as units
from units.models import ReportingYear
from units.written_dates import written

GROUPS = (
    ("people", gettext_lazy("The unit and its people"), people.FIGURES),
    ("work", gettext_lazy("Study, visits, service"), (*work.FIGURES, *deeds.FIGURES)),
    ("consultations", gettext_lazy("Consultations"), (*consulting.FIGURES, *proposing.FIGURES)),
    ("aid", gettext_lazy("Aid to students"), aid.FIGURES),
)

# Which figure counts the base of a share.
BASES = {
    "members_share_of_staff": "staff_total",
    "members_share_of_teachers": "full_time_teachers",
    "senior_title_members": "members_total",
    "suggestions_accepted_share": "suggestions_raised",
    "suggestions_in_time_share": "suggestions_answered",
    "suggestions_fed_back_share": "suggestions_answered",
}


@dataclass(frozen=True)
class FigureLine:
    """One figure in words.

    ``plain`` is the value without any wording ("" where the phrase says the same), ``when`` its day
    or period in parts that a line should not break. ``missing`` is what keeps it from being known
    ("" if it is known), ``enter_at`` the form for that, if the reader may open it. ``base_key`` is
    the figure that counts the base of a share.
    """

    key: str
    name: str
    definition: str
    phrase: str
    plain: str
    when: tuple[str, ...]
    base: str
    base_key: str
    missing: str
    enter_at: str


@dataclass(frozen=True)
class FigureGroup:
    """Some figures under one heading; ``anchor`` is its name within the page."""

    anchor: str
    title: str
    lines: tuple[FigureLine, ...]


def figure_groups(figures: Figures, links: AdminLinks) -> tuple[FigureGroup, ...]:
    """Every figure of the register, in the order in which a report tells of them."""
    return tuple(
        FigureGroup(
            anchor,
            str(title),
            tuple(figure_line(figures[figure.key], links) for figure in members),
        )
        for anchor, title, members in GROUPS
    )


def figure_line(reading: Reading, links: AdminLinks) -> FigureLine:
    """What a page says of one figure."""
    figure = reading.figure
    phrase = "" if reading.is_gap else reading.phrase()
    plain = "" if reading.is_gap else plain_value(reading)
    return FigureLine(
        key=figure.key,
        name=str(figure.name),
        definition=str(figure.definition),
        phrase=phrase,
        plain="" if phrase in (plain, plain + figure.measure) else plain,
        when=days_of(figure, reading.year),
        base=str(figure.base),
        base_key=BASES.get(figure.key, ""),
        missing=_missing(reading),
        enter_at=links.to_missing(reading),
    )


def plain_value(reading: Reading) -> str:
    """The value itself: 19, 19 / 105 = 18.1%, 6,000.00; of a list, how many entries it has."""
    value = reading.value
    match reading.figure.kind:
        case Kind.SHARE:
            shown = f"{value.part} / {value.base}"
            return f"{shown} = {100 * value.part / value.base:.1f}%" if value.base else shown
        case Kind.MONEY:
            return text_of(value)
        case Kind.AMOUNTS:
            return "、".join(text_of(amount) for amount in value)
        case Kind.OCCASIONS:
            return "、".join(f"{written(each.day)} × {each.times}" for each in value)
        case Kind.NAMES:
            return _("entries: %(number)s") % {"number": len(value)}
        case Kind.NUMBERS | Kind.MONTHS:
            return "、".join(str(number) for number in value)
    return str(value)


def wordings_of(reading: Reading) -> tuple[tuple[str, str], ...]:
    """(token, phrase) for every wording of the figure, the usual one first as ``{key}``."""
    if reading.is_gap:
        return ()
    key = reading.figure.key
    usual, *others = reading.figure.wordings
    return (
        (f"{{{key}}}", reading.phrase(usual)),
        *((f"{{{key}|{name}}}", reading.phrase(name)) for name in others),
    )


def gaps_in(document: Document) -> tuple[str, ...]:
    """The keys of the figures that the report states as gaps, each once, in its order."""
    return document.gaps


def nothing_recorded(figures: Figures) -> bool:
    """Whether no figure has a record yet, beside what the unit states of itself and its year."""
    return not any(
        reading.says_something and not reading.is_gap
        for reading in figures.values()
        if reading.figure.statistic.__module__ != units.__name__
    )


def days_of(figure: Figure, year: ReportingYear) -> tuple[str, ...]:
    """The day on which the figure counts, or the first and the last day it covers."""
    last = date_format(year.last, "DATE_FORMAT")
    if figure.at == "day":
        return (_("on %(day)s") % {"day": last},)
    first = date_format(year.first, "DATE_FORMAT")
    return (_("from %(day)s") % {"day": first}, _("to %(day)s") % {"day": last})


def _missing(reading: Reading) -> str:
    if reading.contradicts:
        return _("%(part)s of %(base)s cannot be: check %(name)s.") % {
            "part": reading.value.part,
            "base": reading.value.base,
            "name": reading.figure.base,
        }
    return str(reading.statistic.missing) if reading.is_gap else ""
