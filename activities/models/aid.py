"""The aid ledger: what was given, and to whom it went, as codes.

The benchmark is 慈善法 (2023) and 公益事业捐赠法; both speak to charities, and a Party branch that
passes on its members' money is measured by them. Recipients are children: they have a code and
never a name here (PIPL 28, 31; 慈善法 82).
"""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activities.models.activity import Activity
from members.models import Member, Organisation, Party
from units.dates import Period
from units.dating import Behind, Inside, With
from units.scoping import UnitRow, scoped

CENT = Decimal("0.01")


class AidRoundQuerySet(models.QuerySet):
    """Rounds of a year."""

    def during(self, period: Period):
        """Rounds opened within ``period``."""
        return self.filter(opened_on__range=(period.first, period.last))


class AidRound(UnitRow):
    """One round of aid: an appeal, gifts, grants, perhaps a ceremony."""

    name = models.CharField(_("name"), max_length=80)
    opened_on = models.DateField(_("appeal of"))
    community = models.CharField(
        _("community"), max_length=40, blank=True, help_text=_("Whose students are helped.")
    )
    ceremony = models.OneToOneField(
        Activity,
        verbose_name=_("ceremony"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="aid_round",
    )

    dating = (Inside("opened_on"),)

    objects = scoped(AidRoundQuerySet)

    class Meta:
        verbose_name = _("round of aid")
        verbose_name_plural = _("rounds of aid")
        ordering = ["opened_on", "pk"]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        if self.ceremony_id and self.ceremony.kind != Activity.Kind.CEREMONY:
            raise ValidationError({"ceremony": _("Choose an activity of the kind ceremony.")})


class Gift(UnitRow):
    """One gift. Given by several jointly it is still one; their shares may be unknown."""

    class Kind(models.TextChoices):
        """Goods and service have no part in any sum of money."""

        CASH = "cash", _("cash")
        TRANSFER = "transfer", _("transfer")
        GOODS = "goods", _("goods")
        SERVICE = "service", _("service")

    aid_round = models.ForeignKey(
        AidRound, verbose_name=_("round of aid"), on_delete=models.PROTECT, related_name="gifts"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.CASH)
    amount = models.DecimalField(
        _("amount in yuan"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(CENT)],
    )
    goods = models.CharField(
        _("goods or service"), max_length=80, blank=True, help_text=_("What, how much, which unit.")
    )
    received_on = models.DateField(_("received"))

    dating = (Inside("received_on"), Behind("grants"))

    objects = scoped()

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
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.amount if self.amount else self.goods}"

    def clean(self):
        """Refuse money without an amount: a check over an empty amount holds in SQL."""
        super().clean()
        if self.kind in (Gift.Kind.CASH, Gift.Kind.TRANSFER) and self.amount is None:
            raise ValidationError({"amount": _("Enter the amount.")})


class GiftDonor(UnitRow):
    """One giver of a gift, in the order in which they signed: a person, a branch or a party."""

    gift = models.ForeignKey(
        Gift, verbose_name=_("gift"), on_delete=models.PROTECT, related_name="donors"
    )
    position = models.PositiveSmallIntegerField(_("order of signing"), default=0)
    member = models.ForeignKey(
        Member,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    party = models.ForeignKey(
        Party,
        verbose_name=_("members of the party"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    share = models.DecimalField(
        _("share in yuan"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Leave empty if nobody knows."),
        validators=[MinValueValidator(CENT)],
    )

    dating = (With("gift"),)

    objects = scoped()

    class Meta:
        verbose_name = _("giver")
        verbose_name_plural = _("givers")
        ordering = ["gift", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=False, organisation__isnull=True, party__isnull=True)
                | Q(member__isnull=True, organisation__isnull=False, party__isnull=True)
                | Q(member__isnull=True, organisation__isnull=True, party__isnull=False),
                name="giver_is_one_of_three",
                violation_error_message=_("Choose a person, an organisation or a party: one."),
            )
        ]

    def __str__(self):
        return str(self.member or self.organisation or self.party)


class Recipient(UnitRow):
    """Somebody who is helped, by code. There is no field for a name, an illness or an income."""

    class Category(models.TextChoices):
        """Who is helped."""

        STUDENT = "student", _("student")
        PERSON = "person", _("other person")
        INSTITUTION = "institution", _("institution")

    class Stage(models.TextChoices):
        """School stage of a student."""

        PRIMARY = "primary", _("primary school")
        JUNIOR = "junior", _("junior secondary school")
        SENIOR = "senior", _("senior secondary school")
        VOCATIONAL = "vocational", _("vocational school")
        UNIVERSITY = "university", _("university")

    code = models.CharField(
        _("code"),
        max_length=10,
        validators=[
            RegexValidator(
                r"^受助(学生|人|单位)\d{1,4}$",
                _("Enter a code such as 受助学生01; never a name."),
            )
        ],
    )
    category = models.CharField(
        _("category"), max_length=12, choices=Category, default=Category.STUDENT
    )
    stage = models.CharField(_("school stage"), max_length=12, choices=Stage, blank=True)
    community = models.CharField(_("community"), max_length=40, blank=True)

    # A pupil's stage and community are those of today.
    dating = ()

    objects = scoped()

    class Meta:
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "code"],
                name="recipient_code_once_per_unit",
                violation_error_message=_("This code is in use already."),
            )
        ]

    def __str__(self):
        return self.code


class Grant(UnitRow):
    """One payment to one recipient. Four equal ones on a day are four."""

    aid_round = models.ForeignKey(
        AidRound, verbose_name=_("round of aid"), on_delete=models.PROTECT, related_name="grants"
    )
    recipient = models.ForeignKey(
        Recipient, verbose_name=_("recipient"), on_delete=models.PROTECT, related_name="grants"
    )
    gift = models.ForeignKey(
        Gift,
        verbose_name=_("out of the gift"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="grants",
        help_text=_("Where a gift was meant for this recipient."),
    )
    amount = models.DecimalField(
        _("amount in yuan"), max_digits=12, decimal_places=2, validators=[MinValueValidator(CENT)]
    )
    granted_on = models.DateField(_("handed over"))

    dating = (Inside("granted_on"),)

    objects = scoped()

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        ordering = ["granted_on", "recipient__code", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="grant_is_positive",
                violation_error_message=_("Enter an amount above 0."),
            )
        ]

    def __str__(self):
        return f"{self.recipient} {self.amount}"

    def clean(self):
        super().clean()
        if self.gift_id and self.aid_round_id and self.gift.aid_round_id != self.aid_round_id:
            raise ValidationError({"gift": _("That gift belongs to another round of aid.")})
