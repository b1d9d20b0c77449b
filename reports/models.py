"""A unit's outlines, and its yearly report as sections of plain text with tokens."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from units.scoping import UnitRow, scoped

TEXT_LIMIT = 20_000
TOKENS_HELP = _("May hold figures as {key} or {key|wording}.")


class _Text(UnitRow):
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


class _Whole(UnitRow):
    """What an outline and a report have in common: the words above the sections."""

    name = models.CharField(_("name of the document"), max_length=200, help_text=TOKENS_HELP)
    title = models.CharField(_("title"), max_length=200, help_text=TOKENS_HELP)
    subtitle = models.CharField(_("subtitle"), max_length=200, blank=True, help_text=TOKENS_HELP)

    class Meta:
        abstract = True


class Outline(_Whole):
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


class OutlineSection(_Text):
    """A section of an outline, with the text a new report begins with."""

    outline = models.ForeignKey(
        Outline, verbose_name=_("outline"), on_delete=models.CASCADE, related_name="sections"
    )

    dating = ()

    objects = scoped()

    class Meta(_Text.Meta):
        verbose_name = _("section of an outline")
        verbose_name_plural = _("sections of an outline")


class Report(_Whole):
    """The yearly summary of one unit."""

    year = models.PositiveSmallIntegerField(_("year"))
    signatory = models.CharField(
        _("signatory"), max_length=100, blank=True, help_text=_("Printed above the date.")
    )
    signed_on = models.DateField(_("date of the document"), null=True, blank=True)

    dating = ()

    objects = scoped()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year"],
                name="one_report_per_unit_and_year",
                violation_error_message=_("This unit already has a report for that year."),
            )
        ]

    def __str__(self):
        return f"{self.unit} {self.year}"


class Section(_Text):
    """A section of a report."""

    report = models.ForeignKey(
        Report, verbose_name=_("report"), on_delete=models.CASCADE, related_name="sections"
    )

    dating = ()

    objects = scoped()

    class Meta(_Text.Meta):
        verbose_name = _("section")
        verbose_name_plural = _("sections")
