"""The deeds on a round's account: close it, open it again, reverse an entry.

Each is done in one's own name and in one's turn; who entered something of a round, or changed it
last, does not close it (security check 16).
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from activities.aid_ledger import Ledger, ledger_of
from activities.models import AidRound, Gift, GiftDonor, Grant, Reversal, RoundStep
from units.acting import because
from units.events import hold_chain
from units.models import User
from units.models.user import holds
from units.recording import ChangeRefused
from units.roles import Right


class DeedRefused(ChangeRefused):  # noqa: N818 - it names what became of the deed
    """The deed cannot be done now, or not by this person; the message says why."""


def close(
    aid_round: AidRound,
    *,
    by: User,
    moment: datetime,
    reason: str,
    rest: str = "",
    carried_to: AidRound | None = None,
) -> RoundStep:
    """Close the account with the sums its entries give. DeedRefused, ValidationError."""
    with transaction.atomic():
        hold_chain()
        ledger = ledger_of(aid_round)
        if obstacle := obstacle_to_closing(ledger, by):
            raise DeedRefused(obstacle)
        if carried_to is not None and (carried_to.is_closed or carried_to.pk == aid_round.pk):
            raise DeedRefused(
                {"carried_to": _("The balance goes to another round whose account is open.")}
            )
        return _step(
            ledger,
            RoundStep.Kind.CLOSE,
            by=by,
            at=moment,
            reason=reason,
            received=ledger.received,
            carried_in=ledger.carried_in,
            handed_out=ledger.handed_out,
            balance=ledger.balance,
            rest=rest,
            carried_to=carried_to,
            last_gift=max((gift.pk for gift in ledger.gifts), default=0),
            last_grant=max((grant.pk for grant in ledger.grants), default=0),
        )


def reopen(aid_round: AidRound, *, by: User, moment: datetime, reason: str) -> RoundStep:
    """Open a closed account again. What it held stays, and can be reversed. DeedRefused."""
    with transaction.atomic():
        hold_chain()
        ledger = ledger_of(aid_round)
        if obstacle := obstacle_to_reopening(ledger, by):
            raise DeedRefused(obstacle)
        return _step(ledger, RoundStep.Kind.REOPEN, by=by, at=moment, reason=reason)


def reverse(entry: Gift | Grant, *, by: User, day: date, reason: str) -> Reversal:
    """Take an entry out of the account, for all to see. DeedRefused, ValidationError."""
    with transaction.atomic():
        hold_chain()
        if not holds(Right.CLOSE_AID, by, entry.unit):
            raise DeedRefused(_("A clerk or secretary of the unit keeps the ledger."))
        field = "gift" if isinstance(entry, Gift) else "grant"
        if Reversal.objects.filter(**{field: entry.pk}).exists():
            raise DeedRefused(_("This entry was reversed already."))
        row = Reversal(
            unit=entry.unit, reason=reason.strip(), by=by, reversed_on=day, **{field: entry}
        )
        row.full_clean()
        with because(reason):
            row.save()
        return row


def obstacle_to_closing(ledger: Ledger, user: User) -> str:
    """Why ``user`` cannot close the account now, in words; "" if nothing is in the way."""
    if not holds(Right.CLOSE_AID, user, ledger.aid_round.unit):
        return _("A clerk or secretary of the unit closes the account.")
    if ledger.is_closed:
        return _("The account is closed already.")
    if ledger.obstacles:
        return " ".join(ledger.obstacles)
    if user.pk in keepers_of(ledger.aid_round):
        return _("You entered or changed something in this account: somebody else closes it.")
    return ""


def obstacle_to_reopening(ledger: Ledger, user: User) -> str:
    """Why ``user`` cannot open the account again now; "" if nothing is in the way."""
    if not holds(Right.CLOSE_AID, user, ledger.aid_round.unit):
        return _("A clerk or secretary of the unit opens the account again.")
    if not ledger.is_closed:
        return _("The account is open.")
    onward = ledger.last_step.carried_to
    if onward is not None and onward.is_closed:
        return _("Its balance was carried to “%(name)s”, which is closed: open that one first.") % {
            "name": onward
        }
    return ""


def keepers_of(aid_round: AidRound) -> set[int]:
    """The keys of the accounts that made or changed an entry since the last closing."""
    closings = aid_round.steps.filter(kind=RoundStep.Kind.CLOSE).order_by("number")
    since = closings.last()
    gifts = Gift.history.filter(aid_round=aid_round.pk)
    histories = (
        gifts,
        GiftDonor.history.filter(gift__in=gifts.order_by().values("id")),
        Grant.history.filter(aid_round=aid_round.pk),
        Reversal.history.filter(gift__in=gifts.order_by().values("id")),
        Reversal.history.filter(grant__aid_round=aid_round.pk),
    )
    found = set()
    for history in histories:
        rows = history.filter(history_date__gt=since.at) if since else history
        found |= set(rows.order_by().values_list("history_user_id", flat=True))
    return found - {None}


def rounds_to_carry_to(aid_round: AidRound) -> list[AidRound]:
    """The unit's other rounds whose account is open, the latest first."""
    others = AidRound.objects.filter(unit=aid_round.unit).exclude(pk=aid_round.pk).with_state()
    is_open = Q(last_step__isnull=True) | ~Q(last_step=RoundStep.Kind.CLOSE)
    return list(others.filter(is_open).order_by("-opened_on", "-pk"))


def _step(ledger: Ledger, kind: str, *, reason: str, **values) -> RoundStep:
    row = ledger.aid_round
    step = RoundStep(
        unit=row.unit,
        aid_round=row,
        number=len(ledger.steps) + 1,
        kind=kind,
        reason=reason.strip(),
        **values,
    )
    with because(reason):
        step.save()
    return step
