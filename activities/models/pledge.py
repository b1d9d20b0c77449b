"""Who can give, and what was promised for years to come."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from members.models import Member, Organisation, Party
from units.money import MoneyField
from units.scoping import UnitRow, scoped


def giver_field(model: type[models.Model], label) -> models.ForeignKey:
    """A reference to somebody who may have given, or not."""
    return models.ForeignKey(
        model,
        verbose_name=label,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )


def one_of_three(name: str) -> models.CheckConstraint:
    """A giver is a person, an organisation or a party's members: exactly one of them."""
    nobody = {"member__isnull": True, "organisation__isnull": True, "party__isnull": True}
    return models.CheckConstraint(
        condition=Q(**{**nobody, "member__isnull": False})
        | Q(**{**nobody, "organisation__isnull": False})
        | Q(**{**nobody, "party__isnull": False}),
        name=name,
        violation_error_message=_("Choose a person, an organisation or a party: one."),
    )


class Pledge(UnitRow):
    """A sum promised for every year of several. Its instalments are gifts; what has come so far is
    their sum and nothing else."""

    member = giver_field(Member, _("person"))
    organisation = giver_field(Organisation, _("organisation"))
    party = giver_field(Party, _("members of the party"))
    promised_on = models.DateField(_("promised on"))
    amount_a_year = MoneyField(_("amount a year, in yuan"))
    first_year = models.PositiveSmallIntegerField(_("first year"))
    last_year = models.PositiveSmallIntegerField(_("last year"))

    # A promise is in no sum of any year.
    dating = ()

    objects = scoped()

    class Meta:
        verbose_name = _("pledge")
        verbose_name_plural = _("pledges")
        ordering = ["promised_on", "pk"]
        constraints = [
            one_of_three("pledge_by_one_of_three"),
            models.CheckConstraint(condition=Q(amount_a_year__gt=0), name="pledge_is_positive"),
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")),
                name="pledge_ends_after_it_begins",
                violation_error_message=_("The last year comes before the first."),
            ),
        ]

    def __str__(self):
        return f"{self.giver} {self.first_year}–{self.last_year}"

    @property
    def giver(self) -> str:
        """Who promised."""
        return str(self.member or self.organisation or self.party)

    @property
    def promised(self) -> Decimal:
        """All that was promised, in yuan."""
        return self.amount_a_year * (self.last_year - self.first_year + 1)

    @property
    def received(self) -> Decimal:
        """What has come so far, in yuan: the instalments that stand."""
        came = self.came if hasattr(self, "came") else self.instalments.standing()
        return sum((gift.amount for gift in came), Decimal(0))
