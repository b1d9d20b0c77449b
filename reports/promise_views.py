"""The page on which a sealed report's shortcomings and measures become next year's open items."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consultations.promising import take_over, taken_over
from reports.models import Seal
from reports.promise_forms import PromisedFormSet
from reports.promised import sentences
from reports.sealed import sealed_document
from units.desk import unit_to_keep
from units.models import Unit
from units.recording import ChangeRefused


@require_http_methods(["GET", "HEAD", "POST"])
def promises_page(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Show the sentences of the sealed report that may be promises, and keep those chosen."""
    keeper = unit_to_keep(request, unit, "consultations.add_promise")
    seal = Seal.objects.light().filter(unit=keeper, report__year=year).first()
    kept = taken_over(keeper, year=year)
    proposed = _proposed(seal, kept) if seal else []
    rows = PromisedFormSet(request.POST or None, initial=proposed)
    if request.method == "POST" and seal and rows.is_valid():
        refusal = _keep(request, keeper, year, rows.cleaned_data)
        if not refusal:
            return redirect("promises", unit)
        messages.error(request, refusal)
    context = {
        "unit": keeper,
        # Only a year with a report has figures and a report for the menu to lead to.
        "year": year if seal else None,
        "shown": year,
        "rows": rows,
        "is_sealed": seal is not None,
        "kept": kept,
    }
    return render(request, "reports/promises.html", context)


def _proposed(seal: Seal, kept: dict[str, str]) -> list[dict]:
    """The sentences that are not kept yet."""
    found = sentences(sealed_document(seal))
    return [
        {"kind": each.kind, "wording": each.wording} for each in found if each.wording not in kept
    ]


def _keep(request: HttpRequest, unit: Unit, year: int, rows: list[dict]) -> str:
    """Keep the rows that were chosen; "" where that is done, else why it is not."""
    items = [(row["kind"], row["wording"]) for row in rows if row.get("kind")]
    try:
        number = take_over(unit, year=year, items=items)
    except (ValidationError, ChangeRefused) as refusal:
        return " ".join(getattr(refusal, "messages", [str(refusal)]))
    messages.success(request, _("%(number)s open items are kept.") % {"number": number})
    return ""
