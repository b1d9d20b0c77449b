"""The checklist of an activity's evidence: what is asked for, what is there, what is not needed.

Which kinds of evidence an activity asks for stands in :mod:`activities.kinds`, and nowhere else.
"""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, QuerySet

from activities.kinds import ASKED
from activities.models import Activity, Evidence, NotNeeded, Slot


@dataclass
class Line:
    """One kind of evidence. ``asked``: the activity's kind asks for it."""

    slot: Slot
    asked: bool
    rows: list[Evidence] = field(default_factory=list)
    not_needed: NotNeeded | None = None

    @property
    def label(self) -> str:
        """The kind of evidence in words."""
        return self.slot.label

    @property
    def is_missing(self) -> bool:
        """Whether it is asked for and neither there nor marked as not needed."""
        return self.asked and not self.rows and self.not_needed is None


def checklist(activity: Activity) -> list[Line]:
    """What the activity's kind asks for, in that order, and then whatever else there is of it."""
    asked = ASKED[activity.kind].slots
    lines = {slot: Line(Slot(slot), asked=True) for slot in asked}
    lines |= {slot: Line(slot, asked=False) for slot in Slot if slot not in asked}
    for row in sorted(activity.evidence.all(), key=lambda row: (row.name, row.pk)):
        lines[row.slot].rows.append(row)
    for mark in activity.not_needed.all():
        lines[mark.slot].not_needed = mark
    return [line for line in lines.values() if line.asked or line.rows or line.not_needed]


def lacking_evidence(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """Those of ``rows`` of which some evidence that their kind asks for is missing.

    Agrees with :func:`activities.missing.missing_slots`; one query whatever the number of rows.
    """
    return rows.filter(_lacks())


def with_lack_of_evidence(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """``rows``, each with ``lacks_evidence``."""
    return rows.annotate(
        lacks_evidence=Exists(Activity.objects.filter(_lacks(), pk=OuterRef("pk")))
    )


def _lacks() -> Q:
    """A kind of evidence is asked for, and nothing is there of it, nor why it is not needed."""
    lacks = Q(pk__in=[])
    for slot in Slot:
        kinds = [kind for kind, asked in ASKED.items() if slot in asked.slots]
        settled = [
            Exists(model.objects.filter(activity=OuterRef("pk"), slot=slot))
            for model in (Evidence, NotNeeded)
        ]
        lacks |= Q(kind__in=kinds) & ~settled[0] & ~settled[1]
    return lacks
