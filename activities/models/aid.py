"""A round of aid, the steps of closing it, and what was promised over years.

The benchmark is 慈善法 (2023) and 公益事业捐赠法; both speak to charities, and a Party branch that
passes on its members' money is measured by them. Recipients are children: they have a code and
never a name here (PIPL 28, 31; 慈善法 82).
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.models.activity import Activity
from units.dates import Period
from units.dating import Inside
from units.permanent import PermanentQuerySet, PermanentRow
from units.scoping import UnitRow, scoped


class AidRoundQuerySet(models.QuerySet):
    """Rounds of a year, and how they stand."""

    def during(self, period: Period):
        """Rounds opened within ``period``."""
        return self.filter(opened_on__range=(period.first, period.last))

    def with_state(self):
        """Rounds with ``last_step``: ``close``, ``reopen``, or None while never closed."""
        steps = RoundStep.objects.filter(aid_round=OuterRef("pk")).order_by("-number")
        return self.annotate(last_step=Subquery(steps.values("kind")[:1]))


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

    @property
    def is_closed(self) -> bool:
        """Whether its account is closed now."""
        step = self.steps.order_by("number").last()
        return step is not None and step.kind == RoundStep.Kind.CLOSE


def _sum(label) -> models.DecimalField:
    """A sum of amounts: 0 is one too."""
    return models.DecimalField(label, max_digits=14, decimal_places=2, null=True, blank=True)


class RoundStep(PermanentRow):
    """A round's account closed or opened again: by whom, when, why, and with which sums.

    Made by :mod:`activities.aid_deeds` alone. The database checks the sums of a closing against the
    entries, and from then on keeps those entries as they are (:mod:`activities.booked`):
    ``last_gift`` and ``last_grant`` are the highest keys among them.
    """

    class Kind(models.TextChoices):
        """What is done with the account."""

        CLOSE = "close", _("close the account")
        REOPEN = "reopen", _("open the account again")

    class Rest(models.TextChoices):
        """Where money that was not handed out has gone."""

        NEXT_ROUND = "next_round", _("carried over to another round")
        FINANCE = "finance", _("kept by the school's finance office")
        RETURNED = "returned", _("returned to the givers")
        CHARITY = "charity", _("passed on to a charity")
        COMMUNITY = "community", _("passed on to the community")

    aid_round = models.ForeignKey(
        AidRound, verbose_name=_("round of aid"), on_delete=models.PROTECT, related_name="steps"
    )
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    kind = models.CharField(_("what was done"), max_length=10, choices=Kind)
    by = models.ForeignKey(
        "units.User", verbose_name=_("by"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("time"))
    reason = models.CharField(_("reason"), max_length=200, help_text=_("No names of people."))
    received = _sum(_("sum received"))
    carried_in = _sum(_("carried over"))
    handed_out = _sum(_("handed out"))
    balance = _sum(pgettext_lazy("money", "balance"))
    rest = models.CharField(_("the balance was"), max_length=12, choices=Rest, blank=True)
    carried_to = models.ForeignKey(
        AidRound,
        verbose_name=_("carried over to"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="carried_from",
    )
    last_gift = models.PositiveBigIntegerField(default=0, editable=False)
    last_grant = models.PositiveBigIntegerField(default=0, editable=False)

    objects = scoped(PermanentQuerySet)

    class Meta(PermanentRow.Meta):
        verbose_name = _("step of a round's account")
        verbose_name_plural = _("steps of rounds' accounts")
        ordering = ["aid_round", "number"]
        constraints = [
            # Of two who do something at the same instant, one comes second and is told.
            models.UniqueConstraint(fields=["aid_round", "number"], name="round_step_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="round_step_has_a_reason"),
            models.CheckConstraint(
                condition=Q(
                    kind="reopen",
                    received__isnull=True,
                    carried_in__isnull=True,
                    handed_out__isnull=True,
                    balance__isnull=True,
                    rest="",
                )
                | Q(
                    kind="close",
                    received__isnull=False,
                    carried_in__isnull=False,
                    handed_out__isnull=False,
                    balance__isnull=False,
                    balance__gte=0,
                ),
                name="closing_states_its_sums",
            ),
            models.CheckConstraint(
                condition=Q(balance__isnull=True)
                | Q(balance=0, rest="")
                | (Q(balance__gt=0) & ~Q(rest="")),
                name="balance_says_where_it_went",
                violation_error_message=_("Say where the balance has gone."),
            ),
            models.CheckConstraint(
                condition=Q(rest="next_round", carried_to__isnull=False)
                | (~Q(rest="next_round") & Q(carried_to__isnull=True)),
                name="balance_carried_to_a_round",
                violation_error_message=_("Choose the round to which the balance is carried."),
            ),
        ]

    def __str__(self):
        return f"{self.aid_round}: {self.get_kind_display()}"
