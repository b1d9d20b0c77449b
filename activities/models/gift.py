"""What was given: by whom, and through whose hands."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.models.aid import AidRound
from activities.models.ledger import LedgerEntry, Place
from activities.models.pledge import Pledge, giver_field, one_of_three
from members.models import Member, Organisation, Party
from units.dating import Behind, Inside, With
from units.money import MoneyField
from units.scoping import scoped


class GiftQuerySet(models.QuerySet):
    """Gifts that count."""

    def standing(self):
        """Those that were not reversed."""
        return self.filter(reversal__isnull=True)

    def money(self):
        """Those that are in a sum."""
        return self.filter(kind__in=Gift.MONEY)


class Gift(LedgerEntry):
    """One gift. Given by several jointly it is still one; their shares may be unknown."""

    class Kind(models.TextChoices):
        """Goods and service have no part in any sum of money."""

        CASH = "cash", _("cash")
        TRANSFER = "transfer", _("transfer")
        GOODS = "goods", _("goods")
        SERVICE = "service", _("service")

    class Naming(models.TextChoices):
        """Whether the giver may be named outside the office (慈善法 82)."""

        GROUP = "group", _("the group only, no person")
        NAMED = "named", _("by name, with consent")
        ANONYMOUS = "anonymous", _("anonymous")

    class Channel(models.TextChoices):
        """Through whose hands it went."""

        DIRECT = "direct", _("directly to the recipient")
        SCHOOL = "school", _("through the school's finance office")
        CHARITY = "charity", _("through a charity or foundation")
        COMMUNITY = "community", _("through the community")
        OTHER = "other", _("another way")

    class Proof(models.TextChoices):
        """What shows it. A donation receipt is noted by its number; none is ever printed here."""

        SIGNATURE = "signature", _("list signed by the recipients' side")
        RECEIPT = "receipt", _("donation receipt (of the finance office or charity)")
        SLIP = "slip", _("transfer slip")
        COMMUNITY = "community", _("acknowledgement of the community")
        OTHER = "other", _("another proof")

    MONEY = (Kind.CASH, Kind.TRANSFER)
    FITTING = {
        Channel.DIRECT: (Proof.SIGNATURE, Proof.SLIP),
        Channel.SCHOOL: (Proof.RECEIPT, Proof.SLIP),
        Channel.CHARITY: (Proof.RECEIPT, Proof.SLIP),
        Channel.COMMUNITY: (Proof.COMMUNITY, Proof.SLIP),
        Channel.OTHER: tuple(Proof),
    }
    """The proofs that fit each way."""
    LEFT_OPEN = frozenset({"naming", "consented_on", "channel", "proof", "proof_number"})

    aid_round = models.ForeignKey(
        AidRound, verbose_name=_("round of aid"), on_delete=models.PROTECT, related_name="gifts"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.CASH)
    amount = MoneyField(_("amount in yuan"), null=True, blank=True)
    goods = models.CharField(
        _("goods or service"), max_length=80, blank=True, help_text=_("What, how much, which unit.")
    )
    received_on = models.DateField(_("received"))
    naming = models.CharField(
        _("naming the giver"), max_length=10, choices=Naming, default=Naming.GROUP
    )
    consented_on = models.DateField(_("consent to be named, of"), null=True, blank=True)
    channel = models.CharField(
        pgettext_lazy("aid", "channel"), max_length=10, choices=Channel, blank=True
    )
    proof = models.CharField(_("proof"), max_length=10, choices=Proof, blank=True)
    proof_number = models.CharField(_("number of the proof"), max_length=40, blank=True)
    counter = giver_field(Member, _("counted by"))
    second_counter = giver_field(Member, _("counted besides by"))
    pledge = models.ForeignKey(
        Pledge,
        verbose_name=_("instalment of the pledge"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="instalments",
    )

    dating = (
        Inside("received_on", leaves=LEFT_OPEN),
        Behind("grants", leaves=LEFT_OPEN),
    )

    objects = scoped(GiftQuerySet)

    class Meta:
        verbose_name = _("gift")
        verbose_name_plural = _("gifts")
        ordering = ["aid_round", "received_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=["cash", "transfer"], amount__isnull=False, amount__gt=0, goods=""
                )
                | (Q(kind__in=["goods", "service"], amount__isnull=True) & ~Q(goods="")),
                name="gift_is_money_or_goods",
                violation_error_message=_(
                    "Money needs an amount above 0; goods and service need a description and no "
                    "amount."
                ),
            ),
            models.CheckConstraint(
                condition=Q(counter__isnull=True)
                | Q(second_counter__isnull=True)
                | ~Q(counter=F("second_counter")),
                name="cash_counted_by_two",
                violation_error_message=_("Two different people count the cash."),
            ),
            models.CheckConstraint(
                condition=~Q(naming="named") | Q(consented_on__isnull=False),
                name="named_with_consent",
                violation_error_message=_("Say when the giver agreed to be named."),
            ),
            models.CheckConstraint(
                condition=Q(pledge__isnull=True) | Q(kind__in=["cash", "transfer"]),
                name="instalment_is_money",
                violation_error_message=_("An instalment of a pledge is money."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.amount if self.amount else self.goods}"

    @property
    def is_money(self) -> bool:
        """Whether it is in a sum of money."""
        return self.kind in self.MONEY

    @property
    def givers_shown(self) -> str:
        """The givers as a sheet names them: a person only with consent, nobody anonymous."""
        if self.naming == self.Naming.ANONYMOUS:
            return str(self.Naming.ANONYMOUS.label)
        named = self.naming == self.Naming.NAMED
        rows = [row for row in self.donors.all() if named or not row.member_id]
        shown = [str(row) for row in rows]
        if people := len(self.donors.all()) - len(rows):
            shown.append(_("%(n)s persons") % {"n": people})
        return "、".join(shown)

    @property
    def is_reversed(self) -> bool:
        """Whether a reversal took it out of the account."""
        return hasattr(self, "reversal")

    def place(self) -> Place:
        """Its round."""
        return Place(self.aid_round_id, "last_gift", self.pk)

    def clean(self):
        """Refuse money without an amount (a check over an empty amount holds in SQL), and a proof
        that its channel never gives."""
        super().clean()
        if self.is_money and self.amount is None:
            raise ValidationError({"amount": _("Enter the amount.")})
        if self.channel and self.proof and self.proof not in self.FITTING[self.channel]:
            fitting = "、".join(str(self.Proof(each).label) for each in self.FITTING[self.channel])
            raise ValidationError(
                {"proof": _("With this channel choose: %(proofs)s.") % {"proofs": fitting}}
            )


class GiftDonor(LedgerEntry):
    """One giver of a gift, in the order in which they signed: a person, a branch or a party."""

    gift = models.ForeignKey(
        Gift, verbose_name=_("gift"), on_delete=models.PROTECT, related_name="donors"
    )
    position = models.PositiveSmallIntegerField(_("order of signing"), default=0)
    member = giver_field(Member, _("person"))
    organisation = giver_field(Organisation, _("organisation"))
    party = giver_field(Party, _("members of the party"))
    share = MoneyField(
        _("share in yuan"), null=True, blank=True, help_text=_("Leave empty if nobody knows.")
    )

    dating = (With("gift"),)

    objects = scoped()

    class Meta:
        verbose_name = _("giver")
        verbose_name_plural = _("givers")
        ordering = ["gift", "position", "pk"]
        constraints = [
            one_of_three("giver_is_one_of_three"),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__gt=0), name="share_is_positive"
            ),
        ]

    def __str__(self):
        return str(self.member or self.organisation or self.party)

    def place(self) -> Place:
        """The round of its gift."""
        gift = getattr(self, "gift", None)
        return Place(gift and gift.aid_round_id, "last_gift", self.gift_id)
