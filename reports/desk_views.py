"""The desk's other pages: where it opens, the preview while typing, the figures to put in, the
order of sections, and what a section said before."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reports.desk import figure_choices, preview_of, put_typed
from reports.models import Section
from reports.presentation import GROUPS
from reports.section_forms import SectionForm
from reports.section_versions import versions_of_section
from reports.section_views import annual_to_write
from reports.sections import move
from reports.views import asked_year, of_year
from units.desk import may_keep
from units.drafts import writers_beside
from units.recording import ChangeRefused


@require_safe
def desk(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """The desk opens at the first section; of a report that is not begun, where it is begun."""
    annual = asked_year(request, unit, year)
    if annual.report.pk is None or not may_keep(
        request.user, annual.year.unit, "reports.change_section"
    ):
        return redirect("report-preview", unit, year)
    if annual.sections:
        return redirect("report-section", unit, year, annual.sections[0].pk)
    return redirect("report-head", unit, year)


@require_POST
def typed_preview(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """The whole text with what is being typed in one section; nothing is stored."""
    keeper, annual = annual_to_write(request, unit, year, permission="reports.change_section")
    asked = request.POST.get("section", "")
    stored = next((each for each in annual.sections if str(each.pk) == asked), None)
    section = stored or Section(unit=keeper, report=annual.report, position=1)
    form = SectionForm(request.POST, instance=section)
    form.is_valid()  # tokens that cannot be read are told by the preview, with their places
    for name in ("heading", "body"):
        setattr(section, name, request.POST.get(name, ""))
    after = request.POST.get("after", "")
    put_typed(annual, section, after=int(after) if after.isdecimal() else None)
    path = request.POST.get("path", "")
    context = {
        **of_year(annual),
        "preview": preview_of(annual),
        "current": section.pk,
        "others": writers_beside(request.user, path, unit=keeper, now=timezone.now()),
    }
    return render(request, "reports/_desk_preview.html", context)


@require_safe
def figure_panel(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Every figure with its value in all its wordings, to be put into the text."""
    _keeper, annual = annual_to_write(request, unit, year, permission="reports.change_section")
    groups = [
        (title, list(figure_choices(annual.figures, [each.key for each in figures])))
        for _anchor, title, figures in GROUPS
    ]
    return render(request, "reports/_desk_figures.html", {**of_year(annual), "groups": groups})


@require_POST
def move_section(request: HttpRequest, unit: str, year: int, pk: int) -> HttpResponse:
    """One place up or down."""
    _keeper, annual = annual_to_write(request, unit, year, permission="reports.change_section")
    section = get_object_or_404(annual.report.sections, pk=pk)
    try:
        move(section, steps=-1 if request.POST.get("direction") == "up" else 1)
    except ChangeRefused as refusal:
        for message in refusal.messages:
            messages.error(request, message)
    return redirect("report-section", unit, year, pk)


@require_http_methods(["GET", "HEAD", "POST"])
def remove_section(request: HttpRequest, unit: str, year: int, pk: int) -> HttpResponse:
    """Ask, and take the section out; its earlier texts stay in the history."""
    _keeper, annual = annual_to_write(request, unit, year, permission="reports.delete_section")
    section = get_object_or_404(annual.report.sections, pk=pk)
    if request.method != "POST":
        context = {**of_year(annual), "section": section}
        return render(request, "reports/remove_section.html", context)
    try:
        section.delete()
    except ChangeRefused as refusal:
        for message in refusal.messages:
            messages.error(request, message)
    else:
        messages.success(request, _("The section is taken out."))
    return redirect("report-desk", unit, year)


@require_safe
def section_versions(request: HttpRequest, unit: str, year: int, pk: int) -> HttpResponse:
    """What the section said before: each version beside the one before it."""
    _keeper, annual = annual_to_write(request, unit, year, permission="reports.change_section")
    section = get_object_or_404(annual.report.sections, pk=pk)
    context = {
        **of_year(annual),
        "section": section,
        "versions": versions_of_section(section),
    }
    return render(request, "reports/section_versions.html", context)
