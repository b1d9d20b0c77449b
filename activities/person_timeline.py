"""What this room tells of a person: activities attended, and talks by date and heading.

Who did not come, or was excused, is told nowhere; nor is what was said in a talk.
"""

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from activities.models import Activity, Participation, Talk
from members.models import Member
from members.timeline import Source, add_source

_ACTIVITY = ("activity__kind", "activity__title", "activity")
_DATES = {"on": "activity__started_on", "precision": "activity__precision"}


def _attended(member: Member) -> QuerySet[Participation]:
    rows = Participation.objects.filter(
        member=member,
        status=Participation.Status.PRESENT,
        activity__started_on__isnull=False,
    )
    return rows.exclude(activity__kind=Activity.Kind.TALK)


def _talks(member: Member) -> QuerySet[Talk]:
    return Talk.objects.filter(
        Q(pair__leader=member) | Q(pair__friend=member), activity__started_on__isnull=False
    )


def _activity(member: Member, kind: str, title: str, key: str) -> tuple[str, str]:
    return _talk(member, kind, title), reverse("activity", args=[member.unit.code, key])


def _talk(_member, kind: str, title: str, _key: str = "") -> str:
    return str(Activity(kind=kind, title=title))


def sources() -> list[Source]:
    """What this room tells."""
    return [
        Source("activity", _("activity"), _attended, _ACTIVITY, _activity, **_DATES),
        Source("talk", _("talk"), _talks, _ACTIVITY, _talk, **_DATES),
    ]


def connect():
    """Add these sources to every timeline; called once, when the app is ready."""
    for source in sources():
        add_source(source)
