"""What outlines and reports have in common: sections of plain text with tokens."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from units.scoping import UnitRow

TEXT_LIMIT = 20_000
TOKENS_HELP = _("May hold figures as {key} or {key|wording}.")


class Text(UnitRow):
    """One section: a heading of level 1–4 and plain paragraphs, a line each."""

    position = models.PositiveSmallIntegerField(_("order"))
    level = models.PositiveSmallIntegerField(
        _("level"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(4)],
        help_text=_("1 to 4, printed as 一、 （一） 1. （1）"),
    )
    heading = models.CharField(
        _("heading"), max_length=120, blank=True, help_text=_("Without its number.")
    )
    body = models.TextField(
        _("text"), max_length=TEXT_LIMIT, blank=True, help_text=_("One paragraph a line.")
    )

    class Meta:
        abstract = True
        ordering = ["position"]

    def __str__(self):
        return self.heading or str(self.position)


class Whole(UnitRow):
    """What an outline and a report have in common: the words above the sections."""

    name = models.CharField(_("name of the document"), max_length=200, help_text=TOKENS_HELP)
    title = models.CharField(_("title"), max_length=200, help_text=TOKENS_HELP)
    subtitle = models.CharField(_("subtitle"), max_length=200, blank=True, help_text=TOKENS_HELP)

    class Meta:
        abstract = True
