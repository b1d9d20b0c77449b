"""Pages about suggestions: one with its course, the board, what is due, and what is printed."""

from datetime import date

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from consultations import process
from consultations.deadlines import Deadlines
from consultations.models import Reply, State, Step, Suggestion
from consultations.timeline import timeline
from units.desk import may_keep, unit_to_read

MAY_ADD = "consultations.add_step"
_ON_BOARD = (
    *(State.REGISTERED, State.ACCEPTED, State.IN_HAND),
    *(State.ANSWERED, State.FED_BACK, State.CLOSED),
)
_MOST_PER_COLUMN = 30


@require_safe
def suggestion_page(request: HttpRequest, unit: str, pk: int) -> HttpResponse:
    """One suggestion: what was said, how it stands, what happened, and what can be done next."""
    keeper = unit_to_read(request, unit)
    today = timezone.localdate()
    found = Suggestion.objects.filter(unit=keeper).with_course(day=today)
    joined = found.select_related("organisation", "consultation", "department")
    row = get_object_or_404(joined, pk=pk)
    deadlines = Deadlines.of(keeper)
    may_add = may_keep(request.user, keeper, MAY_ADD)
    context = {
        "unit": keeper,
        "year": row.year,
        "row": row,
        "made_by": row.made_by,
        "due_on": deadlines.due_on(row),
        "is_late": deadlines.is_late(row, today),
        "entries": timeline(row),
        "steps": _possible(row) if may_add else [],
        "may_edit": may_add,
    }
    return render(request, "consultations/suggestion.html", context)


@require_safe
def board(request: HttpRequest, unit: str) -> HttpResponse:
    """Every suggestion of the latest two years by where it stands; late ones first."""
    keeper = unit_to_read(request, unit)
    today = timezone.localdate()
    deadlines = Deadlines.of(keeper)
    rows = Suggestion.objects.filter(unit=keeper, year__gte=today.year - 1)
    waiting = Suggestion.objects.filter(unit=keeper).open_on(today)
    cards = {row.pk: row for each in (rows.with_course(day=today), waiting) for row in each}
    columns = [
        {"state": State(state).label, "cards": _column(cards.values(), state, deadlines, today)}
        for state in _ON_BOARD
    ]
    context = {"unit": keeper, "columns": columns, "most": _MOST_PER_COLUMN, "total": len(cards)}
    return render(request, "consultations/board.html", context)


@require_safe
def slip(request: HttpRequest, unit: str, pk: int) -> HttpResponse:
    """The opinion slip (意见建议办理单) of one suggestion, for printing."""
    keeper = unit_to_read(request, unit)
    found = Suggestion.objects.filter(unit=keeper).with_course(day=timezone.localdate())
    row = get_object_or_404(found.select_related("organisation", "consultation"), pk=pk)
    context = {
        "unit": keeper,
        "row": row,
        "made_by": row.made_by,
        "entries": timeline(row),
        "due_on": Deadlines.of(keeper).due_on(row),
    }
    return render(request, "consultations/slip.html", context)


@require_safe
def results_notice(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """What became of the year's suggestions, without names, for posting.

    Only what may be published stands in it; of all others the numbers alone.
    """
    keeper = unit_to_read(request, unit)
    period = keeper.reporting_year(year).period
    rows = Suggestion.objects.filter(unit=keeper).during(period).with_course(day=period.last)
    by_then = Reply.objects.filter(replied_on__lte=period.last)
    rows = list(rows.prefetch_related(Prefetch("replies", by_then)).order_by("number"))
    context = {
        "unit": keeper,
        "year": year,
        "total": len(rows),
        "answered": sum(row.first_reply_on is not None for row in rows),
        "results": [
            (label, sum(row.result == value for row in rows))
            for value, label in Step.Result.choices
        ],
        "published": [row for row in rows if row.may_be_published],
    }
    return render(request, "consultations/results_notice.html", context)


def _column(cards, state: str, deadlines: Deadlines, today: date) -> list[dict]:
    found = [
        {"row": row, "due_on": deadlines.due_on(row), "is_late": deadlines.is_late(row, today)}
        for row in cards
        if row.state == state
    ]
    return sorted(found, key=lambda card: (card["due_on"] or date.max, card["row"].pk))


def _possible(row: Suggestion) -> list[tuple[str, str]]:
    """(address, label) of everything that can be done now, in the order of the kinds."""
    possible, unit = process.possible(row), row.unit
    found = []
    if process.REPLY in possible:
        found.append((reverse("reply", args=[unit.code, row.pk]), _reply_label()))
    for kind in Step.Kind:
        if kind in possible:
            found.append((reverse("step", args=[unit.code, row.pk, kind.value]), str(kind.label)))
    return found


def _reply_label() -> str:
    return str(Suggestion._meta.get_field("replies").related_model._meta.verbose_name)
