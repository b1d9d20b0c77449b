"""What the register knows of a figure."""

from collections.abc import Callable
from dataclasses import dataclass

from reports.wording import WORDINGS, Kind
from units.models import ReportingYear
from units.statistic import Statistic


@dataclass(frozen=True)
class Figure:
    """One entry of the register.

    ``at`` is "day" (counted on the closing day), "period" (over the whole year) or "year" (needs
    what the unit stated for the year). ``base`` names what a share is a share of. ``measure`` is
    the Chinese measure word.
    """

    statistic: Callable[..., Statistic]
    name: str
    definition: str
    kind: Kind
    at: str
    measure: str = ""
    base: str = ""
    usual: str = ""

    @property
    def key(self) -> str:
        """The name of the statistic."""
        return self.statistic.__name__

    def of(self, year: ReportingYear) -> Statistic:
        """The statistic for one unit's year."""
        if self.at == "day":
            return self.statistic(unit=year.unit, day=year.last)
        if self.at == "period":
            return self.statistic(unit=year.unit, period=year.period)
        return self.statistic(year=year)

    @property
    def wordings(self) -> tuple[str, ...]:
        """The names of its wordings, the usual one first."""
        return tuple(sorted(WORDINGS[self.kind], key=lambda wording: wording != self.usual))
