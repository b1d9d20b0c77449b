"""Valid rows for tests: one plain function per kind of record.

Every row goes through ``full_clean()`` before it is saved, so a test cannot rest on a row that no
form would take. A factory opens the scope of its row's unit by itself: it works inside and outside
a scope. What a caller does not name gets a value that is valid and does not change between runs.
"""

from datetime import date
from decimal import Decimal
from itertools import count

from activities.models import (
    Activity,
    AidRound,
    Gift,
    GiftDonor,
    Grant,
    GuestGroup,
    Participation,
    Recipient,
    Series,
    Theme,
)
from consultations.models import AgendaItem, Consultation, Reply, Suggestion
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
from reports.models import Outline, OutlineSection, Report, Section
from units.models import Department, RoleGrant, Unit, UnitYear, User
from units.scoping import scope_of_unit

EMPLOYED_ON = date(2000, 9, 1)
JOINED_ON = date(2005, 5, 1)
HAPPENED_ON = date(2017, 3, 15)

_numbers = count(1)
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
_GIVEN = "安邦成达恩方国海嘉凯立明宁平清瑞"


def _saved(row):
    """Check and store ``row`` within its own unit; return it."""
    with scope_of_unit(row.unit):
        row.full_clean()
        row.save()
    return row


def _made_up_name() -> str:
    rest, last = divmod(next(_numbers), len(_GIVEN))
    rest, middle = divmod(rest, len(_GIVEN))
    return _SURNAMES[rest % len(_SURNAMES)] + _GIVEN[middle] + _GIVEN[last]


# --- units and accounts ---


def unit(*, code: str | None = None, name: str = "普陀区教育学院", **fields) -> Unit:
    """A school without a superior; ``parent=`` and ``kind=`` make it anything else."""
    fields.setdefault("short_name", "学院")
    row = Unit(code=code or f"unit-{next(_numbers)}", name=name, **fields)
    # ``path`` is worked out by save() and must not be empty for full_clean().
    row.full_clean(exclude=["path"])
    row.save()
    return row


def user(role: str | None = None, *, unit: Unit | None = None, **fields) -> User:
    """An account that holds ``role`` in ``unit``; without a role, one that may do nothing.

    It has no usable password (sign in with ``client.force_login``) unless ``password=`` is given.
    """
    fields.setdefault("username", f"{role or 'nobody'}-{next(_numbers)}")
    fields.setdefault("full_name", _made_up_name())
    account = User.objects.create_user(**fields)
    if role is not None:
        role_grant(account, unit, role)
    return account


def role_grant(account: User, unit: Unit, role: str) -> RoleGrant:
    """One more role for ``account``."""
    row = RoleGrant(user=account, unit=unit, role=role)
    row.full_clean()
    row.save()
    account.__dict__.pop("_held_roles", None)
    return row


def unit_year(unit: Unit, year: int = 2017, **fields) -> UnitYear:
    """The head counts of the 2017 case: 105 staff, 57 of them full-time teachers."""
    fields.setdefault("closes_on", date(year, 12, 31))
    fields.setdefault("staff_total", 105)
    fields.setdefault("full_time_teachers", 57)
    return _saved(UnitYear(unit=unit, year=year, **fields))


def department(unit: Unit, name: str | None = None) -> Department:
    """A department; its name differs from the ones before."""
    return _saved(Department(unit=unit, name=name or f"第{next(_numbers)}教研室"))


# --- people and organisations ---


def party(brief: str = "民盟") -> Party:
    """The party of that two-character name; the rows come with the migration."""
    return Party.objects.get(brief=brief)


def organisation(unit: Unit, name: str | None = None, **fields) -> Organisation:
    """A branch of the Communist Party; with ``party=``, of that democratic party."""
    fields.setdefault("level", Organisation.Level.BRANCH)
    return _saved(Organisation(unit=unit, name=name or f"第{next(_numbers)}支部", **fields))


def organisation_name(organisation: Organisation, name: str, **fields) -> OrganisationName:
    """An earlier name; give ``started_on`` and ``ended_on``."""
    return _saved(
        OrganisationName(unit=organisation.unit, organisation=organisation, name=name, **fields)
    )


def person(unit: Unit, name: str | None = None, **fields) -> Member:
    """A person and nothing else: no employment, no membership."""
    return _saved(Member(unit=unit, name=name or _made_up_name(), **fields))


def member(
    unit: Unit,
    name: str | None = None,
    *,
    party: Party | str | None = None,
    joined_on: date | None = JOINED_ON,
    employed_on: date | None = EMPLOYED_ON,
    status: str = Employment.Status.IN_SERVICE,
    full_time_teacher: bool = False,
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
    employment(row, started_on=employed_on, status=status, full_time_teacher=full_time_teacher)
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
    return _saved(Membership(unit=member.unit, member=member, party=party, **fields))


def employment(member: Member, **fields) -> Employment:
    """A time in service since :data:`EMPLOYED_ON`."""
    fields.setdefault("started_on", EMPLOYED_ON)
    return _saved(Employment(unit=member.unit, member=member, **fields))


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
    return _saved(Appointment(unit=member.unit, member=member, post=post, **fields))


def title_of(member: Member, name: str = "高级教师", **fields) -> Title:
    """A professional title since 2010, at the level that belongs to its name."""
    fields.setdefault("level", LEVEL_OF_TITLE.get(name))
    fields.setdefault("started_on", date(2010, 9, 1))
    return _saved(Title(unit=member.unit, member=member, name=name, **fields))


def education(member: Member, **fields) -> Education:
    """Completed schooling at the level of a master's studies, in July 2008."""
    fields.setdefault("level", EducationLevel.MASTER)
    fields.setdefault("completed_on", date(2008, 7, 1))
    return _saved(Education(unit=member.unit, member=member, **fields))


def honour(unit: Unit, title: str = "全国文明单位", **fields) -> Honour:
    """An honour of the unit itself, earned in 2017; ``member=`` or ``organisation=`` for others."""
    fields.setdefault("level", Honour.Level.NATIONAL)
    fields.setdefault("performance_year", 2017)
    return _saved(Honour(unit=unit, title=title, **fields))


# --- activities and aid ---


def theme(unit: Unit, name: str | None = None, **fields) -> Theme:
    """A theme of the unit's list."""
    return _saved(Theme(unit=unit, name=name or f"主题{next(_numbers)}", **fields))


def series(unit: Unit, name: str | None = None, **fields) -> Series:
    """A recurring platform of the unit's list."""
    return _saved(Series(unit=unit, name=name or f"系列{next(_numbers)}", **fields))


def activity(
    unit: Unit, title: str | None = None, *, themes=(), organisers=(), **fields
) -> Activity:
    """A study session on :data:`HAPPENED_ON`; ``kind=`` and ``started_on=`` make it another."""
    fields.setdefault("kind", Activity.Kind.STUDY)
    fields.setdefault("started_on", HAPPENED_ON)
    return _happened(Activity, unit, title, themes=themes, organisers=organisers, **fields)


def consultation(
    unit: Unit, title: str | None = None, *, themes=(), organisers=(), **fields
) -> Consultation:
    """A symposium on :data:`HAPPENED_ON`; ``kind=`` makes it another kind of consultation."""
    fields.setdefault("kind", Activity.Kind.SYMPOSIUM)
    fields.setdefault("started_on", HAPPENED_ON)
    return _happened(Consultation, unit, title, themes=themes, organisers=organisers, **fields)


def _happened(model, unit, title, *, themes, organisers, **fields):
    row = _saved(model(unit=unit, title=title or f"活动{next(_numbers)}", **fields))
    with scope_of_unit(unit):
        row.themes.set(themes)
        row.organisers.set(organisers)
    return row


def participation(activity: Activity, member: Member, **fields) -> Participation:
    """``member`` was present."""
    return _saved(Participation(unit=activity.unit, activity=activity, member=member, **fields))


def guest_group(activity: Activity, capacity: str = "辖区警官", **fields) -> GuestGroup:
    """Guests by capacity; ``number=`` if it is known."""
    return _saved(GuestGroup(unit=activity.unit, activity=activity, capacity=capacity, **fields))


def aid_round(unit: Unit, name: str | None = None, **fields) -> AidRound:
    """A round of aid opened in January 2017."""
    fields.setdefault("opened_on", date(2017, 1, 5))
    return _saved(AidRound(unit=unit, name=name or f"第{next(_numbers)}次助学", **fields))


def gift(
    aid_round: AidRound, amount: str | Decimal | None = "1500", *, donors=(), **fields
) -> Gift:
    """One gift of money; ``donors`` (people, organisations or parties) gave it jointly."""
    fields.setdefault("received_on", aid_round.opened_on)
    amount = None if amount is None else Decimal(amount)
    row = _saved(Gift(unit=aid_round.unit, aid_round=aid_round, amount=amount, **fields))
    for position, donor in enumerate(donors, start=1):
        gift_donor(row, donor, position=position)
    return row


def gift_donor(gift: Gift, donor: Member | Organisation | Party, **fields) -> GiftDonor:
    """One giver of ``gift``, of whichever of the three kinds ``donor`` is."""
    kind = {Member: "member", Organisation: "organisation", Party: "party"}[type(donor)]
    return _saved(GiftDonor(unit=gift.unit, gift=gift, **{kind: donor}, **fields))


def recipient(unit: Unit, code: str | None = None, **fields) -> Recipient:
    """A primary-school student, by code."""
    fields.setdefault("stage", Recipient.Stage.PRIMARY)
    return _saved(Recipient(unit=unit, code=code or f"受助学生{next(_numbers):02}", **fields))


def grant(
    aid_round: AidRound, recipient: Recipient, amount: str | Decimal = "1500", **fields
) -> Grant:
    """One payment on the day the round opened."""
    fields.setdefault("granted_on", aid_round.opened_on)
    return _saved(
        Grant(
            unit=aid_round.unit,
            aid_round=aid_round,
            recipient=recipient,
            amount=Decimal(amount),
            **fields,
        )
    )


# --- consultations ---


def agenda_item(
    consultation: Consultation, subject: str = "“三创”行动规划", **fields
) -> AgendaItem:
    """A point that was reported to the members."""
    fields.setdefault("kind", AgendaItem.Kind.REPORTED)
    return _saved(
        AgendaItem(unit=consultation.unit, consultation=consultation, subject=subject, **fields)
    )


def suggestion(unit: Unit, *, proposers=(), **fields) -> Suggestion:
    """An unsigned suggestion registered on :data:`HAPPENED_ON`, with the next free number."""
    fields.setdefault("year", 2017)
    fields.setdefault("number", next(_numbers))
    fields.setdefault("registered_on", HAPPENED_ON)
    fields.setdefault("wording", "建议增加教师阅览室的开放时间。")
    row = _saved(Suggestion(unit=unit, **fields))
    with scope_of_unit(unit):
        row.proposers.set(proposers)
    return row


def reply(suggestion: Suggestion, **fields) -> Reply:
    """A reply given in April 2017."""
    fields.setdefault("replied_on", date(2017, 4, 10))
    fields.setdefault("wording", "已列入下学期安排。")
    return _saved(Reply(unit=suggestion.unit, suggestion=suggestion, **fields))


# --- reports ---


def outline(unit: Unit, label: str = "总结", **fields) -> Outline:
    """An outline without sections."""
    fields.setdefault("name", "统战工作总结")
    fields.setdefault("title", "统战工作总结")
    return _saved(Outline(unit=unit, label=label, **fields))


def outline_section(outline: Outline, position: int = 1, **fields) -> OutlineSection:
    """A section of the first level."""
    fields.setdefault("heading", "存在不足及改进措施")
    return _saved(OutlineSection(unit=outline.unit, outline=outline, position=position, **fields))


def report(unit: Unit, year: int = 2017, **fields) -> Report:
    """A report without sections."""
    fields.setdefault("name", "统战工作总结")
    fields.setdefault("title", "统战工作总结")
    return _saved(Report(unit=unit, year=year, **fields))


def section(report: Report, position: int = 1, **fields) -> Section:
    """A section of the first level."""
    fields.setdefault("heading", "存在不足及改进措施")
    return _saved(Section(unit=report.unit, report=report, position=position, **fields))
