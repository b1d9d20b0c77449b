"""Consultations: activities at which something was reported or heard."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.models import Activity
from activities.models.activity import ActivityQuerySet
from units.dating import With
from units.scoping import UnitRow, recorded, scoped

KINDS = (
    Activity.Kind.SYMPOSIUM,
    Activity.Kind.BRIEFING,
    Activity.Kind.HEARING,
    Activity.Kind.POLL,
    Activity.Kind.WRITTEN_REQUEST,
)


class ConsultationQuerySet(ActivityQuerySet):
    """Activities of the kinds that are consultations."""

    def consultations_only(self):
        """Leave out what is no consultation; the manager applies it to every query."""
        return self.filter(kind__in=KINDS)


class _ConsultationManager(models.Manager.from_queryset(recorded(ConsultationQuerySet))):
    def get_queryset(self):
        return super().get_queryset().consultations_only()


class Consultation(Activity):
    """A symposium, briefing, hearing, poll or written request: the same row as its activity.

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

    dating = (With("consultation"),)

    objects = scoped()

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["consultation__started_on", "position", "pk"]

    def __str__(self):
        return self.subject
