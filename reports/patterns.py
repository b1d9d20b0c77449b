"""What a new report can begin with: outlines that come with the program, the unit's own, and the
text of its earlier years."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from reports.models import Outline, Report
from reports.models.text import Text, Whole
from units.models import Unit

OUTLINES = Path(__file__).parent / "outlines"
DEFAULT_OUTLINE = "2017"
_SHIPPED, _OWN, _YEAR = "shipped", "own", "year"


@dataclass(frozen=True)
class Pattern:
    """One thing to begin with: ``key`` names it in a form, ``label`` on the page."""

    key: str
    label: str


def shipped_outline(name: str = DEFAULT_OUTLINE) -> dict:
    """An outline that comes with the program: label, name, title, subtitle, sections.

    FileNotFoundError if there is none of that name.
    """
    return tomllib.loads((OUTLINES / f"{name}.toml").read_text(encoding="utf-8"))


def patterns_for(unit: Unit, year: int) -> list[Pattern]:
    """Everything that the report of ``unit`` for ``year`` can begin with, the likeliest first.

    That is the last report before: its headings and words are the unit's own by now.
    """
    return [*_earlier(unit, year), *_own(unit), *_shipped()]


def outline_of(key: str, unit: Unit, year: int) -> dict:
    """The outline behind a pattern's key, of the shape of a shipped one.

    LookupError where ``patterns_for`` offers no such pattern.
    """
    if key not in {pattern.key for pattern in patterns_for(unit, year)}:
        raise LookupError(key)
    kind, _colon, name = key.partition(":")
    if kind == _SHIPPED:
        return shipped_outline(name)
    rows = Report.objects.filter(year=name) if kind == _YEAR else Outline.objects.filter(pk=name)
    return _as_outline(rows.get(unit=unit))


def _earlier(unit: Unit, year: int) -> Iterator[Pattern]:
    rows = Report.objects.filter(unit=unit, year__lt=year).order_by("-year")
    for earlier in rows.values_list("year", flat=True):
        label = _("The text of %(year)s, with this year's figures") % {"year": earlier}
        yield Pattern(f"{_YEAR}:{earlier}", label)


def _own(unit: Unit) -> Iterator[Pattern]:
    for outline in Outline.objects.filter(unit=unit).order_by("label"):
        label = _("Own outline: %(label)s") % {"label": outline.label}
        yield Pattern(f"{_OWN}:{outline.pk}", label)


def _shipped() -> Iterator[Pattern]:
    names = sorted(path.stem for path in OUTLINES.glob("*.toml"))
    for name in sorted(names, key=lambda each: each != DEFAULT_OUTLINE):
        label = _("Outline: %(label)s") % {"label": shipped_outline(name)["label"]}
        yield Pattern(f"{_SHIPPED}:{name}", label)


def _as_outline(whole: Whole) -> dict:
    return {
        **{name: getattr(whole, name) for name in ("name", "title", "subtitle")},
        "sections": [_as_row(section) for section in whole.sections.order_by("position", "pk")],
    }


def _as_row(section: Text) -> dict:
    return {name: getattr(section, name) for name in ("level", "heading", "body")}
