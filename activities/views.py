"""One activity: what is recorded, what is missing, its sign-in sheet, and taking it back."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from activities.deleting import DeletionRefused, delete_activity
from activities.entry_sections import all_sections, sections_of, styles_of
from activities.evidence_page import evidence_context
from activities.kinds import ASKED
from activities.missing import missing_of, with_facts
from activities.models import Activity, Participation
from activities.roster import bench_of_others, roster_on, seats_of
from units.desk import may_keep, unit_to_keep, unit_to_read
from units.editing import STAMP_FIELD, is_stale, stale_message, stamp_of
from units.events import Action, hold_chain, record
from units.models import Unit
from units.written_dates import written

LINES_FOR_GUESTS = 6
"""Empty lines on a sign-in sheet where nobody knows how many guests come."""


@require_safe
def activity_page(request: HttpRequest, unit: str, pk: int) -> HttpResponse:
    """What is recorded of an activity, and what is still missing."""
    keeper = unit_to_read(request, unit)
    activity = _activity(keeper, pk)
    people = list(activity.participations.select_related("member"))
    context = {
        "unit": keeper,
        "activity": activity,
        "year": activity.started_on.year if activity.started_on else None,
        "asked": ASKED[activity.kind],
        "lines": _lines(activity),
        "missing": missing_of(activity),
        "present": [row.member for row in people if row.status == Participation.Status.PRESENT],
        "excused": [row for row in people if row.status == Participation.Status.EXCUSED],
        "guests": list(activity.guest_groups.all()),
        "styles": styles_of(activity.kind),
        "sections": [(each, each.page_context(activity)) for each in sections_of(activity.kind)],
        "may_change": may_keep(request.user, keeper, "activities.change_activity"),
        **evidence_context(
            request,
            activity,
            may_keep=may_keep(request.user, keeper, "activities.add_evidence"),
        ),
    }
    return render(request, "activities/activity.html", context)


@require_safe
def sign_in_sheet(request: HttpRequest, unit: str, pk: int) -> HttpResponse:
    """The sheet to sign at the door: the roster of the day by party, others, lines for guests."""
    keeper = unit_to_read(request, unit)
    activity = _activity(keeper, pk)
    day = activity.started_on
    benches = roster_on(day, unit=keeper)
    seated = {seat.member.pk for seat in seats_of(benches)}
    noted = set(activity.participations.values_list("member", flat=True)) - seated
    others = bench_of_others(noted, day=day or timezone.localdate(), unit=keeper)
    if day:
        record(Action.VIEW, row=activity, page="sign-in sheet", rows=len(seated) + len(noted))
    context = {
        "unit": keeper,
        "activity": activity,
        "lines": [
            {"label": seat.label, "party": bench.party or ""}
            for bench in [*benches, others]
            for seat in bench.seats
        ],
        "guest_lines": range(activity.guest_count or LINES_FOR_GUESTS),
        "has_guests": ASKED[activity.kind].guests,
    }
    return render(request, "activities/sign_in_sheet.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def delete_page(request: HttpRequest, unit: str, pk: int) -> HttpResponse:
    """Asks whether an entry is to be deleted, and deletes it where nothing else refers to it."""
    keeper = unit_to_keep(request, unit, "activities.delete_activity")
    activity = _activity(keeper, pk)
    refusal = ""
    if request.method == "POST":
        refusal = _deleted(request, activity)
        if not refusal:
            messages.success(request, _("Deleted: %(title)s") % {"title": activity})
            return redirect(reverse("activities", args=[keeper.code]))
    context = {
        "unit": keeper,
        "activity": activity,
        "refusal": refusal,
        "stamp_field": STAMP_FIELD,
        "stamp": stamp_of(_rows(activity)),
        "people": (activity.present_count or 0) + (activity.excused_count or 0),
        "groups": activity.guest_groups.count(),
    }
    return render(request, "activities/delete.html", context)


def _deleted(request: HttpRequest, activity: Activity) -> str:
    """Empty where the activity is gone; else why it is not."""
    with transaction.atomic():
        hold_chain()
        if is_stale(request.POST.get(STAMP_FIELD, ""), _rows(activity)):
            return stale_message()
        try:
            delete_activity(activity)
        except DeletionRefused as refused:
            return str(refused)
    return ""


def _rows(activity: Activity):
    """What stands on the page that asks, read afresh."""
    yield Activity.objects.get(pk=activity.pk)
    yield from activity.participations.all()
    yield from activity.guest_groups.all()
    for section in all_sections():
        yield from section.rows(activity)


def _activity(unit: Unit, pk: int) -> Activity:
    rows = with_facts(Activity.objects.filter(unit=unit)).select_related("series")
    return get_object_or_404(rows, pk=pk)


def _lines(activity: Activity) -> list[tuple[str, str]]:
    """What is recorded: (label, words), without what is empty."""
    last = written(activity.ended_on) if activity.ended_on else ""
    day = written(activity.started_on, activity.precision)
    about = _("about %(number)s") % {"number": activity.head_count}
    lines = [
        (_("Date"), f"{day} – {last}" if last else day),
        (_("Place"), activity.place),
        (_("Occasion"), activity.occasion),
        (_("Times"), str(activity.times) if activity.times > 1 else ""),
        (_("Series"), str(activity.series or "")),
        (_("Themes"), _joined(activity.themes.all()) if activity.has_themes else ""),
        (_("Organisers"), _joined(activity.organisers.all()) if activity.has_organisers else ""),
        (_("Partner"), activity.partner),
        (
            _("Head count"),
            about if activity.head_count_is_about else _number(activity.head_count),
        ),
        (_("why the count differs from the list"), activity.head_count_note),
    ]
    return [(label, words) for label, words in lines if words]


def _joined(rows) -> str:
    return "、".join(str(row) for row in rows)


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
