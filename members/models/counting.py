"""Whether a figure counts a row about a person in a year: only while the person is employed here.

So a colleague who comes later brings along memberships, titles and posts of years that are closed.
"""

from django.apps import apps
from django.db import models

from units.dating import YearOfUnit


def employed_in(row: models.Model, year: YearOfUnit) -> bool:
    """Whether the row's person was employed here on some day of ``year``."""
    return row.member_id in year.known("people employed", lambda: _people_employed_in(year))


def held_here(row: models.Model, year: YearOfUnit) -> bool:
    """The same for a post; one in the unit itself counts whoever holds it."""
    own = (row.Kind.CPC, row.Kind.SCHOOL)
    return row.kind in own or employed_in(row, year)


def _people_employed_in(year: YearOfUnit) -> set[int]:
    employments = apps.get_model("members", "Employment").objects
    rows = employments.filter(unit=year.unit_id).during(year.period)
    return set(rows.order_by().values_list("member_id", flat=True))
