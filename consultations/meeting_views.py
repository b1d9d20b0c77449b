"""The rows of suggestions on the form of an activity, with the pasted lines among them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from activities.models import Activity
from consultations.meeting_forms import SuggestionRowSet
from units.desk import unit_to_keep


@require_POST
def suggestion_rows(request: HttpRequest, unit: str) -> HttpResponse:
    """The rows that were sent and a row for each pasted line, names in doubt marked.

    Stores nothing. It is posted because it carries names.
    """
    keeper = unit_to_keep(request, unit, "activities.change_activity")
    key = request.POST.get("activity", "")
    activity = Activity(unit=keeper, kind=Activity.Kind.SYMPOSIUM)
    if key.isdecimal():
        activity = get_object_or_404(Activity, unit=keeper, pk=key)
    rows = SuggestionRowSet(request.POST, activity=activity, today=timezone.localdate())
    return render(request, "consultations/_suggestion_rows.html", {"part": rows, "unit": keeper})
