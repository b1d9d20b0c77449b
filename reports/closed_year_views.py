"""The pages about a sealed year: what drifted since, and the exceptions under which it is open."""

from collections.abc import Iterable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reports.admin_links import AdminLinks
from reports.annual import AnnualReport
from reports.changed_records import ChangedRecord, changes_under
from reports.drift import Drift, drift_of
from reports.signing_forms import ExceptionForm
from reports.views import asked_year, of_year
from units.events import Action, record
from units.models import YearException
from units.models.closing import opens_years
from units.recent_sign_in import recent_sign_in_required


@require_safe
def drift_page(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Every sealed number that today's records no longer give, and the records that make it so."""
    annual = _sealed_year(request, unit, year)
    record(Action.VIEW, unit=annual.year.unit, page="drift", year=year)
    drift = drift_of(annual.seal)
    links = AdminLinks(request.user, annual.year.unit)
    context = {
        **_of_sealed(annual),
        "drift": drift,
        "groups": _groups(drift, links),
        "behind_no_figure": _linked(drift.records_behind_no_figure, links),
    }
    return render(request, "reports/drift.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def exceptions_page(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """The exceptions of a closed year; a secretary gives new ones by POST."""
    annual = _sealed_year(request, unit, year)
    if not request.user.reads_in(annual.year.unit):
        raise Http404
    if request.method == "POST":
        return _give(request, annual)
    return _exceptions(request, annual, form=_empty_form(request, annual))


@require_POST
@recent_sign_in_required
def withdraw_exception(request: HttpRequest, unit: str, year: int, pk: int) -> HttpResponse:
    """End an exception before its time."""
    annual = _sealed_year(request, unit, year)
    _refuse_unless_opener(request, annual)
    row = get_object_or_404(annual.seal.closed_year.exceptions, pk=pk)
    row.withdraw(moment=timezone.now())
    messages.success(request, _("The exception is withdrawn."))
    return redirect("year-exceptions", unit=unit, year=year)


@require_safe
def exception_page(request: HttpRequest, unit: str, year: int, pk: int) -> HttpResponse:
    """What was changed under one exception, and which printed numbers that moved."""
    annual = _sealed_year(request, unit, year)
    row = get_object_or_404(annual.seal.closed_year.exceptions, pk=pk)
    record(Action.VIEW, row=row, page="changes under an exception")
    moved = [
        line
        for line in drift_of(annual.seal).lines
        if any(each.exception == row for each in line.records)
    ]
    context = {
        **_of_sealed(annual),
        "exception": row,
        "lasts": row.lasts_at(timezone.now()),
        "changes": changes_under(row),
        "moved": moved,
    }
    return render(request, "reports/exception.html", context)


@recent_sign_in_required
def _give(request, annual: AnnualReport) -> HttpResponse:
    _refuse_unless_opener(request, annual)
    form = ExceptionForm(request.POST, closed=annual.seal.closed_year, giver=request.user)
    if not form.is_valid():
        return _exceptions(request, annual, form=form)
    form.save()
    messages.success(
        request,
        _("%(name)s may correct the records of %(year)s until then.")
        % {"name": form.instance.user, "year": annual.year.year},
    )
    return redirect("year-exceptions", unit=annual.year.unit.code, year=annual.year.year)


def _exceptions(request, annual: AnnualReport, *, form: ExceptionForm | None) -> HttpResponse:
    now = timezone.now()
    given = YearException.objects.filter(closed_year=annual.seal.closed_year)
    rows = given.select_related("user", "granted_by").prefetch_related("changes")
    context = {
        **_of_sealed(annual),
        "rows": [(row, row.lasts_at(now), len(row.changes.all())) for row in rows],
        "form": form,
    }
    return render(request, "reports/exceptions.html", context)


def _empty_form(request, annual: AnnualReport) -> ExceptionForm | None:
    """The form for those who may give; None for those who only read."""
    if not opens_years(request.user, annual.year.unit):
        return None
    return ExceptionForm(closed=annual.seal.closed_year, giver=request.user)


def _groups(drift: Drift, links: AdminLinks) -> list[tuple[str, list]]:
    """(heading, [(figure, [(record, address of its form)])]) for each group that is not empty."""
    groups = [
        (_("Printed numbers that today's records no longer give"), drift.printed_otherwise),
        (_("Other figures that are not what they were"), drift.others),
    ]
    return [
        (heading, [(line, _linked(line.records, links)) for line in lines])
        for heading, lines in groups
        if lines
    ]


def _linked(records: Iterable[ChangedRecord], links: AdminLinks) -> list[tuple]:
    return [(each, links.to_record(each.row) if each.row is not None else "") for each in records]


def _sealed_year(request, unit: str, year: int) -> AnnualReport:
    """A year with its seal; 404 where there is none."""
    annual = asked_year(request, unit, year)
    if annual.seal is None:
        raise Http404
    return annual


def _of_sealed(annual: AnnualReport) -> dict:
    return {**of_year(annual), "seal": annual.seal, "closed": annual.seal.closed_year}


def _refuse_unless_opener(request, annual: AnnualReport):
    if not opens_years(request.user, annual.year.unit):
        raise PermissionDenied
