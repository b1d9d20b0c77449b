"""The page of what a careful reader would ask about a report's text, and its answers."""

from itertools import groupby

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reports.annual import AnnualReport
from reports.checks_forms import AnswerForm
from reports.finding_kinds import Kind
from reports.states import State
from reports.text_checks import Finding
from reports.text_checks.answers import Checked, answer, checked
from reports.views import asked_year, of_year
from units.models.user import holds
from units.recording import ChangeRefused
from units.roles import Right


@require_http_methods(["GET", "HEAD", "POST"])
def checks_page(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Every finding with where and why, the open ones first; a POST answers one."""
    annual = asked_year(request, unit, year)
    may_answer = holds(Right.SUBMIT_REPORT, request.user, annual.year.unit)
    if request.method == "POST" and not may_answer:
        raise PermissionDenied
    form = AnswerForm(request.POST or None)
    if form.is_valid() and _kept(request, annual, form):
        return redirect("report-checks", unit=unit, year=year)
    found = checked(annual)
    state = annual.report.state
    context = {
        **of_year(annual),
        "groups": _groups(found, form),
        "answered": [(each, _form_of(each.finding, form)) for each in found.answered],
        "open_count": len(found.open),
        "is_begun": annual.report.pk is not None,
        "may_answer": may_answer and annual.report.pk is not None and state is not State.SIGNED,
        "may_write": may_answer and annual.report.pk is not None and state is State.DRAFT,
        "faults": form.non_field_errors(),
    }
    return render(request, "reports/checks.html", context)


def _kept(request: HttpRequest, annual: AnnualReport, form: AnswerForm) -> bool:
    """Whether the answer is kept; where it is not, the form says why."""
    try:
        answer(annual, **form.cleaned_data, by=request.user, moment=timezone.now())
    except ChangeRefused as refusal:
        form.add_error(None, refusal.messages)
        return False
    messages.success(request, _("The reason is kept with the report."))
    return True


def _groups(found: Checked, sent: AnswerForm) -> list[dict]:
    """The open findings by kind, in the order in which the kinds are declared."""
    order = list(Kind)
    by_kind = sorted(found.open, key=lambda each: order.index(each.kind))
    return [
        {"kind": kind, "rows": [(each, _form_of(each, sent)) for each in rows]}
        for kind, rows in groupby(by_kind, key=lambda each: each.kind)
    ]


def _form_of(finding: Finding, sent: AnswerForm) -> AnswerForm:
    """The form for one finding: the one that was sent, if it was this one's."""
    if sent.is_bound and sent.data.get("fingerprint") == finding.fingerprint:
        sent.auto_id = AnswerForm.ids_of(finding.fingerprint)
        return sent
    return AnswerForm.about(finding.fingerprint)
