"""From a pasted notice to the form: what was read from which words, for checking."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from activities.kinds import ASKED
from activities.models import Activity
from activities.notice import Notice, read_notice
from activities.notice_forms import NoticeForm
from activities.years import year_understood
from units.desk import unit_to_keep
from units.models import Unit


@require_POST
def read_pasted_notice(request: HttpRequest, unit: str) -> HttpResponse:
    """The page between a notice and the form. Stores nothing; the notice stands in no address."""
    keeper = unit_to_keep(request, unit, "activities.add_activity")
    form = NoticeForm(request.POST)
    context = {"unit": keeper, "form": form, "kinds": [], "query": ""}
    if form.is_valid():
        year = year_understood(Activity(unit=keeper), request.POST, today=timezone.localdate())
        notice = read_notice(form.cleaned_data["notice"], year=year)
        context |= {"notice": notice, "kinds": _kinds(keeper, notice, year)}
    return render(request, "activities/notice.html", context)


def _kinds(unit: Unit, notice: Notice, year: int) -> list[dict]:
    """Every kind with the address of its form, filled in; the one that was read comes first."""
    query = urlencode({**notice.values, "year": notice.values.get("started_on", str(year))[:4]})
    labels = dict(Activity.Kind.choices)
    kinds = [
        {
            "label": labels[kind],
            "address": f"{reverse('enter-activity', args=[unit.code, kind])}?{query}",
            "is_read": kind == notice.kind,
        }
        for kind in ASKED
    ]
    return sorted(kinds, key=lambda kind: not kind["is_read"])
