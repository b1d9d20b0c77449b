"""What members propose outside the unit, and who took it up."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.models import Member, Organisation
from units.dates import Period
from units.dating import Inside
from units.scoping import UnitRow, scoped


class ProposalQuerySet(models.QuerySet):
    """Proposals of a year."""

    def during(self, period: Period):
        """Proposals handed in within ``period``."""
        return self.filter(submitted_on__range=(period.first, period.last))


class Proposal(UnitRow):
    """A proposal to a consultative conference, a motion, a report of public opinion, a study."""

    class Kind(models.TextChoices):
        """What it is."""

        PROPOSAL = "proposal", _("proposal (提案)")
        MOTION = "motion", _("motion (议案)")
        OPINION = "opinion", _("report of public opinion (社情民意)")
        STUDY = "study", _("study report (调研报告)")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    title = models.CharField(_("title"), max_length=120)
    proposers = models.ManyToManyField(
        Member, verbose_name=_("proposers"), blank=True, related_name="proposals"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    channel = models.CharField(
        _("channel"), max_length=60, blank=True, help_text=_("For example 区政协 or 民盟区委.")
    )
    submitted_on = models.DateField(_("handed in"))

    dating = (Inside("submitted_on"),)

    objects = scoped(ProposalQuerySet)

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["submitted_on", "pk"]

    def __str__(self):
        return self.title

    @property
    def made_by(self) -> str:
        """Who proposes it: persons, an organisation, or both; "" where nobody is entered."""
        names = [str(each) for each in self.proposers.all()]
        return "、".join([*filter(None, [str(self.organisation or "")]), *names])


class Adoption(UnitRow):
    """One body that took a proposal up. One proposal can be adopted at several levels."""

    class Level(models.TextChoices):
        """The level of the body, highest first."""

        NATIONAL = "national", _("national")
        PROVINCIAL = "provincial", _("province or city")
        DISTRICT = "district", _("district or county")

    proposal = models.ForeignKey(
        Proposal, verbose_name=_("proposal"), on_delete=models.PROTECT, related_name="adoptions"
    )
    body = models.CharField(_("adopted by"), max_length=60)
    level = models.CharField(_("level"), max_length=10, choices=Level)
    adopted_on = models.DateField(_("adopted"))
    instruction = models.CharField(_("instruction received"), max_length=200, blank=True)

    dating = (Inside("adopted_on"),)

    objects = scoped()

    class Meta:
        verbose_name = _("adoption")
        verbose_name_plural = _("adoptions")
        ordering = ["proposal", "adopted_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "body"],
                name="adopted_once_by_a_body",
                violation_error_message=_("That body has adopted it already."),
            ),
            models.CheckConstraint(condition=~Q(body=""), name="adopted_by_somebody"),
        ]

    def __str__(self):
        return f"{self.proposal} – {self.body}"

    def clean(self):
        super().clean()
        if self.proposal_id and self.adopted_on and self.adopted_on < self.proposal.submitted_on:
            raise ValidationError({"adopted_on": _("Nothing is adopted before it was handed in.")})
