"""How much a unit means to do in a year: 座谈会 two, 主题研修 twenty."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from units.dating import InYear
from units.scoping import UnitRow, scoped


class Target(UnitRow):
    """So many of one kind in one year. No row: nothing is due, and nothing is said about it."""

    class Deed(models.TextChoices):
        """What can be due. Values are those of ``Activity.Kind``, and rounds of aid."""

        SYMPOSIUM = "symposium", _("symposia")
        BRIEFING = "briefing", _("briefings")
        STUDY = "study", _("study sessions")
        VISIT = "visit", _("visits to places")
        TALK = "talk", _("talks")
        CALL = "call", _("calls on people")
        TRAINING = "training", _("trainings")
        AID_ROUND = "aid_round", _("rounds of aid")

    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(1949)])
    deed = models.CharField(_("what"), max_length=15, choices=Deed)
    due = models.PositiveSmallIntegerField(_("how many"), validators=[MinValueValidator(1)])

    dating = (InYear("year"),)

    objects = scoped()

    class Meta:
        verbose_name = _("aim of a year")
        verbose_name_plural = _("aims of a year")
        ordering = ["year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "deed"],
                name="target_once_per_year",
                violation_error_message=_("There is an aim of that kind for the year: change it."),
            )
        ]

    def __str__(self):
        return f"{self.year} {self.get_deed_display()} {self.due}"
