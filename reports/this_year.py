"""A unit's year at a glance: what was done, against what is due."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from activities.aims import aims
from reports.attention import Attention, Need
from reports.figures import REGISTER
from units.models import ReportingYear
from units.statistic import whole_numbers

# What can be due (activities.models.Target.Deed), in the order of the page: name and figure
# The first five are what every school is asked for: they are shown at zero too.
DEEDS = {
    "symposium": (_("symposia"), "symposia_count"),
    "study": (_("study sessions"), "study_sessions_count"),
    "visit": (_("visits to places"), "visits_count"),
    "talk": (_("talks"), "talks_count"),
    "aid_round": (_("rounds of aid"), "aid_rounds_count"),
    "briefing": (_("briefings"), "briefings_count"),
    "call": (_("calls on people"), "calls_count"),
    "training": (_("trainings"), "trainings_count"),
}
ALWAYS_SHOWN = tuple(DEEDS)[:5]


@dataclass(frozen=True)
class Deed:
    """How often something was done, and how often it is due (None: nobody said)."""

    key: str
    figure: str
    name: str
    measure: str
    done: int
    due: int | None

    @property
    def left(self) -> int:
        """How many are still to be done; 0 where nothing is due."""
        return max((self.due or 0) - self.done, 0)


def first_year(known: list[int], *, today: date) -> int:
    """The year to begin with, out of those the unit knows (latest first): the present one if it is
    among them, else the latest before it, else the present one, for a unit that begins."""
    return next((year for year in known if year <= today.year), today.year)


@dataclass(frozen=True)
class Glance:
    """What was done in a year, each with its figure, and what needs attention."""

    deeds: list[Deed]
    needs: list[Need]


def glance_at(year: ReportingYear, attention: Attention, *, head_counts_at: str) -> Glance:
    """The year at a glance; one query for all numbers but those of talks."""
    counts = {key: REGISTER[figure].of(year) for key, (_name, figure) in DEEDS.items()}
    asked = attention.questions()
    # No key of the one is a key of the other: a test says so.
    numbers = whole_numbers(counts | asked, beside=year.unit)
    return Glance(
        deeds=_deeds(year, numbers),
        needs=attention.needs({key: numbers[key] for key in asked}, head_counts_at=head_counts_at),
    )


def _deeds(year: ReportingYear, done: dict[str, int]) -> list[Deed]:
    due = aims(unit=year.unit, year=year.year)
    return [
        Deed(key, figure, str(name), REGISTER[figure].measure, done[key], due.get(key))
        for key, (name, figure) in DEEDS.items()
        if key in ALWAYS_SHOWN or key in due or done[key]
    ]
