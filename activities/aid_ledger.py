"""A round's ledger: what came in, what went out, what is left, and what is still missing.

One reading of the rows, from which the page, the print sheets and the closing are made, so that
they cannot disagree.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from activities.models import AidRound, Gift, Grant, Pledge, RoundStep
from units.models import Unit
from units.yuan import yuan_words

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Missing:
    """Something that the ledger lacks, in words; ``bars`` says that it keeps the account open."""

    words: str
    bars: bool = False


@dataclass
class Ledger:
    """One round with all its entries, reversed ones too, in the order of their days."""

    aid_round: AidRound
    gifts: list[Gift]
    grants: list[Grant]
    steps: list[RoundStep]
    carried: list[RoundStep]
    """Closings of other rounds whose balance was carried to this one, and that stand."""

    @cached_property
    def received(self) -> Decimal:
        """Money given, in yuan; goods and service are in no sum."""
        return sum((g.amount for g in self.standing_gifts if g.is_money), ZERO)

    @cached_property
    def carried_in(self) -> Decimal:
        """Balances of other rounds carried to this one, in yuan."""
        return sum((step.balance for step in self.carried), ZERO)

    @cached_property
    def handed_out(self) -> Decimal:
        """Money that reached recipients, in yuan."""
        return sum((grant.amount for grant in self.standing_grants), ZERO)

    @property
    def balance(self) -> Decimal:
        """What came in and did not go out, in yuan. Below zero, entries are missing or wrong."""
        return self.came_in - self.handed_out

    @property
    def came_in(self) -> Decimal:
        """All money that came in: gifts, and what was carried over."""
        return self.received + self.carried_in

    @property
    def received_words(self) -> str:
        """All money that came in, in capital numerals."""
        return yuan_words(self.came_in)

    @property
    def handed_out_words(self) -> str:
        """All money that went out, in capital numerals."""
        return yuan_words(self.handed_out)

    @property
    def balance_words(self) -> str:
        """The balance in capital numerals; "" below zero."""
        return yuan_words(self.balance) if self.balance >= 0 else ""

    @cached_property
    def standing_gifts(self) -> list[Gift]:
        """The gifts that were not reversed."""
        return [gift for gift in self.gifts if not gift.is_reversed]

    @cached_property
    def standing_grants(self) -> list[Grant]:
        """The grants that were not reversed."""
        return [grant for grant in self.grants if not grant.is_reversed]

    @property
    def helped(self) -> int:
        """How many recipients were helped: one who was helped twice is one."""
        return len({grant.recipient_id for grant in self.standing_grants})

    @property
    def last_step(self) -> RoundStep | None:
        """The last closing or opening again."""
        return self.steps[-1] if self.steps else None

    @property
    def is_closed(self) -> bool:
        """Whether the account is closed now."""
        return self.last_step is not None and self.last_step.kind == RoundStep.Kind.CLOSE

    @cached_property
    def missing(self) -> list[Missing]:
        """What is missing, what keeps the account open first."""
        return sorted(_missing(self), key=lambda each: not each.bars)

    @property
    def obstacles(self) -> list[str]:
        """Why the account cannot be closed, in words; empty where it can."""
        return [each.words for each in self.missing if each.bars]


def ledger_of(aid_round: AidRound) -> Ledger:
    """The ledger as it is stored now; a handful of queries, however many entries there are."""
    gifts = aid_round.gifts.select_related("reversal", "counter", "second_counter", "pledge")
    givers = "donors__member", "donors__organisation", "donors__party"
    grants = aid_round.grants.select_related("recipient", "gift", "signed_by", "reversal")
    return Ledger(
        aid_round=aid_round,
        gifts=list(gifts.order_by("received_on", "pk").prefetch_related(*givers)),
        grants=list(grants.order_by("granted_on", "recipient__code", "pk")),
        steps=list(aid_round.steps.select_related("by").order_by("number")),
        carried=carried_to(aid_round),
    )


def pledges_of(unit: Unit) -> QuerySet[Pledge]:
    """The unit's pledges with the instalments of each that stand."""
    standing = Prefetch("instalments", Gift.objects.standing(), to_attr="came")
    pledges = Pledge.objects.filter(unit=unit).select_related("member", "organisation", "party")
    return pledges.prefetch_related(standing)


def carried_to(aid_round: AidRound) -> list[RoundStep]:
    """The closings that carried a balance to this round and have not been undone since."""
    steps = aid_round.carried_from.select_related("aid_round").order_by("at", "pk")
    last = {step.aid_round_id: step for step in steps}
    newest = RoundStep.objects.filter(aid_round__in=last).order_by("number")
    stands = {step.aid_round_id: step.pk for step in newest}
    return [step for step in last.values() if stands[step.aid_round_id] == step.pk]


def shares_fault(amount: Decimal | None, shares: list[Decimal | None]) -> str:
    """What is wrong with the shares of a joint gift; "" where they fit ``amount``.

    Shares may be unknown. Known ones never exceed the gift; where all are known they are the gift,
    and where one is not, something is left for it.
    """
    known = [share for share in shares if share is not None]
    if not known:
        return ""
    if amount is None:
        return _("Goods and service have no shares in yuan.")
    together, numbers = sum(known), {"sum": f"{sum(known):.2f}", "amount": f"{amount:.2f}"}
    if len(known) == len(shares) and together != amount:
        return _("The shares come to %(sum)s yuan, the gift to %(amount)s yuan.") % numbers
    if len(known) < len(shares) and together >= amount:
        return (
            _("The known shares come to %(sum)s of %(amount)s yuan: nothing is left for the rest.")
            % numbers
        )
    return ""


def _missing(ledger: Ledger) -> Iterator[Missing]:
    if not ledger.gifts and not ledger.carried:
        yield Missing(_("No gift is entered yet."), bars=True)
    if ledger.balance < 0:
        yield Missing(
            _("%(sum)s yuan more went out than came in: enter the gift, or correct an amount.")
            % {"sum": -ledger.balance},
            bars=True,
        )
    for gift in ledger.standing_gifts:
        givers = list(gift.donors.all())
        if fault := shares_fault(gift.amount, [giver.share for giver in givers]):
            yield Missing(f"{gift}：{fault}", bars=True)
        if not givers and gift.naming != Gift.Naming.ANONYMOUS:
            yield Missing(_("%(gift)s: who gave it?") % {"gift": gift}, bars=True)
    yield from _questions(ledger)


def _questions(ledger: Ledger) -> Iterator[Missing]:
    """What does not keep the account open; the same question about several entries is one."""
    money = [gift for gift in ledger.standing_gifts if gift.is_money]
    cash = [gift for gift in money if gift.kind == Gift.Kind.CASH]
    asked = {
        _("Which two people counted the cash? Gifts: %(n)s."): [
            gift for gift in cash if not (gift.counter_id and gift.second_counter_id)
        ],
        _("Through whose hands did it go? Gifts: %(n)s."): [g for g in money if not g.channel],
        _("What proves it? Gifts: %(n)s."): [g for g in money if g.channel and not g.proof],
        _("Who signed for it? Grants: %(n)s."): [
            grant for grant in ledger.standing_grants if not grant.signed_as
        ],
    }
    for words, rows in asked.items():
        if rows:
            yield Missing(words % {"n": len(rows)})
