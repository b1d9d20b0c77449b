"""When a pair's next talk is due: its talks are spread evenly over the year."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q

from activities.models import TalkPair
from units.dates import Period
from units.models import Unit


@dataclass(frozen=True)
class PairYear:
    """A pair in one year: how many talks were held, and the days by which each is due."""

    pair: TalkPair
    held: int
    due_days: tuple[date, ...]
    today: date

    @property
    def has_ended(self) -> bool:
        """Whether the two are a pair no longer."""
        return self.pair.ended_on is not None and self.pair.ended_on <= self.today

    @property
    def next_due(self) -> date | None:
        """By when the next talk is due; None where all were held, or the pair has ended."""
        if self.has_ended or self.held >= len(self.due_days):
            return None
        return self.due_days[self.held]

    @property
    def is_overdue(self) -> bool:
        """Whether the day for the next talk has gone by."""
        return self.next_due is not None and self.next_due < self.today


def due_days(times: int, period: Period) -> list[date]:
    """The days by which the 1st, 2nd … of ``times`` talks is due; the last is the period's last."""
    length = (period.last - period.first).days + 1
    ends = [round(length * number / times) for number in range(1, times + 1)]
    return [period.first + timedelta(days=end - 1) for end in ends]


def pairs_in(period: Period, *, unit: Unit, today: date) -> list[PairYear]:
    """The unit's pairs of the period, the most overdue first, those with nothing due last.

    A talk is due only by a day on which the two are a pair. One query.
    """
    in_period = Q(talks__activity__started_on__range=(period.first, period.last))
    pairs = (
        TalkPair.objects.during(period)
        .filter(unit=unit)
        .select_related("leader", "friend")
        .annotate(held=Count("talks", filter=in_period))
        .order_by("leader__sort_key", "friend__sort_key", "pk")
    )
    found = [PairYear(pair, pair.held, _due_of(pair, period), today) for pair in pairs]
    return sorted(found, key=lambda each: (each.has_ended, each.next_due or date.max))


def pairs_overdue(period: Period, *, unit: Unit, today: date) -> int:
    """How many pairs have let the day for their next talk go by."""
    return sum(each.is_overdue for each in pairs_in(period, unit=unit, today=today))


def _due_of(pair: TalkPair, period: Period) -> tuple[date, ...]:
    return tuple(
        day
        for day in due_days(pair.times_a_year, period)
        if (pair.started_on is None or pair.started_on <= day)
        and (pair.ended_on is None or day < pair.ended_on)
    )
