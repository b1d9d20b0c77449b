"""Consultations: activities at which something was reported or heard."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from activities.models import Activity
from activities.models.activity import ActivityQuerySet
from units.dating import With
from units.models import Department
from units.scoping import UnitRow, recorded, scoped

KINDS = (
    Activity.Kind.SYMPOSIUM,
    Activity.Kind.BRIEFING,
    Activity.Kind.HEARING,
    Activity.Kind.POLL,
    Activity.Kind.WRITTEN_REQUEST,
    Activity.Kind.BIMONTHLY,
)
COUNTED = (Activity.Kind.HEARING, Activity.Kind.POLL)
"""Kinds that are about how many took part, and rarely about what was said."""
TOTALS_ONLY = (Activity.Kind.POLL,)
"""Kinds of which nobody's name is kept."""


class ConsultationQuerySet(ActivityQuerySet):
    """Activities of the kinds that are consultations."""

    def consultations_only(self):
        """Leave out what is no consultation; the manager applies it to every query."""
        return self.filter(kind__in=KINDS)


class _ConsultationManager(models.Manager.from_queryset(recorded(ConsultationQuerySet))):
    def get_queryset(self):
        return super().get_queryset().consultations_only()


class Consultation(Activity):
    """A symposium, briefing, hearing, poll, request or talk: the same row as its activity.

    A hearing's or poll's ``title`` names what was decided (中层干部选拔). A poll keeps totals only.
    """

    objects = scoped(manager_class=_ConsultationManager)

    class Meta:
        proxy = True
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")


class AgendaItem(UnitRow):
    """One point of a consultation: reported to the members (知情), or heard from them."""

    class Kind(models.TextChoices):
        """Which way the words went."""

        REPORTED = "reported", _("reported to members")
        HEARD = "heard", _("opinions asked for")

    consultation = models.ForeignKey(
        Consultation,
        verbose_name=_("consultation"),
        on_delete=models.PROTECT,
        related_name="agenda_items",
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    subject = models.CharField(_("subject"), max_length=80)
    department = models.ForeignKey(
        Department,
        verbose_name=_("department that answers"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    dating = (With("consultation"),)

    objects = scoped()

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["consultation__started_on", "position", "pk"]

    def __str__(self):
        return self.subject


class Tally(UnitRow):
    """How many took part and how they voted, where only totals are kept.

    For a hearing or a poll: ``party_members`` is the number of seats that members of the democratic
    parties had in it (中层干部选拔, 师德标兵, 双评). No name belongs to a vote.
    """

    consultation = models.OneToOneField(
        Consultation,
        verbose_name=_("consultation"),
        on_delete=models.PROTECT,
        related_name="tally",
    )
    took_part = models.PositiveSmallIntegerField(_("took part"), null=True, blank=True)
    party_members = models.PositiveSmallIntegerField(
        _("of them members of democratic parties"), null=True, blank=True
    )
    in_favour = models.PositiveSmallIntegerField(_("in favour"), null=True, blank=True)
    against = models.PositiveSmallIntegerField(_("against"), null=True, blank=True)
    abstained = models.PositiveSmallIntegerField(_("abstained"), null=True, blank=True)

    dating = (With("consultation"),)

    objects = scoped()

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")
        constraints = [
            models.CheckConstraint(
                condition=Q(took_part__isnull=True)
                | Q(party_members__isnull=True)
                | Q(party_members__lte=F("took_part")),
                name="tally_part_of_whole",
                violation_error_message=_("There cannot be more party members than people."),
            )
        ]

    def __str__(self):
        return str(self.consultation)

    def clean(self):
        super().clean()
        votes = [self.in_favour, self.against, self.abstained]
        cast = sum(vote for vote in votes if vote is not None)
        if self.took_part is not None and cast > self.took_part:
            raise ValidationError(_("There are more votes than people who took part."))
