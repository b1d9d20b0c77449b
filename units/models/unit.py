"""The tree of units and what is fixed once a year for each."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from units.dates import Period, next_day, year_before
from units.dating import Dating, InYear
from units.recording import Recorded
from units.scoping import UnitRow, scoped

# First parts of addresses that are no unit's (config/urls.py).
RESERVED_CODES = frozenset(
    {
        *("account", "admin", "language", "log", "people", "sign-in", "sign-out", "static"),
        "units",
    }
)


class Unit(Recorded):
    """A school, or the district office above it. The tree has two or three levels."""

    class Kind(models.TextChoices):
        """What stands at this place of the tree."""

        DISTRICT = "district", _("district office")
        SCHOOL = "school", _("school")

    parent = models.ForeignKey(
        "self",
        verbose_name=_("superior unit"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.SCHOOL)
    code = models.SlugField(
        _("code"),
        max_length=40,
        unique=True,
        validators=[
            RegexValidator(r"^[a-z0-9-]+$", _("Use small letters, digits and hyphens only."))
        ],
    )
    name = models.CharField(_("full name"), max_length=100)
    short_name = models.CharField(
        _("name within the text"), max_length=40, help_text=_("For example 学院 or 学校.")
    )
    signatory = models.CharField(
        _("signs reports as"),
        max_length=100,
        blank=True,
        help_text=_("Printed above the date, for example the general branch's full name."),
    )
    path = models.CharField(max_length=255, editable=False, unique=True)

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["path"]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        if self.code in RESERVED_CODES:
            raise ValidationError({"code": _("This word is taken: choose another code.")})
        if self.pk and self.parent_id and self.parent.path.startswith(self.path):
            raise ValidationError({"parent": _("A unit cannot stand below itself.")})

    def save(self, *args, **kwargs):
        """Keep ``path`` (codes from the root, each closed by a slash) true, also further down."""
        before = self.path
        self.path = f"{self.parent.path if self.parent_id else ''}{self.code}/"
        super().save(*args, **kwargs)
        if before and before != self.path:
            for child in self.children.all():
                child.save()

    def subtree(self) -> models.QuerySet["Unit"]:
        """This unit and every unit below it, parents first."""
        return Unit.objects.filter(path__startswith=self.path).order_by("path")

    def reporting_year(self, year: int) -> "ReportingYear":
        """The year as this unit counts it; see :class:`ReportingYear`."""
        rows = {
            row.year: row for row in UnitYear.objects.filter(unit=self, year__in=[year - 1, year])
        }
        row, previous = rows.get(year), rows.get(year - 1)
        last = row.closes_on if row else date(year, 12, 31)
        first = next_day(previous.closes_on if previous else year_before(last))
        return ReportingYear(unit=self, year=year, period=Period(first, last), facts=row)


class _BeginsNextYear(Dating):
    """A year's closing day says on which day the next one begins, unless that is the usual day."""

    def part(self, row, year):
        """The closing day, where without it the next year would begin on another day."""
        closes_on = row._meta.get_field("closes_on").to_python(row.closes_on)
        if row.year is None or int(row.year) + 1 != year.number or closes_on is None:
            return None
        is_usual = closes_on == year_before(year.period.last)
        return None if is_usual else (closes_on,)


class UnitYear(UnitRow):
    """What a unit states once a year: its head counts, its motto, the day the year closes."""

    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(1949)])
    closes_on = models.DateField(
        _("closing day"), help_text=_("The last day of the year, usually 31 December.")
    )
    staff_total = models.PositiveIntegerField(_("staff in all"), null=True, blank=True)
    full_time_teachers = models.PositiveIntegerField(_("full-time teachers"), null=True, blank=True)
    counted_on = models.DateField(_("head counts as of"), null=True, blank=True)
    motto = models.CharField(_("motto of the year"), max_length=100, blank=True)

    dating = (InYear("year"), _BeginsNextYear())

    objects = scoped()

    class Meta:
        verbose_name = _("unit's year")
        verbose_name_plural = _("unit's years")
        ordering = ["unit", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year"],
                name="one_row_per_unit_and_year",
                violation_error_message=_("This unit already has a row for that year: change it."),
            ),
            models.CheckConstraint(
                condition=Q(full_time_teachers__isnull=True)
                | Q(staff_total__isnull=True)
                | Q(full_time_teachers__lte=F("staff_total")),
                name="teachers_are_part_of_staff",
                violation_error_message=_("There cannot be more teachers than staff in all."),
            ),
        ]

    def __str__(self):
        return f"{self.unit} {self.year}"

    def clean(self):
        super().clean()
        if self.closes_on and self.year and self.closes_on.year != self.year:
            raise ValidationError({"closes_on": _("The closing day must lie in the year itself.")})


@dataclass(frozen=True)
class ReportingYear:
    """One unit's year: its days, and what the unit stated for it.

    The period ends on the closing day and begins the day after the year before closed, or one year
    before its own end where nothing is stored for the year before. ``facts`` is None while nobody
    has entered the year's head counts.
    """

    unit: Unit
    year: int
    period: Period
    facts: UnitYear | None

    @property
    def first(self) -> date:
        """The first day of the year."""
        return self.period.first

    @property
    def last(self) -> date:
        """The closing day: the day on which members, titles and posts are counted."""
        return self.period.last


class Department(UnitRow):
    """A department of a unit, as people are assigned to it."""

    name = models.CharField(_("name"), max_length=60)

    dating = ()

    objects = scoped()

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ["unit", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"],
                name="department_once_per_unit",
                violation_error_message=_("This unit already has a department of that name."),
            )
        ]

    def __str__(self):
        return self.name
