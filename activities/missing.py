"""What is still missing of an activity: listed, never demanded.

What a kind should have stands in :mod:`activities.kinds`. Rows are asked through
:func:`with_facts`, so that one activity and three hundred cost the same number of queries.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import (
    Count,
    Exists,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
)
from django.utils.translation import gettext_lazy as _

from activities.entry_sections import all_sections, sections_of
from activities.kinds import ASKED
from activities.models import Activity, GuestGroup, Participation, Slot
from units.dates import Period
from units.models import Unit
from units.statistic import Count as Number


@dataclass(frozen=True)
class Lack:
    """One thing that is missing. ``key`` is the form's field, or ``evidence`` for a file."""

    key: str
    words: str

    def __str__(self):
        return str(self.words)


def with_facts(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """``rows`` with everything :func:`missing_of` asks of them."""
    rows = rows.annotate(
        present_count=_number_of(Participation, "pk", Count, status=Participation.Status.PRESENT),
        excused_count=_number_of(Participation, "pk", Count, status=Participation.Status.EXCUSED),
        guest_count=_number_of(GuestGroup, "number", Sum),
        uncounted_guests=Exists(
            GuestGroup.objects.filter(activity=OuterRef("pk"), number__isnull=True)
        ),
        has_themes=Exists(Activity.themes.through.objects.filter(activity=OuterRef("pk"))),
        has_organisers=Exists(Activity.organisers.through.objects.filter(activity=OuterRef("pk"))),
    ).prefetch_related("evidence", "not_needed")
    for section in all_sections():
        rows = section.with_facts(rows)
    return rows


def without_evidence(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """Those of ``rows`` of whose evidence nothing is there, and nothing marked as not needed."""
    kinds = [kind for kind, asked in ASKED.items() if asked.slots]
    return rows.filter(kind__in=kinds, evidence__isnull=True, not_needed__isnull=True)


def without_attendance(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """Those of ``rows`` that should have a list of people, and have none."""
    kinds = [kind for kind, asked in ASKED.items() if "attendance" in asked.needs]
    return rows.filter(kind__in=kinds, times=1, participations__isnull=True)


def drafts(*, unit: Unit) -> Number:
    """The unit's entries without a date."""
    return Number(Activity.objects.filter(unit=unit).drafts())


def without_proof(period: Period, *, unit: Unit) -> dict[str, Number]:
    """The unit's activities of ``period`` without any evidence, and those without attendance.

    By the names under which the list of activities shows what is missing.
    """
    rows = Activity.objects.filter(unit=unit).during(period)
    return {
        "evidence": Number(without_evidence(rows)),
        "attendance": Number(without_attendance(rows)),
    }


def missing_of(activity: Activity) -> list[Lack]:
    """What is missing of ``activity``, which comes out of :func:`with_facts`."""
    found = [Lack("started_on", _("date"))] if activity.is_draft else []
    found += [] if activity.title else [Lack("title", _("title"))]
    for name in ASKED[activity.kind].needs:
        lacking, words = _NEEDS[name]
        found += [Lack(name, words)] if lacking(activity) else []
    if not counts_agree(activity):
        found.append(Lack("head_count_note", _("why the head count differs from the list")))
    for section in sections_of(activity.kind):
        found += [Lack(key, words) for key, words in section.lacks(activity)]
    return found + [Lack("evidence", Slot(slot).label) for slot in missing_slots(activity)]


def missing_slots(activity: Activity) -> list[str]:
    """The kinds of evidence that are neither there nor marked as not needed."""
    settled = {row.slot for row in activity.evidence.all()}
    settled |= {row.slot for row in activity.not_needed.all()}
    return [slot for slot in ASKED[activity.kind].slots if slot not in settled]


def counts_agree(activity: Activity) -> bool:
    """Whether the typed head count is that of the list and the guests, or says why it is not.

    Without a list of names there is nothing to compare; a group of guests whose number nobody
    knows may make up for whatever is over.
    """
    if activity.head_count is None or activity.head_count_is_about or activity.head_count_note:
        return True
    if not activity.present_count:
        return True
    listed = activity.present_count + (activity.guest_count or 0)
    if activity.uncounted_guests:
        return activity.head_count >= listed
    return activity.head_count == listed


def _number_of(model, field: str, reducer, **only) -> Subquery:
    """A number drawn from an activity's rows of ``model``; NULL where it has none."""
    rows = model.objects.filter(activity=OuterRef("pk"), **only).order_by().values("activity")
    return Subquery(
        rows.annotate(number_drawn=reducer(field)).values("number_drawn"),
        output_field=IntegerField(),
    )


def _nobody_listed(activity: Activity) -> bool:
    """A series entered as one row has no list of its own."""
    return activity.times == 1 and not (activity.present_count or activity.excused_count)


_Test = Callable[[Activity], bool]

_NEEDS: dict[str, tuple[_Test, str]] = {
    "place": (lambda row: not row.place, _("place")),
    "occasion": (lambda row: not row.occasion, _("occasion")),
    "partner": (lambda row: not row.partner, _("partner outside")),
    "themes": (lambda row: not row.has_themes, _("themes")),
    "organisers": (lambda row: not row.has_organisers, _("organisers")),
    "attendance": (_nobody_listed, _("attendance")),
    "head_count": (
        lambda row: row.times == 1 and row.head_count is None,
        _("number of people present"),
    ),
}
