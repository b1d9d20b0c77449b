"""What a report promised for the next year, and what became of it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from activities.models import Activity
from consultations.models.step import Step
from consultations.models.suggestion import Suggestion
from units.dating import Inside, InYear
from units.scoping import UnitRow, scoped


class PromiseQuerySet(models.QuerySet):
    """Promises and their state in a year."""

    def due_in(self, year: int):
        """Measures promised in the report of the year before ``year``."""
        return self.filter(kind=Promise.Kind.MEASURE, made_in=year - 1)

    def with_outcome(self, *, day: date):
        """Each with ``outcome``, what the latest review by ``day`` says; None without one."""
        reviews = PromiseKept.objects.filter(promise=OuterRef("pk"), on__lte=day)
        latest = reviews.order_by("-on", "-pk")
        return self.annotate(outcome=Subquery(latest.values("outcome")[:1]))


class _DueYearAfter(InYear):
    """Belongs to the year after the one in ``name``."""

    def part(self, row, year):
        """The held values, if the promise was due in the year."""
        number = row._meta.get_field(self.name).to_python(getattr(row, self.name))
        return self.values(row) if number is not None and number + 1 == year.number else None


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
    dating = (InYear("made_in", may_be_added=True), _DueYearAfter("made_in"))

    objects = scoped(PromiseQuerySet)

    class Meta:
        verbose_name = _("promise")
        verbose_name_plural = _("promises")
        ordering = ["made_in", "kind", "position", "pk"]

    def __str__(self):
        return self.wording


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
