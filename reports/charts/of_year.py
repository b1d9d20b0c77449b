"""The charts of a unit's year: members by party, age and title, and activities by month."""

from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from activities.statistics import activities_by_month
from members.ages import UNKNOWN_AGE, USUAL_BANDS
from members.codes import TitleLevel
from members.models import Party
from members.statistics import members_by_age, members_by_party, members_by_title_level
from reports.charts.chart import Bar, Chart
from units.dates import Period, Precision, last_day_of
from units.groups import Numbers, numbers_of
from units.models import ReportingYear, Unit

_NO_TITLE = "null"
"""By this the roster's filter asks for those without one."""


def charts_of(year: ReportingYear, *, day: date) -> list[Chart]:
    """The charts of the year with people as of ``day``, or of the closing day where that is
    earlier; two queries. A chart without a number is left out."""
    unit, period, on = year.unit, year.period, min(day, year.last)
    numbers = numbers_of(
        {
            "party": members_by_party(unit=unit, day=on),
            "age": members_by_age(unit=unit, day=on),
            "title": members_by_title_level(unit=unit, day=on),
            "month": activities_by_month(unit=unit, period=period),
        }
    )
    people = _People(unit, on)
    charts = [
        people.by_party(numbers["party"]),
        people.by_age(numbers["age"]),
        people.by_title(numbers["title"]),
        _by_month(unit, period, numbers["month"]),
    ]
    return [chart for chart in charts if not chart.is_empty]


class _People:
    """The charts about members on a day; each number leads to the roster of that day."""

    def __init__(self, unit: Unit, day: date):
        self.unit, self.day = unit, day
        self.note = _("as of %(day)s") % {"day": day}

    def by_party(self, numbers: Numbers) -> Chart:
        """All parties in their official order, those without a member too."""
        bars = [
            Bar(party.short_name, numbers.get(party.code, 0), self._roster(party=party.code))
            for party in Party.objects.order_by("order")
        ]
        return Chart("party", _("Members by party"), "人", tuple(bars), self.note)

    def by_age(self, numbers: Numbers) -> Chart:
        """By the bands that reports use, and those whose birth nobody knows."""
        bars = [Bar(band, numbers.get(band, 0), self._roster(age=band)) for band in USUAL_BANDS]
        unknown = self._unknown(numbers, age=UNKNOWN_AGE)
        return Chart("age", _("Members by age"), "人", (*bars, *unknown), self.note)

    def by_title(self, numbers: Numbers) -> Chart:
        """By level, the highest first."""
        bars = [
            Bar(level.label, numbers.get(level, 0), self._roster(title_level=level))
            for level in TitleLevel
        ]
        unknown = self._unknown(numbers, title_level=_NO_TITLE)
        return Chart("title", _("Members by title"), "人", (*bars, *unknown), self.note)

    def _unknown(self, numbers: Numbers, **asked) -> list[Bar]:
        number = numbers.get(None, 0)
        return [Bar(_("not entered"), number, self._roster(**asked))] if number else []

    def _roster(self, **asked) -> str:
        query = urlencode({"day": self.day.isoformat(), **asked})
        return f"{reverse('roster', args=[self.unit.code])}?{query}"


def _by_month(unit: Unit, period: Period, numbers: Numbers) -> Chart:
    page = reverse("activities", args=[unit.code])
    bars = []
    for month in _months(period):
        days = {"first": month.first.isoformat(), "last": month.last.isoformat()}
        number = numbers.get(month.first.replace(day=1).isoformat(), 0)
        label = f"{month.first:%Y-%m}"
        bars.append(Bar(label, number, f"{page}?{urlencode(days)}", str(month.first.month)))
    note = _("entries; a series is one")
    return Chart("month", _("Activities by month"), "项", tuple(bars), note, upright=True)


def _months(period: Period) -> Iterator[Period]:
    """The months of the period, the first and the last cut to its days."""
    first = period.first
    while first <= period.last:
        last = min(last_day_of(first, Precision.MONTH), period.last)
        yield Period(first, last)
        first = last + timedelta(days=1)
