"""A unit's own patterns for its reports."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models.text import Text, Whole
from units.scoping import scoped


class Outline(Whole):
    """A unit's own pattern for its reports, taken from a shipped one and free to change."""

    label = models.CharField(_("outline"), max_length=60)

    dating = ()

    objects = scoped()

    class Meta:
        verbose_name = _("outline")
        verbose_name_plural = _("outlines")
        ordering = ["label"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "label"],
                name="outline_once_per_unit",
                violation_error_message=_("This unit already has an outline of that name."),
            )
        ]

    def __str__(self):
        return self.label


class OutlineSection(Text):
    """A section of an outline, with the text a new report begins with."""

    outline = models.ForeignKey(
        Outline, verbose_name=_("outline"), on_delete=models.CASCADE, related_name="sections"
    )

    dating = ()

    objects = scoped()

    class Meta(Text.Meta):
        verbose_name = _("section of an outline")
        verbose_name_plural = _("sections of an outline")
