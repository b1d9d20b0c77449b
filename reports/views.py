"""A unit's years in the browser: every figure, its records, the report and its files."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from members.models import Member
from reports.admin_links import AdminLinks
from reports.annual import (
    CONTENT_TYPES,
    AnnualReport,
    NoSuchYear,
    annual_report,
    known_years,
    years_of,
)
from reports.oversight import outside_year, years_of_schools
from reports.presentation import (
    figure_groups,
    figure_line,
    gaps_in,
    nothing_recorded,
    wordings_of,
)
from reports.records_table import lists_people, records_table
from reports.rendering import RenderingUnavailableError, document_context
from reports.signing_page import panel_of
from reports.text import TextErrors
from reports.text_checks.answers import open_findings
from units.dates import DatedRow
from units.desk import may_keep
from units.events import Action, record
from units.exports import Export, hand_out
from units.models import Unit, UnitYear
from units.roles import Right

INLINE_FORMATS = {"pdf"}  # the HTML file brings its own style, which this site's policy would block


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The start page of the person's unit; with several units a list of them.

    A district office finds its schools there; who reads no report is led to what they do here.
    """
    user = request.user
    if not user.has_right(Right.SEE_REPORT):
        if user.has_right(Right.SEE_LOG):
            return redirect("log")
        if user.has_right(Right.USE_ADMIN):
            return redirect("admin:index")
    own = list(user.units_with_records())
    schools = user.units_with_figures().exclude(pk__in=[unit.pk for unit in own])
    if len(own) == 1 and not schools.exists():
        return redirect("unit-home", own[0].code)
    years = years_of(own)
    units = [
        {
            "unit": unit,
            "years": years[unit.pk],
            "enter_at": AdminLinks(user, unit).to_new(UnitYear),
        }
        for unit in own
        if unit.kind == Unit.Kind.SCHOOL or years[unit.pk]
    ]
    context = {"units": units, "schools": years_of_schools(schools)}
    return render(request, "reports/home.html", context)


@require_safe
def year_page(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Every figure of the year, and what is missing; to a district office, the figures alone."""
    keeper = unit_with_figures(request, unit)
    if not request.user.units_with_records().filter(pk=keeper.pk).exists():
        return _outside_page(request, keeper, year)
    annual = asked_year(request, unit, year)
    links = AdminLinks(request.user, annual.year.unit)
    groups = figure_groups(annual.figures, links)
    context = {
        **of_year(annual),
        "signing": panel_of(annual, request.user),
        "years": known_years(annual.year.unit),
        "groups": groups,
        "gaps": [line for group in groups for line in group.lines if line.missing],
        "is_empty": nothing_recorded(annual.figures),
        "head_counts_at": links.to_head_counts(annual.year),
        "access_at": reverse("access", args=[keeper.code]) if request.user.reads_in(keeper) else "",
    }
    return render(request, "reports/year.html", context)


@require_safe
def figure_page(request: HttpRequest, unit: str, year: int, key: str) -> HttpResponse:
    """One figure: what it means, how it reads, and the very records that make it up."""
    annual = asked_year(request, unit, year)
    if key not in annual.figures:
        raise Http404
    reading = annual.figures[key]
    links = AdminLinks(request.user, annual.year.unit)
    records = reading.evidence.model if reading.evidence is not None else None
    if lists_people(reading):
        record(Action.VIEW, unit=annual.year.unit, figure=key, year=year)
    table = records_table(reading, page=request.GET.get("page"), link_of=links.to_record)
    context = {
        **of_year(annual),
        "line": figure_line(reading, links),
        "wordings": wordings_of(reading),
        "table": table,
        "is_dated": records is not None and issubclass(records, Member | DatedRow),
        "new_record_at": links.to_new(records) if table and not table.rows else "",
        "records_name": records._meta.verbose_name if records else "",
    }
    return render(request, "reports/figure.html", context)


@require_safe
def preview_page(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """The report as it will be printed; every figure leads to its records."""
    annual = asked_year(request, unit, year)
    links = AdminLinks(request.user, annual.year.unit)
    try:
        document = annual.document
    except TextErrors as faults:
        return _faults_page(request, annual, faults.messages)
    context = {
        **of_year(annual),
        **document_context(document),
        "signing": panel_of(annual, request.user),
        "name": document.name,
        "open_findings": open_findings(annual),
        "gaps": [figure_line(annual.figures[key], links) for key in gaps_in(document)],
    }
    return render(request, "reports/preview.html", context)


@require_safe
def report_file(request: HttpRequest, unit: str, year: int, file_format: str) -> HttpResponse:
    """The report as a file; a PDF opens in the browser unless ``?download=1`` asks to save it."""
    annual = asked_year(request, unit, year)
    if file_format not in CONTENT_TYPES:
        raise Http404
    with_names = _asks_for_names(request, annual) if file_format == "pdf" else False
    try:
        if file_format == "pdf" and request.GET.get("annex"):
            content = annual.render_with_annex(with_names=with_names)
        else:
            content = annual.render(file_format)
    except TextErrors as faults:
        return _faults_page(request, annual, faults.messages)
    except RenderingUnavailableError as failure:
        return _faults_page(request, annual, [str(failure)], status=503)
    export = Export(
        file="report with names" if with_names else "report",
        format=file_format,
        rows=len(annual.figures),
        unit=annual.year.unit,
        full=with_names,
        more={"year": year},
    )
    saved = file_format not in INLINE_FORMATS or request.GET.get("download") == "1"
    name = f"{annual.document.file_stem}.{file_format}"
    answer = HttpResponse(
        content,
        content_type=CONTENT_TYPES[file_format],
        headers={"Content-Disposition": content_disposition_header(saved, name)},
    )
    return hand_out(request, export, lambda: answer)


def _asks_for_names(request: HttpRequest, annual: AnnualReport) -> bool:
    """Whether people are to be named in the annex; PermissionDenied for who does not keep them."""
    if request.GET.get("annex") != "names":
        return False
    if not may_keep(request.user, annual.year.unit, "members.change_member"):
        raise PermissionDenied
    return True


def asked_year(request: HttpRequest, code: str, year: int) -> AnnualReport:
    """The report of a unit and year that this person may see.

    What they may not see, and what is not there, are the same 404: the answer must not tell which.
    """
    _refuse_unless_reader(request)
    unit = get_object_or_404(request.user.units_with_records(), code=code)
    try:
        return annual_report(unit, year)
    except NoSuchYear as missing:
        raise Http404 from missing


def unit_with_figures(request: HttpRequest, code: str) -> Unit:
    """The unit, if this person may see its figures; else the same 404 as for one not there."""
    _refuse_unless_reader(request)
    return get_object_or_404(request.user.units_with_figures(), code=code)


def _refuse_unless_reader(request: HttpRequest):
    if not request.user.has_right(Right.SEE_REPORT):
        raise PermissionDenied


def _outside_page(request: HttpRequest, unit: Unit, year: int) -> HttpResponse:
    try:
        seen = outside_year(unit, year)
    except NoSuchYear as missing:
        raise Http404 from missing
    return render(request, "reports/outside_year.html", {"school": unit, "seen": seen})


def of_year(annual: AnnualReport) -> dict:
    """What every page below a year needs for its heading and for the menu at the top."""
    return {
        "unit": annual.year.unit,
        "year": annual.year.year,
        "period": annual.year.period,
        "motto": annual.year.facts.motto if annual.year.facts else "",
    }


def _faults_page(request, annual: AnnualReport, faults: list[str], status=422) -> HttpResponse:
    """Why there is no report: each fault of its text, or what the machine lacks."""
    context = {
        **of_year(annual),
        "faults": faults,
        "in_text": status == 422,
        "report_at": AdminLinks(request.user, annual.year.unit).to_record(annual.report)
        if annual.report.pk
        else "",
    }
    return render(request, "reports/faults.html", context, status=status)
