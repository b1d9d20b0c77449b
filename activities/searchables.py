"""What this room lets be found: activities, headings of talks, and rounds of aid.

Who is helped is found nowhere: recipients are children, and a code tells nobody anything.
"""

from django.db.models import F, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from activities.models import Activity, AidRound, Theme
from units.models import Unit, User
from units.search import Around, Found, Searchable, add

_TEXTS = ("title", "place", "occasion", "partner", "summary", "series__name")
THEMES = Around(("name",), lambda: Theme.objects.filter(activities=OuterRef("pk")))
LATEST_FIRST = (F("started_on").desc(nulls_first=True),)


def activity_at(found: Found, unit: Unit, user: User) -> str:
    """The page of the activity."""
    return reverse("activity", args=[unit.code, found.key])


def activity_label(found: Found) -> str:
    """The title, or what kind of activity it was."""
    return str(Activity(title=found.head, kind=found.more))


def activities(key: str, name: str, **more) -> Searchable:
    """Activities as they are found: some of them, under a name; ``more`` as for a Searchable."""
    return Searchable(
        key=key,
        name=name,
        head="title",
        more="kind",
        on="started_on",
        precision="precision",
        order=LATEST_FIRST,
        label=activity_label,
        address=activity_at,
        **more,
    )


_found_elsewhere: set[str] = set()


def leave_out(*kinds: str):
    """Have activities of ``kinds`` found under a name of their own, and not among all others."""
    _found_elsewhere.update(kinds)


def _all_others():
    return Activity.objects.exclude(kind__in=[Activity.Kind.TALK, *_found_elsewhere])


def _round_at(found: Found, unit: Unit, user: User) -> str:
    return reverse("aid-round", args=[unit.code, found.key])


ACTIVITIES = activities(
    "activities", _("Activities"), rows=_all_others, texts=_TEXTS, around=(THEMES,)
)
# The heading alone: what is to be followed up belongs to the two who talked.
TALKS = activities(
    "talks",
    _("Talks"),
    rows=lambda: Activity.objects.of_kind(Activity.Kind.TALK),
    texts=("title",),
)
AID = Searchable(
    key="aid",
    name=_("Rounds of aid"),
    rows=lambda: AidRound.objects.all(),
    head="name",
    texts=("name", "community"),
    on="opened_on",
    order=(F("opened_on").desc(),),
    address=_round_at,
)


def connect():
    """Let these be found; called once, when the app is ready."""
    for each in (ACTIVITIES, TALKS, AID):
        add(each)
