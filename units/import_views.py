"""Bringing in spreadsheets: send a file, look at what it would do, correct it, store it, undo it.

A file is read, and its rows are planned, outside any transaction; only what is stored is written.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from units.desk import may_keep, unit_to_keep, unit_to_read
from units.editing import (
    STAMP_FIELD,
    TOKEN_FIELD,
    is_stale,
    made_by,
    new_token,
    stamp_of,
    use_token,
)
from units.events import hold_chain
from units.import_forms import HeadingForm, RowForm, SheetForm
from units.import_page import page_of
from units.imports.files import Sheet, read_sheet
from units.imports.kinds import ImportKind, kind_called
from units.imports.plan import Plan
from units.imports.planning import plan_of, planned_again, row_planned_again
from units.imports.plans import PlanRefused, forget_old_plans, forget_plan, keep_plan, opened
from units.imports.refusals import WORDS
from units.imports.storing import store
from units.imports.undoing import undo
from units.models import ColumnName, SheetImport, Unit
from units.recording import ChangeRefused
from units.refused_files import Reason, RefusedFile
from units.scoping import StaleRow
from units.upload_handler import DISK_FULL, not_received

_SHOWN_IMPORTS = 20
_CHANGED = gettext_lazy(
    "This import was changed in the meantime. Nothing was done: look once more."
)


@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest, unit: str, what: str) -> HttpResponse:
    """Where a file is sent from, and the imports so far."""
    kind = kind_asked_for(what)
    keeper = unit_to_keep(request, unit, kind.permission)
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        token = request.POST.get(TOKEN_FIELD, "")
        made = token and made_by(token, user=request.user, model=SheetImport)
        if made:
            return redirect("import", unit=keeper.code, pk=made)
        row = _taken_in(request, form, keeper, kind)
        if row is not None:
            return redirect("import", unit=keeper.code, pk=row.pk)
    rows = SheetImport.objects.filter(unit=keeper, kind=kind.key).defer("sealed_content")
    context = {
        "unit": keeper,
        "kind": kind,
        "form": form,
        "token": request.POST.get(TOKEN_FIELD) or new_token(),
        "rows": rows.select_related("made_by")[:_SHOWN_IMPORTS],
    }
    return render(request, "units/imports/imports.html", context)


def _taken_in(
    request: HttpRequest, form: SheetForm, unit: Unit, kind: ImportKind
) -> SheetImport | None:
    """The import of the file that was sent; None, with the form saying why, where there is none."""
    for each in not_received(request):
        reason = Reason.DISK_FULL if each.reason == DISK_FULL else Reason.TOO_LARGE
        form.errors["file"] = form.error_class([_words(reason, kind)])
        return None
    if not form.is_valid():
        return None
    upload = form.cleaned_data["file"]
    try:
        sheet = read_sheet(upload)
        plan = plan_of(sheet, kind=kind, unit=unit, day=timezone.localdate())
    except RefusedFile as refused:
        form.add_error("file", _words(refused.reason, kind))
        return None
    return _kept(request, upload.name, sheet, plan, unit, kind)


def _words(reason, kind: ImportKind) -> str:
    return str(WORDS[reason]).replace("%(needed)s", str(kind.column(kind.needed).heading))


def _kept(
    request: HttpRequest, name: str, sheet: Sheet, plan: Plan, unit: Unit, kind: ImportKind
) -> SheetImport:
    now, token = timezone.now(), request.POST.get(TOKEN_FIELD, "")
    row = SheetImport(
        unit=unit,
        kind=kind.key,
        file_name=name[-120:],
        file_digest=sheet.digest,
        made_by=request.user,
        made_at=now,
    )
    try:
        with transaction.atomic():
            hold_chain()
            forget_old_plans(unit=unit, now=now)
            keep_plan(row, plan)
            use_token(token, user=request.user, row=row)
    except IntegrityError:
        # The same form at the same instant: the other one was faster.
        return SheetImport.objects.get(
            pk=made_by(token, user=request.user, model=SheetImport), unit=unit
        )
    return row


@require_GET
def import_page(request: HttpRequest, unit: str, pk: int) -> HttpResponse:
    """What the file would do or did: counts, faults, changes."""
    row, kind = import_asked_for(request, unit, pk)
    try:
        plan = opened(row)
    except PlanRefused as refused:
        return render(
            request, "units/imports/gone.html", {"unit": row.unit, "row": row, "why": str(refused)}
        )
    context = page_of(
        row, plan, kind, asked=request.GET.get("show", ""), number=request.GET.get("page", "")
    )
    stamp = {"name": STAMP_FIELD, "value": stamp_of([row])}
    before = SheetImport.objects.filter(
        unit=row.unit, file_digest=row.file_digest, stored_at__isnull=False
    ).exclude(pk=row.pk)
    context |= {"unit": row.unit, "stamp": stamp, "stored_before": before.first()}
    return render(request, "units/imports/import.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def import_row(request: HttpRequest, unit: str, pk: int, line: int) -> HttpResponse:
    """Correct one row of a file that is not stored yet."""
    row, kind = import_asked_for(request, unit, pk)
    plan = _plan_to_change(row)
    planned = plan and plan.row(line)
    if planned is None:
        raise Http404
    form = RowForm(request.POST or None, plan=plan, row=planned, kind=kind)
    if form.is_valid() and not _is_stale(request, row):
        form.correct()
        row_planned_again(plan, planned, kind=kind, unit=row.unit, day=timezone.localdate())
        _keep(request, row, plan)
        return redirect("import", unit=row.unit.code, pk=row.pk)
    context = {
        "unit": row.unit,
        "row": row,
        "planned": planned,
        "form": form,
        "stamp": {"name": STAMP_FIELD, "value": stamp_of([row])},
    }
    return render(request, "units/imports/row.html", context)


@require_POST
def import_store(request: HttpRequest, unit: str, pk: int) -> HttpResponse:
    """Store what the page showed."""
    row, kind = import_asked_for(request, unit, pk)
    if not _is_stale(request, row) and _done(request, store, row, kind):
        messages.success(request, _("The import is stored. It can be undone as one below."))
    return redirect("import", unit=row.unit.code, pk=row.pk)


@require_POST
def import_undo(request: HttpRequest, unit: str, pk: int) -> HttpResponse:
    """Undo an import as one."""
    row, kind = import_asked_for(request, unit, pk)
    if not _is_stale(request, row) and _done(request, undo, row, kind):
        messages.success(request, _("The import is undone: the records are as before it."))
    return redirect("import", unit=row.unit.code, pk=row.pk)


@require_POST
def import_again(request: HttpRequest, unit: str, pk: int) -> HttpResponse:
    """Compare a file that is not stored yet with the records as they are now."""
    row, kind = import_asked_for(request, unit, pk)
    plan = _plan_to_change(row)
    if plan is not None and not _is_stale(request, row):
        planned_again(plan, kind=kind, unit=row.unit, day=timezone.localdate())
        if _keep(request, row, plan):
            messages.success(request, _("Compared with the records as they are now."))
    return redirect("import", unit=row.unit.code, pk=row.pk)


@require_POST
def import_drop(request: HttpRequest, unit: str, pk: int) -> HttpResponse:
    """Let a file go that is not stored: its rows are forgotten."""
    row, kind = import_asked_for(request, unit, pk)
    if row.state == SheetImport.State.PLANNED:
        with transaction.atomic():
            hold_chain()
            forget_plan(row)
        messages.success(request, _("The file is let go; nothing of it was stored."))
    return redirect("imports", unit=row.unit.code, what=kind.key)


@require_POST
def import_heading(request: HttpRequest, unit: str, what: str) -> HttpResponse:
    """Remember which column a heading of the unit's own means."""
    kind = kind_asked_for(what)
    keeper = unit_to_keep(request, unit, kind.permission)
    form = HeadingForm(request.POST, kind=kind)
    if form.is_valid():
        ColumnName.objects.update_or_create(
            unit=keeper,
            kind=kind.key,
            heading=form.cleaned_data["heading"],
            defaults={"column": form.cleaned_data["column"]},
        )
        messages.success(request, _("Remembered. Send the file once more, and the column is read."))
    return redirect("imports", unit=keeper.code, what=kind.key)


def kind_asked_for(key: str) -> ImportKind:
    """The kind that an address names. Http404 where no room announced it."""
    kind = kind_called(key)
    if kind is None:
        raise Http404
    return kind


def import_asked_for(request: HttpRequest, code: str, pk: int) -> tuple[SheetImport, ImportKind]:
    """The import and its kind; 404 for another unit's. PermissionDenied for who only reads."""
    unit = unit_to_read(request, code)
    row = get_object_or_404(SheetImport.objects.select_related("unit"), unit=unit, pk=pk)
    kind = kind_asked_for(row.kind)
    if not may_keep(request.user, unit, kind.permission):
        raise PermissionDenied
    return row, kind


def _plan_to_change(row: SheetImport) -> Plan | None:
    if row.state != SheetImport.State.PLANNED:
        return None
    try:
        return opened(row)
    except PlanRefused:
        return None


def _keep(request: HttpRequest, row: SheetImport, plan: Plan) -> bool:
    """Keep the plan that was made anew; False, and a message, where somebody was faster."""
    try:
        with transaction.atomic():
            hold_chain()
            keep_plan(row, plan)
    except StaleRow:
        messages.error(request, _CHANGED)
        return False
    return True


def _is_stale(request: HttpRequest, row: SheetImport) -> bool:
    """Whether somebody changed the plan since the page was shown; then they are told."""
    stale = is_stale(request.POST.get(STAMP_FIELD, ""), [row])
    if stale:
        messages.error(request, _CHANGED)
    return stale


def _done(request: HttpRequest, deed, row: SheetImport, kind: ImportKind) -> bool:
    try:
        deed(row.pk, kind=kind, version=row.version)
    except PlanRefused as refused:
        messages.error(request, str(refused))
    except ChangeRefused as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        return True
    return False
