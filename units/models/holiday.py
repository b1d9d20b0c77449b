"""Days on which offices do not work although the week says so, and the other way round."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from units.recording import Recorded


class Holiday(Recorded):
    """One day of the State Council's yearly notice (国务院办公厅关于节假日安排的通知).

    The same for every unit. ``works`` marks a Saturday or Sunday that is worked to make up for it.
    """

    day = models.DateField(_("day"), unique=True)
    name = models.CharField(_("name"), max_length=20)
    works = models.BooleanField(_("worked to make up"), default=False)

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ["day"]

    def __str__(self):
        return f"{self.day} {self.name}"
