"""Who took part: colleagues by name, guests by capacity and number."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.models.activity import Activity
from members.models import Member
from units.dating import With
from units.scoping import UnitRow, scoped


class Participation(UnitRow):
    """A colleague at an activity, or excused from it. Nobody is ranked or scored by it."""

    class Status(models.TextChoices):
        """Whether the person came."""

        PRESENT = "present", _("present")
        EXCUSED = "excused", _("excused")

    class Reason(models.TextChoices):
        """Why somebody was excused; coarse on purpose, so that nobody's health is recorded."""

        DUTY = "duty", _("on duty elsewhere")
        TEACHING = "teaching", _("teaching")
        LEAVE = "leave", _("on leave")
        OTHER = "other", pgettext_lazy("reason", "other")

    activity = models.ForeignKey(
        Activity,
        verbose_name=_("activity"),
        on_delete=models.PROTECT,
        related_name="participations",
    )
    member = models.ForeignKey(
        Member, verbose_name=_("person"), on_delete=models.PROTECT, related_name="participations"
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PRESENT)

    reason = models.CharField(_("reason"), max_length=10, choices=Reason, blank=True)

    dating = (With("activity"),)

    objects = scoped()

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ["activity", "member__sort_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "member"],
                name="participation_once",
                violation_error_message=_("This person is on the list already."),
            ),
            models.CheckConstraint(
                condition=Q(status="excused") | Q(reason=""),
                name="participation_reason_of_the_excused",
                violation_error_message=_("Only somebody excused has a reason."),
            ),
        ]

    def __str__(self):
        return str(self.member)


class GuestGroup(UnitRow):
    """Guests by what they came as (辖区警官, 受助学生), with their number if it is known."""

    activity = models.ForeignKey(
        Activity, verbose_name=_("activity"), on_delete=models.PROTECT, related_name="guest_groups"
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    capacity = models.CharField(
        _("capacity"), max_length=40, help_text=_("What they came as; no names.")
    )
    number = models.PositiveSmallIntegerField(
        pgettext_lazy("people", "number"), null=True, blank=True
    )

    dating = (With("activity"),)

    objects = scoped()

    class Meta:
        verbose_name = _("group of guests")
        verbose_name_plural = _("groups of guests")
        ordering = ["activity", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "capacity"],
                name="guest_capacity_once",
                violation_error_message=_("These guests are on the list already."),
            )
        ]

    def __str__(self):
        return self.capacity
