"""What needs somebody's attention in a unit: each with the very list that has to be worked off.

The words are those of the lists' own filters, so that the number is the size of what opens.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from activities.missing import drafts, without_proof
from activities.talk_dates import pairs_overdue
from consultations.waiting import suggestions_waiting
from members.statistics import terms_ending
from units.dates import Period
from units.models import ReportingYear
from units.statistic import Count

TERMS_END_WITHIN = timedelta(days=90)


@dataclass(frozen=True)
class Need:
    """One thing to be seen to. ``number`` is None where it is no matter of how many."""

    key: str
    words: str
    address: str
    number: int | None = None
    is_late: bool = False


_WORDS = {
    "overdue": _("replies to suggestions are overdue"),
    "soon": _("replies to suggestions are due soon"),
    "talks": _("pairs of friends whose talk is overdue"),
    "terms": _("people with a post that ends within 90 days"),
    "evidence": _("activities without any evidence"),
    "attendance": _("activities without a list of who came"),
    "date": _("entries without a date, which no report counts"),
}
_LATE = frozenset({"overdue", "talks"})


class Attention:
    """What needs attention on ``day`` in a unit's year.

    What is due by the day itself is shown where ``is_present``: beside the year that the unit
    begins with, and not beside earlier ones.
    """

    def __init__(self, year: ReportingYear, *, day: date, is_present: bool):
        self.year, self.day, self.is_present = year, day, is_present
        # What lies ahead has no evidence yet.
        self.so_far = _until(day, year.period)

    def questions(self) -> dict[str, Count]:
        """What has to be counted, to be asked together with other counts."""
        unit, day = self.year.unit, self.day
        asked = without_proof(self.so_far, unit=unit) if self.so_far else {}
        if self.is_present:
            asked |= suggestions_waiting(unit=unit, day=day)
            asked["terms"] = terms_ending(unit=unit, day=day, by=self._terms_by)
            asked["date"] = drafts(unit=unit)
        return asked

    def needs(self, numbers: dict[str, int], *, head_counts_at: str) -> list[Need]:
        """Everything there is to see to, the late first; ``numbers`` answer the questions.

        ``head_counts_at`` is the form of the year's head counts, "" for who may not open it.
        """
        if self.is_present:
            late = pairs_overdue(self.year.period, unit=self.year.unit, today=self.day)
            numbers = {**numbers, "talks": late}
        found = [
            Need(key, str(words), self._list_of(key), numbers[key], is_late=key in _LATE)
            for key, words in _WORDS.items()
            if numbers.get(key)
        ]
        missing = self._missing_head_counts()
        return found + ([Need("head_counts", missing, head_counts_at)] if missing else [])

    @property
    def _terms_by(self) -> date:
        return self.day + TERMS_END_WITHIN

    def _missing_head_counts(self) -> str:
        facts = self.year.facts
        if facts is None or facts.staff_total is None:
            return str(_("the number of staff of the year is not entered"))
        if facts.full_time_teachers is None:
            return str(_("the number of full-time teachers of the year is not entered"))
        return ""

    def _list_of(self, key: str) -> str:
        """The address of the list, with the filters that show exactly these rows."""
        year = {"year": self.year.year}
        if self.so_far and self.so_far.last < self.year.last:
            activities = {**year, "last": self.so_far.last.isoformat()}
        else:
            activities = year
        day, by = self.day.isoformat(), self._terms_by.isoformat()
        page, asked = {
            "overdue": ("suggestions", {"state": "overdue"}),
            "soon": ("suggestions", {"state": "soon"}),
            "talks": ("talks", {**year, "show": "overdue"}),
            "terms": ("roster", {"day": day, "who": "all", "ends": by}),
            "evidence": ("activities", {**activities, "lack": "evidence"}),
            "attendance": ("activities", {**activities, "lack": "attendance"}),
            "date": ("activities", {"lack": "date"}),
        }[key]
        return f"{reverse(page, args=[self.year.unit.code])}?{urlencode(asked)}"


def _until(day: date, period: Period) -> Period | None:
    """The days of ``period`` up to ``day``; None where it begins later."""
    return Period(period.first, min(day, period.last)) if period.first <= day else None
