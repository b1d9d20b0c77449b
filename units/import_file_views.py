"""The files of an import: the template to fill in, and the rows with what is wrong with them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from units.desk import unit_to_keep
from units.exports import Export, hand_out, mark_of
from units.import_views import import_asked_for, kind_asked_for
from units.imports.plans import PlanRefused, opened
from units.imports.workbooks import fault_table, template_headings
from units.spreadsheets import CSV, XLSX, write_csv, write_xlsx

_ENDINGS = {"xlsx": XLSX, "csv": CSV}


@require_GET
def import_template(request: HttpRequest, unit: str, what: str, ending: str) -> HttpResponse:
    """An empty table with the headings that are known."""
    kind = kind_asked_for(what)
    keeper = unit_to_keep(request, unit, kind.permission)
    if ending not in _ENDINGS:
        raise Http404
    title = f"{kind.title}{_('template')}"
    export = Export(file=f"import/{kind.key}", format=ending, rows=0, unit=keeper)
    headings = [str(capfirst(each)) for each in template_headings(kind)]
    return hand_out(request, export, lambda: _file(headings, [], title, ending))


@require_GET
def import_faults(request: HttpRequest, unit: str, pk: int) -> HttpResponse:
    """The rows as they stand in the file, with what is wrong; to be corrected and sent in again."""
    row, kind = import_asked_for(request, unit, pk)
    try:
        plan = opened(row)
    except PlanRefused as refused:
        raise Http404 from refused
    headings, rows = fault_table(plan, kind)
    export = Export(file="import-faults", format="xlsx", rows=len(rows), unit=row.unit, row=row)
    mark = mark_of(request.user, timezone.now())
    title = f"{kind.title}{_('faults')}"
    return hand_out(request, export, lambda: _file(headings, rows, title, "xlsx", mark))


def _file(headings: list, rows: list, title: str, ending: str, mark: str = "") -> HttpResponse:
    content = (
        write_csv(headings, rows, mark=mark)
        if ending == "csv"
        else write_xlsx(headings, rows, title=title, mark=mark)
    )
    return HttpResponse(
        content,
        content_type=_ENDINGS[ending],
        headers={"Content-Disposition": content_disposition_header(True, f"{title}.{ending}")},
    )
