"""The pages on a report's way: begin, hand in, return, take up again, sign; and the sealed file."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reports.annual import AnnualReport
from reports.figures import REGISTER
from reports.models.step import DeedRefused, last_edit, last_edit_of_facts
from reports.oversight import sealed_file
from reports.patterns import patterns_for
from reports.rendering import RenderingUnavailableError, document_context
from reports.sealing import body_of, digest_of, sign
from reports.signing import begin_report, hand_in, obstacles, send_back, take_up
from reports.signing_forms import BeginForm, ReturnForm, SignForm
from reports.signing_page import left_out_words
from reports.states import EDGES, Deed
from reports.text_checks.answers import open_findings
from reports.views import asked_year, of_year, unit_with_figures
from units.exports import Export, hand_out
from units.models.user import holds
from units.recent_sign_in import recent_sign_in_required
from units.recording import ChangeRefused
from units.roles import Right


@require_POST
def begin(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Store the chosen pattern's text as the unit's own draft, and say what it left out."""
    annual = asked_year(request, unit, year)
    _refuse_without(Right.SUBMIT_REPORT, request, annual)
    form = BeginForm(request.POST, patterns=patterns_for(annual.year.unit, year))
    if not form.is_valid():
        return _back(request, annual, ValidationError(form.errors["pattern"]))
    try:
        begun = begin_report(annual.year, form.cleaned_data["pattern"])
    except ValidationError as refusal:
        return _back(request, annual, refusal)
    messages.success(request, _("The report is begun: its text is yours to change."))
    if begun.left_out:
        messages.info(request, left_out_words(begun.left_out))
    return redirect("report-desk", unit=unit, year=year)


@require_POST
def submit(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Hand the report in; what is still open in its text is said and keeps nobody from it."""
    annual = asked_year(request, unit, year)
    return _done(
        request,
        annual,
        Deed.SUBMIT,
        lambda annual: hand_in(annual, by=request.user, moment=timezone.now()),
        _("The report is handed in. Its text stands still until it is signed or returned."),
        open_findings(annual) or 0,
    )


@require_POST
def take_up_again(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Make a returned report a draft again."""
    return _done(
        request,
        asked_year(request, unit, year),
        Deed.TAKE_UP,
        lambda annual: take_up(annual.report, by=request.user, moment=timezone.now()),
        _("The report is a draft again: its text can be changed."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def return_page(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Ask why the report goes back, and return it."""
    annual = asked_year(request, unit, year)
    _refuse_without(EDGES[Deed.RETURN].right, request, annual)
    form = ReturnForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        return _done(
            request,
            annual,
            Deed.RETURN,
            lambda annual: send_back(
                annual.report, by=request.user, moment=timezone.now(), reason=reason
            ),
            _("The report is returned, with your reason."),
        )
    obstacle = obstacles(annual, request.user, [Deed.RETURN])[Deed.RETURN]
    context = {**of_year(annual), "form": form, "obstacle": obstacle}
    return render(request, "reports/return.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@recent_sign_in_required
def sign_page(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Show what is signed, and sign it: exactly what was shown, or nothing."""
    annual = asked_year(request, unit, year)
    _refuse_without(EDGES[Deed.SIGN].right, request, annual)
    form = SignForm(request.POST or None)
    if form.is_valid():
        try:
            sign(
                annual.report,
                by=request.user,
                moment=timezone.now(),
                shown=form.cleaned_data["shown"],
            )
        except (ChangeRefused, RenderingUnavailableError) as refusal:
            form.add_error(None, getattr(refusal, "messages", [str(refusal)]))
        else:
            messages.success(request, _("The report is signed and sealed. The year is closed."))
            return redirect("report-preview", unit=unit, year=year)
    return _sign_page(request, annual, form)


def _sign_page(request, annual: AnnualReport, form: SignForm) -> HttpResponse:
    obstacle = obstacles(annual, request.user, [Deed.SIGN])[Deed.SIGN]
    context = {**of_year(annual), "form": form, "obstacle": obstacle, "report": annual.report}
    if not obstacle:
        body, document = body_of(annual), annual.document
        context |= {
            **document_context(document),
            "name": document.name,
            # Of what this very page shows: the page comes back with it.
            "digest": digest_of(body),
            "edit": last_edit(annual.report),
            "edit_of_facts": last_edit_of_facts(annual.report),
            "open_findings": open_findings(annual),
            "handed_in": annual.report.steps.filter(deed=Deed.SUBMIT).last(),
            "figures": len(body["register"]["figures"]),
            "records": sum(len(rows) for rows in body["records"].values()),
        }
    return render(request, "reports/sign.html", context)


@require_safe
def sealed_pdf(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """The sealed file, byte for byte; also for the district office, to which it is handed in."""
    keeper = unit_with_figures(request, unit)
    found = sealed_file(keeper, year)
    if found is None:
        raise Http404
    content, name = found
    export = Export(
        file="sealed report", format="pdf", rows=len(REGISTER), unit=keeper, more={"year": year}
    )
    saved = request.GET.get("download") == "1"
    answer = HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": content_disposition_header(saved, f"{name}.pdf")},
    )
    return hand_out(request, export, lambda: answer)


def _done(
    request,
    annual: AnnualReport,
    deed: Deed,
    act: Callable[[AnnualReport], object],
    words: str,
    left_open: int = 0,
) -> HttpResponse:
    """Do it and say so, or say why not; the report's page follows."""
    _refuse_without(EDGES[deed].right, request, annual)
    try:
        act(annual)
    except DeedRefused as refusal:
        return _back(request, annual, refusal)
    messages.success(request, words)
    if left_open:
        messages.warning(
            request, _("Places of the text left open: %(number)s.") % {"number": left_open}
        )
    return redirect("report-preview", unit=annual.year.unit.code, year=annual.year.year)


def _back(request, annual: AnnualReport, refusal: ValidationError) -> HttpResponse:
    for message in refusal.messages:
        messages.error(request, message)
    return redirect("report-preview", unit=annual.year.unit.code, year=annual.year.year)


def _refuse_without(right: str, request, annual: AnnualReport):
    if not holds(right, request.user, annual.year.unit):
        raise PermissionDenied
