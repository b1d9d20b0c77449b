"""The auditor's pages: the change log of their units, one event, and the log as a file.

Nobody else may open them, and they change nothing; that a detail was read or the log exported is
itself in the log.
"""

import csv
from functools import wraps
from itertools import chain

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from units.events import Action, record
from units.exports import Export, hand_out, mark_of
from units.log_forms import LogFilterForm
from units.log_reading import HEADERS, changes_of, events_for, kind_of, lines_of, page_of
from units.log_text import cell, visible
from units.recent_sign_in import recent_sign_in_required
from units.roles import Right


def auditors_only(view):
    """Refuse everybody whose roles do not open the change log."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.has_right(Right.SEE_LOG):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@auditors_only
def log(request) -> HttpResponse:
    """The events, newest first, as far as the form at the top asks for them."""
    form = LogFilterForm(request.GET, auditor=request.user)
    events = form.chosen(events_for(request.user))
    page = page_of(events, before=form.cleaned_data.get("before"))
    asked = request.GET.copy()
    asked.pop("before", None)
    context = {
        "form": form,
        "rows": [
            (event, visible(str(event.actor or "")), kind_of(event.model), visible(event.source))
            for event in page.events
        ],
        "older": page.older,
        "asked": asked.urlencode(),
    }
    return render(request, "units/log.html", context)


@require_safe
@auditors_only
def log_event(request, number: int) -> HttpResponse:
    """One event with what was before and after."""
    found = events_for(request.user).select_related("actor", "unit", "detail")
    event = get_object_or_404(found, number=number)
    record(Action.VIEW, row=event, number=event.number)
    context = {
        "event": event,
        "actor": visible(str(event.actor or "")),
        "kind": kind_of(event.model),
        "source": visible(event.source),
        "reason": visible(event.reason),
        "changes": changes_of(event),
        "is_erased": bool(event.detail_digest) and not hasattr(event, "detail"),
    }
    return render(request, "units/log_event.html", context)


@require_safe
@auditors_only
@recent_sign_in_required
def log_file(request) -> HttpResponse:
    """The events that the form asks for, all of them, as a table in UTF-8 (CSV)."""
    form = LogFilterForm(request.GET, auditor=request.user)
    events = form.chosen(events_for(request.user))
    newest = events.first()
    # What is written from here on, this export's own event included, is not part of it.
    events = events.filter(number__lte=newest.number) if newest else events.none()
    export = Export(file="log", format="csv", rows=events.count(), asked=_asked(form))
    return hand_out(request, export, lambda: _as_csv(request, events))


def _as_csv(request, events: QuerySet) -> StreamingHttpResponse:
    writer = csv.writer(_Echo())
    mark = [cell(mark_of(request.user, timezone.now()))]
    rows = chain([HEADERS], lines_of(events), [mark])
    # Without the byte order mark Excel takes the file for GBK.
    return StreamingHttpResponse(
        chain(["\ufeff"], (writer.writerow(row) for row in rows)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="log.csv"'},
    )


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        """The text itself: csv writes a line, and the line is streamed."""
        return text


def _asked(form: LogFilterForm) -> dict:
    """What was looked for, as it came; the log says what left the house."""
    return {name: value for name, value in form.data.items() if value and name in form.fields}
