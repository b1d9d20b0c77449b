"""Who counted on a day, and which posts and honours a year had.

Every function gives a statistic (see ``units.statistic``): evidence and value out of one queryset.
"""

from datetime import date

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from members.ages import USUAL_BANDS, AgeBand
from members.codes import POST_ORDER, SENIOR_LEVELS, EducationLevel
from members.models import (
    Appointment,
    Education,
    Employment,
    Honour,
    Member,
    Membership,
    Organisation,
    Title,
)
from members.roster import title_then
from units.dates import Period
from units.groups import Groups
from units.models import ReportingYear, Unit
from units.statistic import Count, Gap, Names, Share, Words, unknown_first


def _members(unit: Unit, day: date) -> QuerySet[Member]:
    return Member.objects.filter(unit=unit).of_a_party_on(day).order_by("sort_key", "pk")


def _in_service(unit: Unit, day: date, **employment) -> QuerySet[Member]:
    return _members(unit, day).in_service_on(day, **employment)


def _memberships(unit: Unit, day: date) -> QuerySet[Membership]:
    return (
        Membership.objects.on(day)
        .filter(
            unit=unit, member__in=Member.objects.filter(unit=unit).employed_on(day).values("pk")
        )
        .order_by("party__order", "member__sort_key", "pk")
    )


def members_total(*, unit: Unit, day: date) -> Count:
    """People of the unit, in service or retired, who belong to a democratic party on ``day``."""
    return Count(_members(unit, day))


def members_in_service(*, unit: Unit, day: date) -> Count:
    """Those of ``members_total`` who are in service on ``day``."""
    return Count(_in_service(unit, day))


def members_retired(*, unit: Unit, day: date) -> Count:
    """Those of ``members_total`` who are retired (退休 or 离休) on ``day``."""
    retired = [Employment.Status.RETIRED, Employment.Status.RETIRED_VETERAN]
    return Count(_members(unit, day).employed_on(day, status__in=retired))


def parties_present(*, unit: Unit, day: date) -> Names:
    """The democratic parties with a member here on ``day``, in the official order."""
    return Names(_memberships(unit, day), field="party__brief", order=("party__order",))


def members_joined(*, unit: Unit, period: Period) -> Count:
    """People counted on the period's last day who were not counted the day before it began."""
    before = _members(unit, period.eve).order_by().values("pk")
    return Count(_members(unit, period.last).exclude(pk__in=before))


def members_left(*, unit: Unit, period: Period) -> Count:
    """People counted the day before the period began who are not counted on its last day."""
    after = _members(unit, period.last).order_by().values("pk")
    return Count(_members(unit, period.eve).exclude(pk__in=after))


def members_share_of_staff(*, year: ReportingYear) -> Share | Gap:
    """Members in service over all staff, as the unit stated the staff for the year."""
    if year.facts is None or not year.facts.staff_total:
        return Gap(_("the number of staff in all"), where="units.UnitYear")
    return Share(_in_service(year.unit, year.last), base=year.facts.staff_total)


def members_share_of_teachers(*, year: ReportingYear) -> Share | Gap:
    """Members in service as full-time teachers over all full-time teachers of the unit."""
    if year.facts is None or not year.facts.full_time_teachers:
        return Gap(_("the number of full-time teachers"), where="units.UnitYear")
    teachers = _in_service(year.unit, year.last, full_time_teacher=True)
    return Share(teachers, base=year.facts.full_time_teachers)


def senior_title_members(*, unit: Unit, day: date) -> Share | Gap:
    """Members who hold a senior or associate senior title on ``day``, over all members.

    The level counts, not the name: 小学高级教师 is a middle level.
    """
    base = _members(unit, day)
    senior = Title.objects.on(day).filter(member=OuterRef("pk"), level__in=SENIOR_LEVELS)
    return _share_of_members(base.filter(Exists(senior)), base)


def masters_members(*, unit: Unit, day: date) -> Count:
    """Members whose highest schooling completed by ``day`` is master's studies (学历, not 学位)."""
    done = Education.objects.filter(
        Q(completed_on__isnull=True) | Q(completed_on__lte=day), member=OuterRef("pk")
    )
    return Count(
        _members(unit, day).filter(
            Exists(done.filter(level=EducationLevel.MASTER)),
            ~Exists(done.filter(level=EducationLevel.DOCTOR)),
        )
    )


def leading_party_posts(*, unit: Unit, day: date) -> Words:
    """Posts above the unit's own level that members hold in their parties on ``day``.

    In the parties' official order, then by rank of the post. Two posts of one person are two.
    """
    posts = (
        Appointment.objects.on(day)
        .filter(
            unit=unit,
            kind=Appointment.Kind.PARTY,
            member__in=_members(unit, day).order_by().values("pk"),
        )
        .exclude(level=Appointment.Level.UNIT)
        .select_related("party", "organisation")
    )
    return Words(_by_rank(posts), attribute="words")


def members_by_party(*, unit: Unit, day: date) -> Groups:
    """How many of ``members_total`` belong to each party, by its code; in two, one counts twice."""
    return Groups(_memberships(unit, day), field="party", distinct="member")


def members_by_age(*, unit: Unit, day: date) -> Groups:
    """How many of ``members_total`` are of each of the usual bands of ages on ``day``."""
    bands = [
        When(born_on__range=AgeBand.read(band).born_between(day), then=Value(band))
        for band in USUAL_BANDS
    ]
    return Groups(_members(unit, day).annotate(age_band=Case(*bands)), field="age_band")


def members_by_title_level(*, unit: Unit, day: date) -> Groups:
    """How many of ``members_total`` hold a title of each level, the one awarded last."""
    return Groups(_members(unit, day).annotate(**title_then(day)), field="title_level_then")


def terms_ending(*, unit: Unit, day: date, by: date) -> Count:
    """People who hold a post on ``day`` that ends on ``by`` or before; two posts are one person."""
    return Count(Member.objects.filter(unit=unit).with_terms_ending(day=day, by=by))


def secretaries(*, unit: Unit, period: Period) -> Names:
    """Who was secretary of the general branch on some day of ``period``, in order of office."""
    posts = Appointment.objects.during(period).filter(
        unit=unit,
        kind=Appointment.Kind.CPC,
        post="书记",
        organisation__level=Organisation.Level.GENERAL_BRANCH,
    )
    return Names(
        posts.order_by(unknown_first("started_on"), "pk"),
        field="member__name",
        order=("started_on", "pk"),
    )


def party_branches(*, unit: Unit, day: date) -> Names:
    """The Communist Party's branches within the unit that exist on ``day``."""
    branches = Organisation.objects.on(day).filter(
        unit=unit, party__isnull=True, level=Organisation.Level.BRANCH
    )
    branches = branches.named_on(day).order_by("position", "name")
    return Names(branches, field="name_then", order=("position", "name"))


def unit_honours(*, year: ReportingYear) -> Names:
    """Honours of the unit as a whole earned in the year, highest level first."""
    honours = Honour.objects.filter(
        unit=year.unit,
        performance_year=year.year,
        member__isnull=True,
        organisation__isnull=True,
    ).annotate(rank=_position_in("level", Honour.Level.values))
    return Names(honours.order_by("rank", "title"), field="title", order=("rank", "title"))


def _share_of_members(part: QuerySet[Member], base: QuerySet[Member]) -> Share | Gap:
    total = base.count()
    if not total:
        return Gap(_("the members of democratic parties"), where="members.Member")
    return Share(part, base=total)


def _position_in(field: str, values) -> Case:
    ranks = [When(**{field: value}, then=Value(rank)) for rank, value in enumerate(values)]
    return Case(*ranks, default=Value(len(ranks)))


def _by_rank(posts: QuerySet[Appointment]) -> QuerySet[Appointment]:
    return posts.annotate(rank=_position_in("post", POST_ORDER)).order_by(
        "party__order", "rank", "pk"
    )
