"""What was done in a period: study, visits, service, aid."""

from django.db.models import Count as RowCount
from django.db.models import DateField, QuerySet
from django.db.models.functions import Cast, ExtractMonth, TruncMonth

from activities.models import (
    Activity,
    AidRound,
    Gift,
    GiftDonor,
    Grant,
    GuestGroup,
    Recipient,
    Series,
    Theme,
)
from members.models import Organisation
from units.dates import Period, Precision
from units.groups import Groups
from units.models import Unit
from units.statistic import Count, CountsPer, Distinct, Names, Total, unknown_first


def _activities(unit: Unit, period: Period, *kinds: str) -> QuerySet[Activity]:
    found = Activity.objects.filter(unit=unit).during(period).of_kind(*kinds)
    return found.order_by("started_on", "pk")


def study_sessions_count(*, unit: Unit, period: Period) -> Total:
    """How often themed study took place; a series entered as one row counts its times."""
    return Total(_activities(unit, period, Activity.Kind.STUDY), field="times")


def study_themes(*, unit: Unit, period: Period) -> Names:
    """What was studied, each theme once, in the order of the unit's own list."""
    sessions = _activities(unit, period, Activity.Kind.STUDY).order_by()
    themes = Theme.objects.filter(unit=unit, activities__in=sessions.values("pk")).distinct()
    return Names(themes.order_by("position", "name"), field="name", order=("position", "name"))


def study_platforms(*, unit: Unit, period: Period) -> Names:
    """The series within which study took place, in the order of the unit's own list."""
    sessions = _activities(unit, period, Activity.Kind.STUDY).order_by()
    series = Series.objects.filter(unit=unit, activities__in=sessions.values("pk")).distinct()
    return Names(series.order_by("position", "name"), field="name", order=("position", "name"))


def visit_places(*, unit: Unit, period: Period) -> Names:
    """The places visited, in the order of the visits."""
    visits = _activities(unit, period, Activity.Kind.VISIT)
    return Names(visits, field="place", order=("started_on", "pk"))


def activities_by_month(*, unit: Unit, period: Period) -> Groups:
    """How many entries there are for each month (its first day, 2017-03-01).

    A series entered as one row is one. Where only the year is known, the date is its first day, as
    for every figure.
    """
    rows = Activity.objects.filter(unit=unit).during(period)
    # PostgreSQL's months are moments, which are written otherwise than days.
    month = Cast(TruncMonth("started_on"), DateField())
    return Groups(rows.annotate(month=month), field="month")


def talks_count(*, unit: Unit, period: Period) -> Total:
    """How many talks of friends there were; what was said in them is on no record."""
    return Total(_activities(unit, period, Activity.Kind.TALK), field="times")


def calls_count(*, unit: Unit, period: Period) -> Total:
    """How many calls were paid on people."""
    return Total(_activities(unit, period, Activity.Kind.CALL), field="times")


def trainings_count(*, unit: Unit, period: Period) -> Total:
    """How many trainings there were."""
    return Total(_activities(unit, period, Activity.Kind.TRAINING), field="times")


def visits_count(*, unit: Unit, period: Period) -> Total:
    """How many visits to places there were."""
    return Total(_activities(unit, period, Activity.Kind.VISIT), field="times")


def joint_projects(*, unit: Unit, period: Period) -> Names:
    """Service projects run together with a partner outside, by title."""
    projects = _activities(unit, period, Activity.Kind.SERVICE_PROJECT).exclude(partner="")
    return Names(projects, field="title", order=("started_on", "pk"))


def joint_project_partners(*, unit: Unit, period: Period) -> Names:
    """The partners of those projects."""
    projects = _activities(unit, period, Activity.Kind.SERVICE_PROJECT).exclude(partner="")
    return Names(projects, field="partner", order=("started_on", "pk"))


def joint_project_organisers(*, unit: Unit, period: Period) -> Names:
    """The organisations of this unit that run them, in the parties' official order."""
    projects = _activities(unit, period, Activity.Kind.SERVICE_PROJECT).exclude(partner="")
    organisers = Organisation.objects.filter(
        unit=unit, activities__in=projects.order_by().values("pk")
    ).distinct()
    return Names(
        organisers.named_on(period.last).order_by(
            unknown_first("party__order"), "position", "name"
        ),
        field="name_then",
        order=("party__order", "position", "name"),
    )


def service_events(*, unit: Unit, period: Period) -> Names:
    """Service events such as health consultations, by title."""
    events = _activities(unit, period, Activity.Kind.SERVICE_EVENT)
    return Names(events, field="title", order=("started_on", "pk"))


def service_event_helpers(*, unit: Unit, period: Period) -> Names:
    """Who came to help at them, by capacity and not by name."""
    events = _activities(unit, period, Activity.Kind.SERVICE_EVENT).order_by()
    groups = GuestGroup.objects.filter(unit=unit, activity__in=events.values("pk"))
    return Names(groups, field="capacity", order=("activity__started_on", "position", "pk"))


# --- aid -----------------------------------------------------------------------------------------


def aid_rounds_count(*, unit: Unit, period: Period) -> Count:
    """How many rounds of aid were opened."""
    return Count(AidRound.objects.filter(unit=unit).during(period).order_by("opened_on", "pk"))


def _grants(unit: Unit, period: Period) -> QuerySet[Grant]:
    """The grants handed over within ``period``; one that was reversed is none."""
    found = Grant.objects.standing().filter(
        unit=unit, granted_on__range=(period.first, period.last)
    )
    return found.order_by("granted_on", "recipient__code", "pk")


def _student_grants(unit: Unit, period: Period) -> QuerySet[Grant]:
    return _grants(unit, period).filter(recipient__category=Recipient.Category.STUDENT)


def students_aided(*, unit: Unit, period: Period) -> Distinct:
    """Students who received aid (人, not 人次: two grants to one student are one student)."""
    return Distinct(_student_grants(unit, period), field="recipient")


def student_grants(*, unit: Unit, period: Period) -> Count:
    """How many grants students received (人次); equal ones on one day are counted each."""
    return Count(_student_grants(unit, period))


def aid_per_student(*, unit: Unit, period: Period) -> Names:
    """The different amounts of single grants to students, smallest first."""
    return Names(_student_grants(unit, period), field="amount", order=("amount",))


def aid_total(*, unit: Unit, period: Period) -> Total:
    """All money granted, in yuan. Goods and service are in no sum."""
    return Total(_grants(unit, period), field="amount")


def aid_communities(*, unit: Unit, period: Period) -> Names:
    """The communities whose students were helped, as they were on the day of the grant."""
    return Names(_student_grants(unit, period), field="community", order=("community",))


def _donors(unit: Unit, period: Period, *, jointly: bool) -> QuerySet[GiftDonor]:
    """The givers of gifts out of which students were helped: of joint gifts, or of others."""
    granted = _student_grants(unit, period).order_by().values("gift")
    gifts = Gift.objects.filter(unit=unit, pk__in=granted).annotate(givers=RowCount("donors"))
    chosen = gifts.filter(givers__gt=1) if jointly else gifts.filter(givers=1)
    return GiftDonor.objects.filter(unit=unit, gift__in=chosen.order_by().values("pk"))


def _joint_parties(unit: Unit, period: Period) -> QuerySet[GiftDonor]:
    return _donors(unit, period, jointly=True).filter(party__isnull=False)


def _branches(unit: Unit, period: Period) -> QuerySet[GiftDonor]:
    own = {"organisation__isnull": False, "organisation__party__isnull": True}
    return _donors(unit, period, jointly=False).filter(**own)


def _students_out_of(donors: QuerySet[GiftDonor], period: Period, unit: Unit) -> QuerySet[Grant]:
    gifts = donors.order_by().values("gift")
    return _student_grants(unit, period).filter(gift__in=gifts)


def joint_givers(*, unit: Unit, period: Period) -> Names:
    """The parties whose members gave jointly, in the official order."""
    return Names(_joint_parties(unit, period), field="party__brief", order=("party__order",))


def joint_givers_as_signed(*, unit: Unit, period: Period) -> Names:
    """The same parties in the order in which they signed the gift: that order is on record too."""
    return Names(
        _joint_parties(unit, period),
        field="party__brief",
        order=("gift__received_on", "gift_id", "position", "pk"),
    )


def students_of_joint_gifts(*, unit: Unit, period: Period) -> Distinct:
    """Students helped out of gifts that parties gave jointly."""
    joint = _joint_parties(unit, period)
    return Distinct(_students_out_of(joint, period, unit), field="recipient")


def giving_branches(*, unit: Unit, period: Period) -> Names:
    """The Communist Party's branches that gave on their own and helped a student."""
    givers = _branches(unit, period).order_by().values("organisation")
    branches = Organisation.objects.filter(unit=unit, pk__in=givers).named_on(period.last)
    return Names(
        branches.order_by("position", "name"), field="name_then", order=("position", "name")
    )


def students_per_branch(*, unit: Unit, period: Period) -> CountsPer:
    """How many students each of these branches helped."""
    return CountsPer(
        _students_out_of(_branches(unit, period), period, unit),
        group="gift__donors__organisation",
        field="recipient",
    )


def _ceremonies(unit: Unit, period: Period) -> QuerySet[Activity]:
    rounds = AidRound.objects.filter(unit=unit).order_by().values("ceremony")
    return _activities(unit, period, Activity.Kind.CEREMONY).filter(pk__in=rounds)


def ceremony_months(*, unit: Unit, period: Period) -> Names:
    """The months (1–12) in which ceremonies of aid were held, earliest first.

    A ceremony of which only the year is known has no month.
    """
    held = _ceremonies(unit, period).exclude(precision=Precision.YEAR)
    held = held.annotate(month=ExtractMonth("started_on"))
    return Names(held, field="month", order=("started_on", "pk"))


def ceremony_places(*, unit: Unit, period: Period) -> Names:
    """Where the ceremonies of aid were held."""
    return Names(_ceremonies(unit, period), field="place", order=("started_on", "pk"))


def ceremony_guests(*, unit: Unit, period: Period) -> Names:
    """Who attended the ceremonies of aid: capacities, in the order of the record."""
    groups = GuestGroup.objects.filter(
        unit=unit, activity__in=_ceremonies(unit, period).order_by().values("pk")
    )
    return Names(groups, field="capacity", order=("activity__started_on", "position", "pk"))
