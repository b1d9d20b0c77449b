"""Who was helped, with how much, and what was taken back out of the account."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activities.models.aid import AidRound
from activities.models.gift import Gift
from activities.models.ledger import Booked, LedgerEntry, Place
from members.models import Member
from units.dating import Inside, With
from units.money import MoneyField
from units.scoping import UnitRow, scoped


class Recipient(UnitRow):
    """Somebody who is helped, by code: no field for a name, an illness or an income."""

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


class GrantQuerySet(models.QuerySet):
    """Grants that count."""

    def standing(self):
        """Those that were not reversed."""
        return self.filter(reversal__isnull=True)


class Grant(LedgerEntry):
    """One payment to one recipient. Four equal ones on a day are four.

    ``stage`` and ``community`` are those of the recipient on that day. Who signed is a capacity or
    a colleague, never the child.
    """

    class HandedOver(models.TextChoices):
        """How the money reached the recipient."""

        IN_PERSON = "in_person", _("handed over in person")
        TRANSFER = "transfer", _("transferred")
        COMMUNITY = "community", _("handed over by the community")
        SCHOOL = "school", _("handed over by the pupil's school")

    class SignedAs(models.TextChoices):
        """In which capacity somebody signed for it; a pupil never does."""

        GUARDIAN = "guardian", _("guardian")
        RECIPIENT = "recipient", _("the adult or institution helped")
        COMMUNITY = "community", _("staff of the community")
        SCHOOL = "school", _("staff of the pupil's school")
        COLLEAGUE = "colleague", _("colleague who passed it on")
        BANK = "bank", _("nobody: transfer slip")

    LEFT_OPEN = frozenset({"signed_as", "signed_by"})

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
    amount = MoneyField(_("amount in yuan"))
    granted_on = models.DateField(_("handed over on"))
    stage = models.CharField(_("school stage"), max_length=12, choices=Recipient.Stage, blank=True)
    community = models.CharField(_("community"), max_length=40, blank=True)
    handed_over = models.CharField(_("how"), max_length=10, choices=HandedOver, blank=True)
    signed_as = models.CharField(_("signed by"), max_length=10, choices=SignedAs, blank=True)
    signed_by = models.ForeignKey(
        Member,
        verbose_name=_("the colleague"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    dating = (Inside("granted_on", leaves=LEFT_OPEN),)

    objects = scoped(GrantQuerySet)

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        ordering = ["granted_on", "recipient__code", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="grant_is_positive",
                violation_error_message=_("Enter an amount above 0."),
            ),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True) | Q(signed_as="colleague"),
                name="colleague_signed_as_one",
                violation_error_message=_("Choose “colleague who passed it on”, or no colleague."),
            ),
        ]

    def __str__(self):
        return f"{self.recipient} {self.amount}"

    @property
    def is_reversed(self) -> bool:
        """Whether a reversal took it out of the account."""
        return hasattr(self, "reversal")

    def place(self) -> Place:
        """Its round."""
        return Place(self.aid_round_id, "last_grant", self.pk)

    def clean(self):
        super().clean()
        if self.gift_id and self.aid_round_id and self.gift.aid_round_id != self.aid_round_id:
            raise ValidationError({"gift": _("That gift belongs to another round of aid.")})
        if self.gift_id and not self.gift.is_money:
            raise ValidationError({"gift": _("A grant of money comes out of a gift of money.")})
        if self.signed_as == self.SignedAs.RECIPIENT and self._is_to_a_student:
            raise ValidationError({"signed_as": _("A guardian signs for a student.")})

    def save(self, *args, **kwargs):
        """As every row; a new grant keeps the recipient's stage and community of its day."""
        if self._state.adding:
            self.stage = self.stage or self.recipient.stage
            self.community = self.community or self.recipient.community
        super().save(*args, **kwargs)

    @property
    def _is_to_a_student(self) -> bool:
        recipient = getattr(self, "recipient", None)
        return recipient is not None and recipient.category == Recipient.Category.STUDENT


class Reversal(LedgerEntry):
    """Takes one entry of the ledger out of the account, with a reason. It is linked with the entry,
    belongs to its day, and is written once; the entry stays for all to see."""

    gift = models.OneToOneField(
        Gift,
        verbose_name=_("gift"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reversal",
    )
    grant = models.OneToOneField(
        Grant,
        verbose_name=_("grant"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reversal",
    )
    reason = models.CharField(_("reason"), max_length=200, help_text=_("No names of people."))
    by = models.ForeignKey(
        "units.User", verbose_name=_("by"), on_delete=models.PROTECT, related_name="+"
    )
    reversed_on = models.DateField(_("reversed on"))

    dating = (With("gift"), With("grant"))

    objects = scoped()

    class Meta:
        verbose_name = _("reversal")
        verbose_name_plural = _("reversals")
        ordering = ["reversed_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(gift__isnull=False, grant__isnull=True)
                | Q(gift__isnull=True, grant__isnull=False),
                name="reversal_of_one_entry",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="reversal_has_a_reason"),
        ]

    def __str__(self):
        return f"{self.entry}: {self.reason}"

    @classmethod
    def judge(cls, changes):
        """As every entry; besides, a reversal that stands is never changed."""
        permits = super().judge(changes)
        if any(change.before is not None for change in changes):
            raise Booked(_("A reversal stays. Enter the right entry anew instead."))
        return permits

    @property
    def entry(self) -> Gift | Grant:
        """What it reverses."""
        return self.gift if self.gift_id else self.grant

    def place(self) -> Place:
        """The round of its entry, which may have been in a closed account."""
        return Place(self.entry.aid_round_id)

    def clean(self):
        super().clean()
        if self.gift_id and self.gift.grants.standing().exists():
            raise ValidationError(
                _("Money out of this gift was handed out: reverse those grants first.")
            )
