"""Putting right one row about a person that says something wrong, and taking back one entered by
mistake."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from members.row_forms import FORMS, model_of
from units.careful_page import CarefulPage
from units.desk import unit_to_keep
from units.editing import STAMP_FIELD, is_stale, stale_message, stamp_of
from units.events import hold_chain
from units.models import Unit
from units.scoping import UnitRow


class RowPage(CarefulPage):
    """One row: its values and dates, corrected. A closed year refuses it in its own words."""

    template_name = "members/row.html"

    def find_row(self) -> UnitRow:
        """The row to correct."""
        self.unit, row = _asked(self.request, "change", **self.kwargs)
        return row

    def make_parts(self, data=None, files=None) -> dict:
        """The one form."""
        year = timezone.localdate().year
        return {"form": FORMS[self.kwargs["kind"]](data, instance=self.row, year=year)}

    def save(self, parts) -> UnitRow:
        """The row as corrected; unchanged, nothing is written."""
        form = parts["form"]
        if form.has_changed():
            form.save()
            messages.success(self.request, _("Corrected."))
        return self.row

    def address_after(self, row: UnitRow) -> str:
        """The person's page."""
        return _person_page(row)

    def page_context(self) -> dict:
        """Whose row it is, and of which kind."""
        return {"unit": self.unit, "person": self.row.member, "kind": self.kwargs["kind"]}


@require_http_methods(["GET", "HEAD", "POST"])
def delete_row(request: HttpRequest, unit: str, kind: str, pk: int) -> HttpResponse:
    """Asks whether a row entered by mistake is to be deleted, and deletes it."""
    keeper, row = _asked(request, "delete", unit=unit, kind=kind, pk=pk)
    refusal = _taken_back(request, row) if request.method == "POST" else ""
    if request.method == "POST" and not refusal:
        messages.success(request, _("The entry was deleted."))
        return redirect(_person_page(row))
    stamp = {"name": STAMP_FIELD, "value": stamp_of([row])}
    context = {"unit": keeper, "row": row, "kind": kind, "refusal": refusal, "stamp": stamp}
    return render(request, "members/delete_row.html", context)


def _taken_back(request: HttpRequest, row: UnitRow) -> str:
    """Empty where the row is gone; else why it is not."""
    try:
        with transaction.atomic():
            hold_chain()
            now = type(row).objects.filter(pk=row.pk).first()
            if is_stale(request.POST.get(STAMP_FIELD, ""), filter(None, [now])):
                return stale_message()
            now.delete()
    except ValidationError as refused:
        return " ".join(refused.messages)
    return ""


def _asked(
    request: HttpRequest, action: str, *, unit: str, kind: str, pk: int
) -> tuple[Unit, UnitRow]:
    """The unit, and its row of that kind about a person; 404, 403 as every page of a unit."""
    if kind not in FORMS:
        raise Http404
    model = model_of(kind)
    keeper = unit_to_keep(request, unit, f"members.{action}_{model._meta.model_name}")
    rows = model.objects.filter(unit=keeper, member__isnull=False).select_related("member")
    return keeper, get_object_or_404(rows, pk=pk)


def _person_page(row: UnitRow) -> str:
    return reverse("person", args=[row.unit.code, row.member_id])
