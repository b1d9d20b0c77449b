"""What this room tells of a person: activities attended, and talks by date and heading.

Who did not come, or was excused, is told nowhere; nor is what was said in a talk.
"""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from activities.models import Activity, Participation, Talk
from members.models import Member
from members.timeline import Entry, Source, add_source


def _attended(member: Member) -> Iterator[Entry]:
    rows = Participation.objects.filter(
        member=member,
        status=Participation.Status.PRESENT,
        activity__started_on__isnull=False,
    ).exclude(activity__kind=Activity.Kind.TALK)
    for row in rows.select_related("activity", "unit"):
        yield _entry(row.activity, reverse("activity", args=[row.unit.code, row.activity_id]))


def _talks(member: Member) -> Iterator[Entry]:
    rows = Talk.objects.filter(
        Q(pair__leader=member) | Q(pair__friend=member), activity__started_on__isnull=False
    )
    for row in rows.select_related("activity"):
        yield _entry(row.activity)


def _entry(activity: Activity, link: str = "") -> Entry:
    return Entry(str(activity), activity.started_on, activity.precision, link=link)


def sources() -> list[Source]:
    """What this room tells."""
    return [
        Source("activity", _("activity"), _attended),
        Source("talk", _("talk"), _talks),
    ]


def connect():
    """Add these sources to every timeline; called once, when the app is ready."""
    for source in sources():
        add_source(source)
