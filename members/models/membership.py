"""Belonging to a democratic party."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from members.models.counting import employed_in
from members.models.organisation import Organisation
from members.models.party import Party
from units.dates import DatedQuerySet, DatedRow, NoOverlap
from units.dating import Holds
from units.scoping import UnitRow, scoped


class MembershipQuerySet(DatedQuerySet):
    """Memberships, with the day of joining the party."""

    def with_joining(self, day: date):
        """With ``joined_on`` and ``joined_precision``: when the party was joined for the last time.

        Somebody who goes on in another organisation on the very day on which the row before ends
        has not joined anew. Nobody knows the day (None) where nobody knows since when the first of
        these rows holds.
        """
        same = {"member": OuterRef("member"), "party": OuterRef("party")}
        before = self.model.objects.filter(**same, ended_on=OuterRef("started_on"))
        joinings = self.model.objects.filter(**same, started_on__lte=day).exclude(Exists(before))
        latest = joinings.order_by("-started_on")
        return self.annotate(
            joined_on=Subquery(latest.values("started_on")[:1]),
            joined_precision=Subquery(latest.values("started_precision")[:1]),
        )


class Membership(UnitRow, DatedRow):
    """One person in one party, from joining to leaving. Two parties at once are two rows.

    Why somebody joined or left belongs to the party and is not recorded.
    """

    NO_OVERLAP = NoOverlap(
        same=("member_id", "party_id"),
        message=_("This person already belongs to that party during these days: end that row."),
    )

    member = models.ForeignKey(
        "members.Member",
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="memberships",
    )
    party = models.ForeignKey(
        Party, verbose_name=_("democratic party"), on_delete=models.PROTECT, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("party organisation"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
    )

    dating = (Holds(counts=employed_in),)

    objects = scoped(MembershipQuerySet)

    class Meta:
        verbose_name = _("party membership")
        verbose_name_plural = _("party memberships")
        ordering = ["party__order", "member__sort_key", "started_on"]
        constraints = DatedRow.Meta.constraints

    def __str__(self):
        return f"{self.party.short_name}{self.party.member_word}"

    def clean(self):
        super().clean()
        if self.organisation_id and self.organisation.party_id != self.party_id:
            raise ValidationError({"organisation": _("That organisation is of another party.")})
