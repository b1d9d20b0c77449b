"""The roster of a unit on a day: everybody with what held for them on that day.

Whatever a person has one of on a day (employment, title) is worked out in the same query; parties
and posts, of which there may be several, take one query each for the whole list.
"""

from datetime import date

from django.db.models import (
    Case,
    F,
    IntegerField,
    Min,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, NullIf

from members.codes import Degree, TitleLevel
from members.models import (
    Appointment,
    Education,
    Employment,
    Member,
    Membership,
    OrganisationName,
    Title,
)
from units.models import Unit


def roster(unit: Unit, *, day: date) -> QuerySet[Member]:
    """Everybody in the unit's records, by pinyin, as they were on ``day``.

    With ``sex_known`` and ``staff_number_known`` (None where empty), ``status_then``,
    ``department_then``, ``teacher_then``, ``title_then``, ``title_level_then`` (and their ranks),
    ``schooling_then``, ``degree_then``, ``party_rank`` and ``joined_then``; and as lists
    ``memberships_then`` (in official order) and ``posts_then``. Names of organisations are those of
    the day (``organisation_then``).
    """
    return (
        Member.objects.filter(unit=unit)
        .annotate(
            **_known(),
            **_employment(day),
            **title_then(day),
            **_schooling(day),
            **_parties(day),
        )
        .prefetch_related(
            Prefetch("memberships", memberships_then(day), to_attr="memberships_then"),
            Prefetch("appointments", posts_then(day), to_attr="posts_then"),
        )
        .order_by("sort_key", "pk")
    )


def memberships_then(day: date) -> QuerySet[Membership]:
    """The memberships that hold on ``day``, in the official order of parties, with the day of
    joining."""
    rows = Membership.objects.on(day).with_joining(day)
    return _named(rows, day).order_by("party__order", "started_on", "pk")


def posts_then(day: date) -> QuerySet[Appointment]:
    """The posts held on ``day``: parties in official order, then by beginning."""
    first = F("party__order").asc(nulls_first=True)
    return _named(Appointment.objects.on(day), day).order_by(first, "started_on", "pk")


def _named(rows: QuerySet, day: date) -> QuerySet:
    names = OrganisationName.objects.on(day).filter(organisation=OuterRef("organisation"))
    then = Subquery(names.order_by("-started_on").values("name")[:1])
    return rows.select_related("party").annotate(
        organisation_then=Coalesce(then, F("organisation__name"))
    )


def _known() -> dict:
    """Texts to sort by: those that nobody has written come last, as all unknown values do."""
    return {f"{name}_known": NullIf(F(name), Value("")) for name in ("sex", "staff_number")}


def _employment(day: date) -> dict:
    rows = Employment.objects.on(day).filter(member=OuterRef("pk"))
    return {
        "status_then": Subquery(rows.values("status")[:1]),
        "department_then": Subquery(rows.values("department__name")[:1]),
        "teacher_then": Subquery(rows.values("full_time_teacher")[:1]),
    }


def title_then(day: date) -> dict:
    """Annotations of people: the title awarded last.

    A beginning that nobody knows lies before all others.
    """
    rows = Title.objects.on(day).filter(member=OuterRef("pk"))
    latest = rows.order_by(F("started_on").desc(nulls_last=True), "-pk")
    return {
        "title_then": Subquery(latest.values("name")[:1]),
        "title_level_then": Subquery(latest.values("level")[:1]),
        "title_rank": _rank("title_level_then", TitleLevel.values),
    }


def _schooling(day: date) -> dict:
    """The highest schooling and the highest degree; they need not be of one school."""
    done = Education.objects.filter(
        Q(completed_on__isnull=True) | Q(completed_on__lte=day), member=OuterRef("pk")
    )
    degrees = done.exclude(degree="").order_by(_rank("degree", Degree.values))
    return {
        "schooling_then": Subquery(done.order_by("level").values("level")[:1]),
        "degree_then": Subquery(degrees.values("degree")[:1]),
        "degree_rank": _rank("degree_then", Degree.values),
    }


def _parties(day: date) -> dict:
    held = Membership.objects.on(day).filter(member=OuterRef("pk")).order_by()
    rows = held.with_joining(day)
    by_person = rows.values("member")
    return {
        "party_rank": Subquery(by_person.annotate(first=Min("party__order")).values("first")),
        "joined_then": Subquery(by_person.annotate(first=Min("joined_on")).values("first")),
    }


def _rank(field: str, values) -> Case:
    """The place of a value among ``values``; None where there is no value."""
    ranks = [When(**{field: value}, then=Value(rank)) for rank, value in enumerate(values)]
    return Case(*ranks, output_field=IntegerField())
