"""Adding evidence to an activity, saying something about it, and taking it back."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from activities.evidence_forms import AddressForm, NotNeededForm, PieceForm, UploadForm
from activities.models import Activity, Evidence, NotNeeded, Slot
from activities.uploads.kinds import Reason, RefusedFile
from activities.uploads.names import readable_name
from activities.uploads.storing import Origin, store
from activities.uploads.words import WORDS
from units.careful_page import CarefulPage, Part
from units.desk import unit_to_keep
from units.editing import STAMP_FIELD, TOKEN_FIELD, is_stale, stale_message, stamp_of
from units.events import hold_chain
from units.recording import ChangeRefused
from units.upload_handler import not_received


@dataclass(frozen=True)
class Outcome:
    """What became of one file: stored, or why it was not (``refused``)."""

    name: str
    refused: str = ""


@require_POST
def add_evidence(request: HttpRequest, unit: str, pk: int) -> HttpResponse:
    """Store the files that were sent, each by itself, and say of each what became of it.

    The page's script sends one file at a time and asks for JSON: ``refused`` holds the reasons why
    it was not stored. A form without the script sends many and is led back to the page.
    """
    activity = _activity_to_keep(request, unit, pk, "activities.add_evidence")
    outcomes = [
        Outcome(readable_name(each.name), str(WORDS[Reason(each.reason)]))
        for each in not_received(request)
    ]
    form = UploadForm(request.POST, {"files": request.FILES.getlist("files")})
    if form.is_valid():
        outcomes += _stored(request, activity, form)
    outcomes = outcomes or [Outcome("", str(_("Choose one or more files first.")))]
    if request.accepts("text/html"):
        _tell(request, outcomes)
        return HttpResponseRedirect(_page_of(activity))
    return JsonResponse({"refused": [each.refused for each in outcomes if each.refused]})


def _stored(request: HttpRequest, activity: Activity, form: UploadForm) -> list[Outcome]:
    tokens = form.tokens(request.POST.get(TOKEN_FIELD, ""), user=request.user)
    outcomes = []
    for file, token in zip(form.cleaned_data["files"], tokens, strict=True):
        origin = Origin(activity=activity, user=request.user, token=token)
        try:
            row = store(file, origin=origin, slot=form.cleaned_data["slot"])
            outcomes.append(Outcome(row.name))
        except RefusedFile as refused:
            outcomes.append(Outcome(readable_name(file.name), str(WORDS[refused.reason])))
        except ValidationError as refused:
            outcomes.append(Outcome(readable_name(file.name), " ".join(refused.messages)))
    return outcomes


def _tell(request: HttpRequest, outcomes: list[Outcome]):
    stored = [each for each in outcomes if not each.refused]
    if stored:
        words = ngettext("%(number)s file stored.", "%(number)s files stored.", len(stored))
        messages.success(request, words % {"number": len(stored)})
    for each in outcomes:
        if each.refused:
            words = _("%(name)s: %(why)s") if each.name else "%(why)s"
            messages.error(request, words % {"name": each.name, "why": each.refused})


class AddAddress(CarefulPage):
    """A report that was published under a web address, as a piece of evidence."""

    model = Evidence
    template_name = "activities/evidence_address.html"

    def find_row(self):
        """None: the page is for a new one. Checks rights."""
        self.activity = _activity_to_keep(
            self.request, self.kwargs["unit"], self.kwargs["pk"], "activities.add_evidence"
        )

    def make_parts(self, data=None, files=None) -> dict[str, Part]:
        """The one form."""
        row = Evidence(unit=self.activity.unit, activity=self.activity, slot=Slot.NEWS)
        return {"form": AddressForm(data, instance=row)}

    def save(self, parts) -> Evidence:
        """The address, stored."""
        messages.success(self.request, _("Saved."))
        return parts["form"].save()

    def address_after(self, row):
        """The activity's page, at its evidence."""
        return _page_of(self.activity)

    def page_context(self) -> dict:
        """For heading and menu."""
        return _context_of(self.activity)


class EditEvidence(CarefulPage):
    """Captions, kinds, and whether children can be seen: of all pieces of an activity at once."""

    model = Activity
    template_name = "activities/evidence_words.html"

    def find_row(self) -> Activity:
        """The activity. Checks rights."""
        return _activity_to_keep(
            self.request, self.kwargs["unit"], self.kwargs["pk"], "activities.change_evidence"
        )

    def make_parts(self, data=None, files=None) -> dict[str, Part]:
        """One form for each piece that is there."""
        rows = Evidence.objects.filter(activity=self.row).order_by("slot", "name", "pk")
        forms = [PieceForm(data, instance=row, prefix=f"piece-{row.pk}") for row in rows]
        self.pieces = forms
        return {form.prefix: form for form in forms}

    def rows_shown(self):
        """The pieces, read afresh."""
        return Evidence.objects.filter(activity=self.row)

    def save(self, parts) -> Activity:
        """The activity; every piece that was changed is stored."""
        for form in parts.values():
            if form.has_changed():
                form.save()
        messages.success(self.request, _("Saved."))
        return self.row

    def address_after(self, row):
        """The activity's page, at its evidence."""
        return _page_of(row)

    def page_context(self) -> dict:
        """The forms, for heading and menu."""
        return {**_context_of(self.row), "pieces": self.pieces}


@require_http_methods(["GET", "HEAD", "POST"])
def delete_evidence(request: HttpRequest, unit: str, pk: int) -> HttpResponse:
    """Asks whether a piece of evidence is to be deleted, and deletes it with its files."""
    keeper = unit_to_keep(request, unit, "activities.delete_evidence")
    row = get_object_or_404(
        Evidence.objects.filter(unit=keeper).select_related("activity", "unit"), pk=pk
    )
    refusal = _deletion_refused(request, row) if request.method == "POST" else ""
    if request.method == "POST" and not refusal:
        messages.success(request, _("Deleted: %(title)s") % {"title": row})
        return HttpResponseRedirect(_page_of(row.activity))
    stamp = {"stamp_field": STAMP_FIELD, "stamp": stamp_of([row])}
    context = {**_context_of(row.activity), **stamp, "row": row, "refusal": refusal}
    return render(request, "activities/evidence_delete.html", context)


def _deletion_refused(request: HttpRequest, row: Evidence) -> str:
    """Empty where the piece is gone; else why it is not."""
    try:
        with transaction.atomic():
            hold_chain()
            stored = Evidence.objects.filter(pk=row.pk)
            if is_stale(request.POST.get(STAMP_FIELD, ""), stored):
                return stale_message()
            stored.delete()
    except ChangeRefused as refused:
        return " ".join(refused.messages)
    return ""


@require_POST
def mark_not_needed(request: HttpRequest, unit: str, pk: int) -> HttpResponse:
    """Note that a kind of evidence is not needed, and why; with ``withdraw``, take that back."""
    activity = _activity_to_keep(request, unit, pk, "activities.add_notneeded")
    try:
        with transaction.atomic():
            hold_chain()
            refused = _marked(activity, request.POST)
    except ChangeRefused as refusal:
        refused = refusal.messages
    for words in refused:
        messages.error(request, words)
    return HttpResponseRedirect(_page_of(activity))


def _marked(activity: Activity, data) -> list[str]:
    """Why nothing was marked; empty where it was, or was already."""
    marks = NotNeeded.objects.filter(activity=activity, slot=data.get("slot", ""))
    if "withdraw" in data:
        marks.delete()
    elif not marks.exists():
        form = NotNeededForm(data, instance=NotNeeded(unit=activity.unit, activity=activity))
        if not form.is_valid():
            return [str(_("Write the reason why it is not needed."))]
        form.save()
    return []


def _activity_to_keep(request: HttpRequest, code: str, pk: int, permission: str) -> Activity:
    keeper = unit_to_keep(request, code, permission)
    return get_object_or_404(Activity.objects.filter(unit=keeper).select_related("unit"), pk=pk)


def _page_of(activity: Activity) -> str:
    return reverse("activity", args=[activity.unit.code, activity.pk]) + "#evidence"


def _context_of(activity: Activity) -> dict:
    year = activity.started_on.year if activity.started_on else None
    return {"unit": activity.unit, "activity": activity, "year": year}
