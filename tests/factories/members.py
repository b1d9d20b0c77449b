"""People with their dated rows, and organisations."""

from datetime import date

from members.codes import LEVEL_OF_TITLE, EducationLevel
from members.models import (
    Appointment,
    Education,
    Employment,
    Honour,
    Member,
    Membership,
    Organisation,
    OrganisationName,
    Party,
    Title,
)
from tests.factories.rows import made_up_name, next_number, saved
from units.models import Department, Unit

EMPLOYED_ON = date(2000, 9, 1)
JOINED_ON = date(2005, 5, 1)


def party(brief: str = "民盟") -> Party:
    """The party of that two-character name; the rows come with the migration."""
    return Party.objects.get(brief=brief)


def organisation(unit: Unit, name: str | None = None, **fields) -> Organisation:
    """A branch of the Communist Party; with ``party=``, of that democratic party."""
    fields.setdefault("level", Organisation.Level.BRANCH)
    return saved(Organisation(unit=unit, name=name or f"第{next_number()}支部", **fields))


def organisation_name(organisation: Organisation, name: str, **fields) -> OrganisationName:
    """An earlier name; give ``started_on`` and ``ended_on``."""
    return saved(
        OrganisationName(unit=organisation.unit, organisation=organisation, name=name, **fields)
    )


def person(unit: Unit, name: str | None = None, **fields) -> Member:
    """A person and nothing else: no employment, no membership."""
    return saved(Member(unit=unit, name=name or made_up_name(), **fields))


def member(
    unit: Unit,
    name: str | None = None,
    *,
    party: Party | str | None = None,
    joined_on: date | None = JOINED_ON,
    employed_on: date | None = EMPLOYED_ON,
    status: str = Employment.Status.IN_SERVICE,
    full_time_teacher: bool = False,
    department: Department | None = None,
    title: str | None = None,
    schooling: str | None = None,
    **fields,
) -> Member:
    """A person with an open employment from ``employed_on``, and what else is named.

    ``party`` (or its two-character name) adds an open membership from ``joined_on``; ``title`` a
    title of that name and its usual level; ``schooling`` an education of that level. For rows that
    end, make a :func:`person` and add :func:`employment` and :func:`membership`.
    """
    row = person(unit, name, **fields)
    employment(
        row,
        started_on=employed_on,
        status=status,
        full_time_teacher=full_time_teacher,
        department=department,
    )
    if party is not None:
        membership(row, party, started_on=joined_on)
    if title is not None:
        title_of(row, title)
    if schooling is not None:
        education(row, level=schooling)
    return row


def membership(member: Member, party: Party | str = "民盟", **fields) -> Membership:
    """A membership since :data:`JOINED_ON`; ``ended_on=`` is the first day that does not count."""
    fields.setdefault("started_on", JOINED_ON)
    if isinstance(party, str):
        party = Party.objects.get(brief=party)
    return saved(Membership(unit=member.unit, member=member, party=party, **fields))


def employment(member: Member, **fields) -> Employment:
    """A time in service since :data:`EMPLOYED_ON`."""
    fields.setdefault("started_on", EMPLOYED_ON)
    return saved(Employment(unit=member.unit, member=member, **fields))


def appointment(member: Member, post: str = "委员", **fields) -> Appointment:
    """A post in the district committee of a democratic party (民盟, unless ``party=`` is given).

    With another ``kind=`` there is no party; with ``organisation=`` there is no body.
    """
    fields.setdefault("kind", Appointment.Kind.PARTY)
    fields.setdefault("level", Appointment.Level.DISTRICT)
    fields.setdefault("started_on", date(2016, 9, 1))
    if fields["kind"] == Appointment.Kind.PARTY:
        fields.setdefault("party", party())
    if "organisation" not in fields:
        fields.setdefault("body", "区委")
    return saved(Appointment(unit=member.unit, member=member, post=post, **fields))


def title_of(member: Member, name: str = "高级教师", **fields) -> Title:
    """A professional title since 2010, at the level that belongs to its name."""
    fields.setdefault("level", LEVEL_OF_TITLE.get(name))
    fields.setdefault("started_on", date(2010, 9, 1))
    return saved(Title(unit=member.unit, member=member, name=name, **fields))


def education(member: Member, **fields) -> Education:
    """Completed schooling at the level of a master's studies, in July 2008."""
    fields.setdefault("level", EducationLevel.MASTER)
    fields.setdefault("completed_on", date(2008, 7, 1))
    return saved(Education(unit=member.unit, member=member, **fields))


def honour(unit: Unit, title: str = "全国文明单位", **fields) -> Honour:
    """An honour of the unit itself, earned in 2017; ``member=`` or ``organisation=`` for others."""
    fields.setdefault("level", Honour.Level.NATIONAL)
    fields.setdefault("performance_year", 2017)
    return saved(Honour(unit=unit, title=title, **fields))
