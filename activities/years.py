"""The year that is understood in a date written without one: 6.19, 0619, 6月19日."""

from datetime import date

from activities.models import Activity
from units.written_dates import read_date


def year_understood(activity: Activity, asked, *, today: date) -> int:
    """What the page was opened for (``year``), else the activity's own year.

    Else that of the activity entered last, if it is this year or the last: a year's paper is
    entered in one go, often months later. Else the year of ``today``.
    """
    named = asked.get("year", "")
    if named.isdecimal() and 1949 <= int(named) <= today.year + 1:
        return int(named)
    if activity.started_on:
        return activity.started_on.year
    dated = Activity.objects.filter(unit=activity.unit_id, started_on__isnull=False)
    latest = dated.order_by("-pk").values_list("started_on", flat=True).first()
    is_near = latest is not None and today.year - 1 <= latest.year <= today.year
    return latest.year if is_near else today.year


def day_typed(data, year: int) -> date | None:
    """The day in the form's field ``started_on``; None while nothing there can be read."""
    try:
        return read_date(data.get("started_on", ""), year=year)[0]
    except ValueError:
        return None
