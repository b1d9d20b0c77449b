"""Activities, consultations with suggestions, and the aid ledger."""

import hashlib
from datetime import date
from decimal import Decimal
from itertools import count

from django.core.files.base import ContentFile

from activities.models import (
    Activity,
    AidRound,
    Evidence,
    Gift,
    GiftDonor,
    Grant,
    GuestGroup,
    NotNeeded,
    Participation,
    Pledge,
    Recipient,
    Reversal,
    Series,
    Slot,
    Theme,
)
from consultations.models import (
    Adoption,
    AgendaItem,
    Consultation,
    Promise,
    PromiseKept,
    Proposal,
    Reply,
    Step,
    Suggestion,
)
from members.models import Member, Organisation, Party
from tests.factories.rows import next_number, saved
from units.models import Unit, User
from units.scoping import scope_of_unit

HAPPENED_ON = date(2017, 3, 15)
_recipients = count(1)


def theme(unit: Unit, name: str | None = None, **fields) -> Theme:
    """A theme of the unit's list."""
    return saved(Theme(unit=unit, name=name or f"主题{next_number()}", **fields))


def series(unit: Unit, name: str | None = None, **fields) -> Series:
    """A recurring platform of the unit's list."""
    return saved(Series(unit=unit, name=name or f"系列{next_number()}", **fields))


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
    row = saved(model(unit=unit, title=title or f"活动{next_number()}", **fields))
    with scope_of_unit(unit):
        row.themes.set(themes)
        row.organisers.set(organisers)
    return row


def participation(activity: Activity, member: Member, **fields) -> Participation:
    """``member`` was present."""
    return saved(Participation(unit=activity.unit, activity=activity, member=member, **fields))


def guest_group(activity: Activity, capacity: str = "辖区警官", **fields) -> GuestGroup:
    """Guests by capacity; ``number=`` if it is known."""
    return saved(GuestGroup(unit=activity.unit, activity=activity, capacity=capacity, **fields))


def evidence(activity: Activity, content: bytes = b"%PDF-", **fields) -> Evidence:
    """A stored PDF; ``thumbnail=b"…"`` makes a picture of it, ``address=`` a published report."""
    thumbnail = fields.pop("thumbnail", None)
    fields.setdefault("slot", Slot.NOTICE)
    row = Evidence(unit=activity.unit, activity=activity, **fields)
    if not row.address:
        row.name = row.name or f"通知{next_number()}.pdf"
        row.content_type = row.content_type or "application/pdf"
        row.size, row.sha256 = len(content), hashlib.sha256(content).hexdigest()
        row.file.save("file.pdf", ContentFile(content), save=False)
    if thumbnail:
        row.thumbnail.save("file.jpg", ContentFile(thumbnail), save=False)
    return saved(row)


def not_needed(activity: Activity, slot: str, reason: str = "线上举行") -> NotNeeded:
    """A kind of evidence that ``activity`` does not need."""
    return saved(NotNeeded(unit=activity.unit, activity=activity, slot=slot, reason=reason))


def aid_round(unit: Unit, name: str | None = None, **fields) -> AidRound:
    """A round of aid opened in January 2017."""
    fields.setdefault("opened_on", date(2017, 1, 5))
    return saved(AidRound(unit=unit, name=name or f"第{next_number()}次助学", **fields))


def gift(
    aid_round: AidRound, amount: str | Decimal | None = "1500", *, donors=(), **fields
) -> Gift:
    """One gift of money; ``donors`` (people, organisations or parties) gave it jointly."""
    fields.setdefault("received_on", aid_round.opened_on)
    amount = None if amount is None else Decimal(amount)
    row = saved(Gift(unit=aid_round.unit, aid_round=aid_round, amount=amount, **fields))
    for position, donor in enumerate(donors, start=1):
        gift_donor(row, donor, position=position)
    return row


def gift_donor(gift: Gift, donor: Member | Organisation | Party, **fields) -> GiftDonor:
    """One giver of ``gift``, of whichever of the three kinds ``donor`` is."""
    kind = {Member: "member", Organisation: "organisation", Party: "party"}[type(donor)]
    return saved(GiftDonor(unit=gift.unit, gift=gift, **{kind: donor}, **fields))


def pledge(giver: Member | Organisation, amount_a_year: str = "3000", **fields) -> Pledge:
    """A promise of 2017 for three years."""
    kind = "member" if isinstance(giver, Member) else "organisation"
    fields = {"promised_on": date(2017, 1, 5), "first_year": 2017, "last_year": 2019, **fields}
    amount = Decimal(amount_a_year)
    return saved(Pledge(unit=giver.unit, amount_a_year=amount, **{kind: giver}, **fields))


def recipient(unit: Unit, code: str | None = None, **fields) -> Recipient:
    """A primary-school student, by code."""
    fields.setdefault("stage", Recipient.Stage.PRIMARY)
    return saved(Recipient(unit=unit, code=code or f"受助学生{next(_recipients):02}", **fields))


def grant(
    aid_round: AidRound, recipient: Recipient, amount: str | Decimal = "1500", **fields
) -> Grant:
    """One payment on the day the round opened."""
    fields.setdefault("granted_on", aid_round.opened_on)
    return saved(
        Grant(
            unit=aid_round.unit,
            aid_round=aid_round,
            recipient=recipient,
            amount=Decimal(amount),
            **fields,
        )
    )


def reversal(entry: Gift | Grant, by: User, reason: str = "记错", **fields) -> Reversal:
    """Takes ``entry`` out of the account."""
    kind = "gift" if isinstance(entry, Gift) else "grant"
    fields.setdefault("reversed_on", date(2017, 2, 1))
    return saved(Reversal(unit=entry.unit, by=by, reason=reason, **{kind: entry}, **fields))


def agenda_item(
    consultation: Consultation, subject: str = "“三创”行动规划", **fields
) -> AgendaItem:
    """A point that was reported to the members."""
    fields.setdefault("kind", AgendaItem.Kind.REPORTED)
    return saved(
        AgendaItem(unit=consultation.unit, consultation=consultation, subject=subject, **fields)
    )


def suggestion(unit: Unit, *, proposers=(), **fields) -> Suggestion:
    """An unsigned suggestion registered on :data:`HAPPENED_ON`, with the next free number."""
    fields.setdefault("year", 2017)
    fields.setdefault("number", next_number())
    fields.setdefault("registered_on", HAPPENED_ON)
    fields.setdefault("wording", "建议增加教师阅览室的开放时间。")
    row = saved(Suggestion(unit=unit, **fields))
    with scope_of_unit(unit):
        row.proposers.set(proposers)
    return row


def reply(suggestion: Suggestion, **fields) -> Reply:
    """A reply given in April 2017."""
    fields.setdefault("replied_on", date(2017, 4, 10))
    fields.setdefault("wording", "已列入下学期安排。")
    return saved(Reply(unit=suggestion.unit, suggestion=suggestion, **fields))


def course_step(suggestion: Suggestion, kind: str, **fields) -> Step:
    """A step on the day the suggestion was registered, without asking whether it fits."""
    fields.setdefault("on", suggestion.registered_on)
    return saved(Step(unit=suggestion.unit, suggestion=suggestion, kind=kind, **fields))


def told(suggestion: Suggestion, on: date, **fields) -> Step:
    """The result was told to the proposers, face to face."""
    return course_step(suggestion, Step.Kind.FED_BACK, on=on, way=Reply.Way.FACE, **fields)


def proposal(unit: Unit, title: str | None = None, *, proposers=(), **fields) -> Proposal:
    """A proposal handed in on :data:`HAPPENED_ON`."""
    fields.setdefault("kind", Proposal.Kind.PROPOSAL)
    fields.setdefault("submitted_on", HAPPENED_ON)
    row = saved(Proposal(unit=unit, title=title or f"提案{next_number()}", **fields))
    with scope_of_unit(unit):
        row.proposers.set(proposers)
    return row


def adoption(proposal: Proposal, body: str = "市政协", **fields) -> Adoption:
    """A city's consultative conference took it up in June 2017."""
    fields.setdefault("level", Adoption.Level.PROVINCIAL)
    fields.setdefault("adopted_on", date(2017, 6, 1))
    return saved(Adoption(unit=proposal.unit, proposal=proposal, body=body, **fields))


def promise(unit: Unit, wording: str | None = None, **fields) -> Promise:
    """A measure announced in the report for 2016, due in 2017."""
    fields.setdefault("made_in", 2016)
    return saved(Promise(unit=unit, wording=wording or f"措施{next_number()}", **fields))


def review(promise: Promise, **fields) -> PromiseKept:
    """What had become of a promise by November 2017."""
    fields.setdefault("on", date(2017, 11, 1))
    return saved(PromiseKept(unit=promise.unit, promise=promise, **fields))


def kept_promise(unit: Unit, wording: str | None = None, **fields) -> PromiseKept:
    """Such a measure, done by November 2017."""
    fields.setdefault("on", date(2017, 11, 1))
    fields.setdefault("outcome", Step.Outcome.DONE)
    return saved(PromiseKept(unit=unit, promise=promise(unit, wording), **fields))
