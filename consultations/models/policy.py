"""How long a unit gives itself: school policy, not law; 政协's rules bind no symposium."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from units.scoping import UnitRow, scoped


def _days(label: str, default: int, longest: int) -> models.PositiveSmallIntegerField:
    limits = [MinValueValidator(1), MaxValueValidator(longest)]
    return models.PositiveSmallIntegerField(label, default=default, validators=limits)


class Policy(UnitRow):
    """The deadlines of one unit. A unit without a row keeps the defaults."""

    accept_within = _days(_("accept within (working days)"), 5, 60)
    reply_within = _days(_("reply within (days)"), 30, 366)
    longest = _days(_("never later than (days)"), 92, 366)
    remind_before = _days(_("remind before (working days)"), 5, 60)

    remind_to = models.EmailField(
        _("mail reminders to"),
        blank=True,
        help_text=_("A mailbox of the office. Empty: no mail is sent."),
    )

    dating = ()

    objects = scoped()

    class Meta:
        verbose_name = _("deadlines")
        verbose_name_plural = _("deadlines")
        constraints = [
            models.UniqueConstraint(
                fields=["unit"],
                name="policy_once_per_unit",
                violation_error_message=_("The unit has its deadlines already: change them."),
            ),
            models.CheckConstraint(
                condition=models.Q(longest__gte=models.F("reply_within")),
                name="policy_longest_is_longest",
                violation_error_message=_("No deadline may be longer than the longest."),
            ),
        ]

    def __str__(self):
        return str(self._meta.verbose_name)

    @classmethod
    def of(cls, unit) -> "Policy":
        """The unit's deadlines, or the defaults, unsaved."""
        return cls.objects.filter(unit=unit).first() or cls(unit=unit)
