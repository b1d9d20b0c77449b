"""Addresses of the pages below a unit's year."""

from django.urls import reverse

from units.models import Unit


def address(name: str, unit: Unit, *more: str, year: int = 2017) -> str:
    """The page called ``name`` in the URLs, of ``unit`` and ``year``."""
    return reverse(name, args=[unit.code, year, *more])


def pages_of(unit: Unit) -> dict[str, str]:
    """One page of every kind, by its name."""
    return {
        "year": address("report-year", unit),
        "figure": address("figure", unit, "members_total"),
        "preview": address("report-preview", unit),
        "json": address("report-file", unit, "json"),
        "html": address("report-file", unit, "html"),
    }
