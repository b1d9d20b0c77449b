"""Handing out the files of evidence: to whoever may read the unit's records, asked each time.

No other address leads to a file. What it holds came from somebody else's machine, so the browser is
told what it is, to believe that, and to run nothing in it.
"""

from pathlib import PurePath

from django.conf import settings
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from activities.models import Evidence
from units.desk import unit_to_read
from units.events import Action, record
from units.exports import Export, hand_out

# Pictures are our own drawing (activities.uploads.pictures). A PDF opens in the reader that the
# person chose: browsers do not show one that is as locked in as the header below asks.
_SHOWN_IN_THE_BROWSER = frozenset({"image/jpeg", "image/png"})
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    # The style is what a browser puts around a picture that is opened by itself.
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; "
    "frame-ancestors 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@require_safe
def evidence_file(request: HttpRequest, unit: str, pk: int) -> HttpResponse:
    """The file; a picture opens in the browser unless ``?download=1`` asks to save it.

    A picture in which a child could be recognised is shown to those who keep the records, so that
    they can say what is to be seen in it; it is not handed out as a file.
    """
    row = _row(request, unit, pk)
    _refuse_missing(row.file)
    saved = row.content_type not in _SHOWN_IN_THE_BROWSER or request.GET.get("download") == "1"
    if not saved:
        record(Action.VIEW, row=row, file="evidence")
        return _answer(row.file, row.content_type, name=row.name, saved=False)
    if row.is_picture and not row.may_leave:
        return render(request, "activities/evidence_stays.html", {"row": row}, status=409)
    export = Export("evidence", PurePath(row.name).suffix[1:], rows=1, unit=row.unit, row=row)
    return hand_out(
        request, export, lambda: _answer(row.file, row.content_type, name=row.name, saved=True)
    )


@require_safe
def evidence_thumbnail(request: HttpRequest, unit: str, pk: int) -> HttpResponse:
    """The picture, small. Lists are full of them, so the log does not hold each."""
    row = _row(request, unit, pk)
    _refuse_missing(row.thumbnail)
    return _answer(row.thumbnail, "image/jpeg", name=row.name, saved=False)


def _row(request: HttpRequest, code: str, pk: int) -> Evidence:
    unit = unit_to_read(request, code)
    return get_object_or_404(Evidence.objects.filter(unit=unit), pk=pk)


def _refuse_missing(file: FieldFile):
    """Http404 for what has no file, or no longer has it (manage.py verify_files names those)."""
    if not file or not (settings.X_ACCEL or file.storage.exists(file.name)):
        raise Http404


def _answer(file: FieldFile, content_type: str, *, name: str, saved: bool) -> HttpResponse:
    """The bytes, or the word to the web server in front where to find them."""
    if settings.X_ACCEL:
        answer = HttpResponse(content_type=content_type, headers=_HEADERS)
        answer["Content-Disposition"] = content_disposition_header(saved, name)
        answer["X-Accel-Redirect"] = f"{settings.X_ACCEL.rstrip('/')}/{file.name}"
        return answer
    return FileResponse(
        file.open("rb"),
        content_type=content_type,
        headers=_HEADERS,
        as_attachment=saved,
        filename=name,
    )
