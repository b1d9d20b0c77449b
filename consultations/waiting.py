"""Which suggestions wait for an answer, counted as the list of suggestions shows them."""

from datetime import date

from consultations.deadlines import Deadlines
from consultations.models import Suggestion
from units.models import Unit
from units.statistic import Count


def suggestions_waiting(*, unit: Unit, day: date) -> dict[str, Count]:
    """Of those that wait for an answer on ``day``: whose deadline has gone by, and whose is near.

    By the names under which the list of suggestions shows them: ``overdue`` and ``soon``.
    """
    deadlines, rows = Deadlines.of(unit), Suggestion.objects.filter(unit=unit)
    return {
        "overdue": Count(rows.overdue(**deadlines.late(day))),
        "soon": Count(rows.due_soon(**deadlines.soon(day))),
    }
