"""The list of people on the form of an activity, as it is for the date being typed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from activities.attendance_forms import AttendanceForm
from activities.kinds import ASKED
from activities.models import Activity
from activities.years import day_typed, year_understood
from units.desk import unit_to_keep
from units.models import Unit


@require_POST
def attendance_list(request: HttpRequest, unit: str) -> HttpResponse:
    """The list of a day with the ticks that were sent; ``read`` also ticks the pasted names.

    Stores nothing. It is posted because it carries names.
    """
    keeper = unit_to_keep(request, unit, "activities.change_activity")
    activity, today = _asked_about(request, keeper), timezone.localdate()
    year = year_understood(activity, request.POST, today=today)
    form = AttendanceForm(
        request.POST, instance=activity, day=day_typed(request.POST, year), today=today
    )
    if "read" in request.POST and form.asked.by_name:
        form.read_names()
    return render(request, "activities/_names.html", {"attendance": form, "unit": keeper})


def _asked_about(request, unit: Unit) -> Activity:
    key, kind = request.POST.get("activity", ""), request.POST.get("kind", "")
    if key.isdecimal():
        return get_object_or_404(Activity, unit=unit, pk=key)
    return Activity(unit=unit, kind=kind if kind in ASKED else Activity.Kind.OTHER)
