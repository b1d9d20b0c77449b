"""What a report promised for the next year, and what became of it."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from activities.models import Activity
from consultations.models.step import Step
from consultations.models.suggestion import Suggestion
from units.dating import Inside, InYear
from units.models import ReportingYear
from units.scoping import UnitRow, scoped

ENDED = ("done", "dropped")
"""Outcomes after which nothing is carried over any more."""


class PromiseQuerySet(models.QuerySet):
    """Promises and their state in a year."""

    def due_in(self, year: ReportingYear):
        """What the report of the year before promised, and what was carried over until then.

        Carried over is what no review before the first day of ``year`` calls done or dropped.
        """
        earlier = self.filter(made_in__lt=year.year)
        before = year.first - timedelta(days=1)
        ended = earlier.with_outcome(day=before).filter(outcome__in=ENDED)
        return earlier.exclude(made_in__lt=year.year - 1, pk__in=ended.order_by().values("pk"))

    def measures(self):
        """What is to be done, without the shortcomings behind it."""
        return self.filter(kind=Promise.Kind.MEASURE)

    def with_outcome(self, *, day: date):
        """Each with ``outcome``, what the latest review by ``day`` says; None without one.

        ``outcome_on`` is the day of that review.
        """
        reviews = PromiseKept.objects.filter(promise=OuterRef("pk"), on__lte=day)
        latest = reviews.order_by("-on", "-pk")
        return self.annotate(
            outcome=Subquery(latest.values("outcome")[:1]),
            outcome_on=Subquery(latest.values("on")[:1]),
        )

    def ended(self, *outcomes: str):
        """Of :meth:`with_outcome`, those with one of ``outcomes``."""
        return self.filter(outcome__in=outcomes)

    def left(self):
        """Of :meth:`with_outcome`, those neither done nor dropped: they are carried over."""
        return self.filter(Q(outcome__isnull=True) | ~Q(outcome__in=ENDED))


class _DueYearsAfter(InYear):
    """Belongs to the years after the one in ``name``: it may be carried over again and again."""

    def part(self, row, year):
        """The held values, if the promise was made before the year."""
        number = row._meta.get_field(self.name).to_python(getattr(row, self.name))
        return self.values(row) if number is not None and number < year.number else None


class Promise(UnitRow):
    """A shortcoming that a report names, or a measure that it announces for the next year."""

    class Kind(models.TextChoices):
        """Which of the two."""

        SHORTCOMING = "shortcoming", _("shortcoming")
        MEASURE = "measure", _("measure")

    made_in = models.PositiveSmallIntegerField(
        _("year of the report"), help_text=_("The report that names it; it is due the year after.")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.MEASURE)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    wording = models.CharField(_("wording"), max_length=300)

    # It is drawn from a report that is sealed already, and counted in the year after.
    dating = (InYear("made_in", may_be_added=True), _DueYearsAfter("made_in"))

    objects = scoped(PromiseQuerySet)

    class Meta:
        verbose_name = _("promise")
        verbose_name_plural = _("promises")
        ordering = ["made_in", "kind", "position", "pk"]

    def __str__(self):
        return self.wording

    @property
    def outcome_label(self) -> str:
        """What the outcome is called, on a row of ``with_outcome``; "" while there is none."""
        return str(Step.Outcome(self.outcome).label) if self.outcome else ""

    @property
    def shown_by(self) -> list[models.Model]:
        """The records behind that outcome: activities, then suggestions, each once."""
        reviews = [each for each in self.reviews.all() if each.on <= (self.outcome_on or date.min)]
        rows = [row for review in reviews for row in review.activities.all()]
        rows += [row for review in reviews for row in review.suggestions.all()]
        return list(dict.fromkeys(rows))


class PromiseKept(UnitRow):
    """What had become of a promise by a day, with the records that show it."""

    promise = models.ForeignKey(
        Promise, verbose_name=_("promise"), on_delete=models.PROTECT, related_name="reviews"
    )
    on = models.DateField(_("day"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Step.Outcome)
    words = models.CharField(_("reason or note"), max_length=300, blank=True)
    activities = models.ManyToManyField(
        Activity, verbose_name=_("activities"), blank=True, related_name="+"
    )
    suggestions = models.ManyToManyField(
        Suggestion, verbose_name=_("suggestions"), blank=True, related_name="+"
    )

    dating = (Inside("on"),)

    objects = scoped()

    class Meta:
        verbose_name = _("review of a promise")
        verbose_name_plural = _("reviews of promises")
        ordering = ["promise", "on", "pk"]

    def __str__(self):
        return f"{self.promise} {self.get_outcome_display()}"

    def clean(self):
        super().clean()
        if self.outcome == Step.Outcome.DROPPED and not self.words:
            raise ValidationError({"words": _("Say why it was dropped.")})
