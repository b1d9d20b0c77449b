"""The start page of a unit: its year at a glance."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.admin_links import AdminLinks
from reports.annual import known_years
from reports.attention import Attention
from reports.charts.drawing import svg
from reports.charts.of_year import charts_of
from reports.latest_changes import latest_changes
from reports.this_year import first_year, glance_at
from units.desk import may_keep
from units.models import Unit
from units.roles import Right


@require_safe
def unit_home(request: HttpRequest, unit: str) -> HttpResponse:
    """Leads to the present year of the unit, or to the latest that it knows."""
    keeper = _unit_with_figures(request, unit)
    if not _shows_records(request, keeper):
        return redirect("home")
    return redirect("this-year", unit, first_year(known_years(keeper), today=timezone.localdate()))


@require_safe
def this_year(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """What was done and what is due; to a district office, which sees figures alone, those."""
    keeper = _unit_with_figures(request, unit)
    if not _shows_records(request, keeper):
        return redirect("report-year", unit, year)
    return render(
        request,
        "reports/this_year.html",
        _this_year(request, keeper, year, today=timezone.localdate()),
    )


def _this_year(request: HttpRequest, unit: Unit, year: int, *, today: date) -> dict:
    known = known_years(unit)
    years = sorted({*known, today.year}, reverse=True)
    if year not in years:
        raise Http404
    reporting_year = unit.reporting_year(year)
    is_present = year == first_year(known, today=today)
    glance = glance_at(
        reporting_year,
        Attention(reporting_year, day=today, is_present=is_present),
        head_counts_at=AdminLinks(request.user, unit).to_head_counts(reporting_year),
    )
    return {
        "unit": unit,
        # Only a year that is known has figures and a report for the menu to lead to.
        "year": year if year in known else None,
        "shown": year,
        "years": years,
        "period": reporting_year.period,
        "motto": reporting_year.facts.motto if reporting_year.facts else "",
        "deeds": glance.deeds,
        "needs": glance.needs,
        "charts": [(chart, svg(chart)) for chart in charts_of(reporting_year, day=today)],
        "changes": latest_changes(unit, user=request.user),
        "may_set_aims": may_keep(request.user, unit, "activities.change_target"),
    }


def _shows_records(request: HttpRequest, unit: Unit) -> bool:
    return unit in request.units_seen


def _unit_with_figures(request: HttpRequest, code: str) -> Unit:
    if not request.user.has_right(Right.SEE_REPORT):
        raise PermissionDenied
    seen = (unit for unit in request.units_seen if unit.code == code)
    return next(seen, None) or get_object_or_404(request.user.units_with_figures(), code=code)
