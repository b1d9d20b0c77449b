"""Which day's reminders were mailed: numbers alone, nobody's name and no word of a suggestion."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from units.scoping import UnitRow, scoped


class ReminderQuerySet(models.QuerySet):
    """Mails of reminders."""

    def unsent(self):
        """Those that were begun and did not go out."""
        return self.filter(sent_at__isnull=True)


class Reminder(UnitRow):
    """The mail of one unit for one day. Begun and not sent, it is tried again at the next run."""

    day = models.DateField(_("day"))
    items = models.PositiveIntegerField(_("things to do"), validators=[MinValueValidator(1)])
    begun_at = models.DateTimeField(_("begun at"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    dating = ()

    objects = scoped(ReminderQuerySet)

    class Meta:
        verbose_name = _("mail of reminders")
        verbose_name_plural = _("mails of reminders")
        ordering = ["unit", "day"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "day"], name="reminders_once_a_day"),
            models.CheckConstraint(condition=Q(items__gt=0), name="reminders_of_something"),
        ]

    def __str__(self):
        return f"{self.unit} {self.day}"
