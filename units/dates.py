"""Dates as an office writes them: a day, a month or only a year, and what held on a day.

Every interval in this project is half open: the start counts, ``ended_on`` is the first day that no
longer counts. The rule stands here once, in :class:`DatedQuerySet`.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from units.overlaps import overlap_in


class Precision(models.TextChoices):
    """How much of a date was known when it was written down."""

    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", pgettext_lazy("precision", "year")


@dataclass(frozen=True)
class Period:
    """The days from ``first`` to ``last``, both included: what a report covers."""

    first: date
    last: date

    def __post_init__(self):
        if self.last < self.first:
            raise ValueError(f"a period cannot end ({self.last}) before it begins ({self.first})")

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def eve(self) -> date:
        """The day before the period begins."""
        return self.first - timedelta(days=1)


def first_day_of(day: date, precision: str) -> date:
    """``day`` moved to the first day its precision leaves open (2016-05-19, month: 2016-05-01)."""
    if precision == Precision.YEAR:
        return day.replace(month=1, day=1)
    if precision == Precision.MONTH:
        return day.replace(day=1)
    return day


def last_day_of(day: date, precision: str) -> date:
    """The last day that a date of this precision can mean (2016-05-01, month: 2016-05-31)."""
    if precision == Precision.YEAR:
        return day.replace(month=12, day=31)
    if precision == Precision.MONTH:
        return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return day


class DatedQuerySet(models.QuerySet):
    """Rows that hold from ``started_on`` until the day before ``ended_on``."""

    def on(self, day: date):
        """The rows that hold on ``day``; a start that nobody knows lies before every day."""
        return self.filter(
            Q(started_on__isnull=True) | Q(started_on__lte=day),
            Q(ended_on__isnull=True) | Q(ended_on__gt=day),
        )

    def during(self, period: Period):
        """The rows that hold on at least one day of ``period``."""
        return self.filter(
            Q(started_on__isnull=True) | Q(started_on__lte=period.last),
            Q(ended_on__isnull=True) | Q(ended_on__gt=period.first),
        )


@dataclass(frozen=True)
class NoOverlap:
    """That two rows alike in the columns ``same`` share no day, and what is said if they would.

    The database keeps to it too: see ``units.overlaps``, which a migration calls.
    """

    same: tuple[str, ...]
    message: str


class DatedRow(models.Model):
    """Something that was true for a time. History is added as rows, never overwritten."""

    NO_OVERLAP: NoOverlap | None = None

    started_on = models.DateField(
        _("from"), null=True, blank=True, help_text=_("Leave empty if nobody knows.")
    )
    started_precision = models.CharField(
        _("precision"), max_length=5, choices=Precision, default=Precision.DAY
    )
    ended_on = models.DateField(
        _("until"),
        null=True,
        blank=True,
        help_text=_("The first day that no longer counts; empty while it lasts."),
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(started_on__isnull=True)
                | Q(ended_on__isnull=True)
                | Q(ended_on__gt=F("started_on")),
                name="%(app_label)s_%(class)s_ends_after_start",
                violation_error_message=_(
                    "The end must be later than the start: enter the first day that no longer "
                    "counts."
                ),
            )
        ]

    def clean(self):
        """Store a month or a year as its first day, so that comparisons need no precision."""
        super().clean()
        if self.started_on:
            self.started_on = first_day_of(self.started_on, self.started_precision)
        if self.NO_OVERLAP:
            self._refuse_overlap(self.NO_OVERLAP)

    def save(self, *args, **kwargs):
        """As ever; ValidationError where the database finds an overlap that ``clean`` could not."""
        try:
            super().save(*args, **kwargs)
        except IntegrityError as error:
            raise (self.NO_OVERLAP and overlap_in(error, type(self))) or error from error

    def overlaps(self, other: "DatedRow") -> bool:
        """Whether some day belongs to both rows."""
        starts_before_end = self.started_on is None or (
            other.ended_on is None or self.started_on < other.ended_on
        )
        ends_after_start = self.ended_on is None or (
            other.started_on is None or self.ended_on > other.started_on
        )
        return starts_before_end and ends_after_start

    def _refuse_overlap(self, rule: NoOverlap):
        alike = {column: getattr(self, column) for column in rule.same}
        if None in alike.values():
            return
        for other in type(self)._default_manager.filter(**alike).exclude(pk=self.pk):
            if self.overlaps(other):
                raise ValidationError(rule.message, code="overlap")


def year_before(day: date) -> date:
    """The same day one year earlier; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def next_day(day: date) -> date:
    """The day after ``day``."""
    return day + timedelta(days=1)
