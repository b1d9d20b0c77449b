"""The ledger of a year's suggestions: on a page, as XLSX and CSV, and as PDF for the files."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from consultations.ledger import COLUMNS, Ledger, ledger
from reports.ledger_print import render_ledger, title_of
from reports.rendering import RenderingUnavailableError
from units.desk import unit_to_read
from units.events import Action, record
from units.exports import Export, hand_out, mark_of
from units.spreadsheets import CSV, XLSX, write_csv, write_xlsx

KINDS = {"xlsx": XLSX, "csv": CSV, "pdf": "application/pdf"}
_LONG = ("wording", "replies", "progress")


@require_safe
def ledger_page(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """The ledger up to the closing day, or up to today while the year lasts."""
    keeper = unit_to_read(request, unit)
    found = _ledger(keeper, year)
    record(Action.VIEW, unit=keeper, list="suggestion-ledger", rows=len(found.lines))
    context = {
        "unit": keeper,
        "shown": year,
        "years": [year + 1, year, year - 1],
        "ledger": found,
        "columns": list(COLUMNS.items()),
        "lines": [_cells(line) for line in found.lines],
        "kinds": list(KINDS),
    }
    return render(request, "reports/ledger.html", context)


@require_safe
def ledger_file(request: HttpRequest, unit: str, year: int, file_format: str) -> HttpResponse:
    """The same as a file. Http404 for another kind of file."""
    keeper = unit_to_read(request, unit)
    if file_format not in KINDS:
        raise Http404
    found = _ledger(keeper, year)
    export = Export(
        file="suggestion-ledger",
        format=file_format,
        rows=len(found.lines),
        unit=keeper,
        more={"year": year},
    )
    return hand_out(request, export, lambda: _file(request, found, file_format))


def _ledger(unit, year: int) -> Ledger:
    if not 1949 <= year < 3000:
        raise Http404
    reporting = unit.reporting_year(year)
    return ledger(reporting, day=min(reporting.last, timezone.localdate()))


def _file(request: HttpRequest, found: Ledger, file_format: str) -> HttpResponse:
    mark = mark_of(request.user, timezone.now())
    title = title_of(found)
    headers, lines = found.sheet()
    try:
        content = {
            "xlsx": lambda: write_xlsx(headers, [*lines, [found.rule]], title=title, mark=mark),
            "csv": lambda: write_csv(headers, [*lines, [found.rule]], mark=mark),
            "pdf": lambda: render_ledger(found, mark=mark),
        }[file_format]()
    except RenderingUnavailableError as failure:
        context = {"unit": found.year.unit, "year": None, "faults": [str(failure)]}
        return render(request, "reports/faults.html", context, status=503)
    name = content_disposition_header(True, f"{title}.{file_format}")
    return HttpResponse(
        content, content_type=KINDS[file_format], headers={"Content-Disposition": name}
    )


def _cells(line: dict[str, object]) -> list[tuple[str, object, bool]]:
    """(heading, value, whether it is long) for each column of the page."""
    return [(COLUMNS[key], _shown(value), key in _LONG) for key, value in line.items()]


def _shown(value: object) -> object:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else value
