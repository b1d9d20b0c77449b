"""Suggestions and what became of them: registered, answered, fed back."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from consultations.models.consultation import Consultation
from members.models import Member, Organisation
from units.dates import Period
from units.dating import Inside
from units.scoping import UnitRow, scoped


class SuggestionQuerySet(models.QuerySet):
    """Suggestions of a year, and how far they have come."""

    def during(self, period: Period):
        """Suggestions registered within ``period``."""
        return self.filter(registered_on__range=(period.first, period.last))

    def answered(self, *, by: date):
        """Those with at least one reply on or before the day ``by``."""
        replies = Reply.objects.filter(suggestion=OuterRef("pk"), replied_on__lte=by)
        return self.filter(Exists(replies))

    def fed_back(self, *, by: date):
        """Those whose result was told to the proposers on or before the day ``by``."""
        return self.filter(fed_back_on__lte=by)


class Suggestion(UnitRow):
    """One opinion or suggestion. Unsigned, it keeps no trace of who spoke."""

    class Signature(models.TextChoices):
        """In whose name it was made."""

        PERSONS = "persons", _("signed by one or several persons")
        ORGANISATION = "organisation", _("in the name of an organisation")
        UNSIGNED = "unsigned", _("unsigned")

    class Result(models.TextChoices):
        """Classes A, B and C of such ledgers. Not all can be A, and none need be."""

        SOLVED = "solved", _("solved (A)")
        PLANNED = "planned", _("planned (B)")
        NOTED = "noted", _("kept for reference (C)")

    consultation = models.ForeignKey(
        Consultation,
        verbose_name=_("made at"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="suggestions",
    )
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("number"))
    registered_on = models.DateField(_("registered"))
    category = models.CharField(_("category"), max_length=20, blank=True)
    wording = models.TextField(
        _("wording"), max_length=2000, help_text=_("In the speaker's words, or edited.")
    )
    signature = models.CharField(
        _("signature"), max_length=12, choices=Signature, default=Signature.UNSIGNED
    )
    proposers = models.ManyToManyField(
        Member, verbose_name=_("proposers"), blank=True, related_name="suggestions"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="suggestions",
    )
    result = models.CharField(_("result"), max_length=10, choices=Result, blank=True)
    fed_back_on = models.DateField(_("result told on"), null=True, blank=True)

    # What became of it is learned later, and is no part of the year it was made in.
    dating = (
        Inside("registered_on", leaves=["result", "fed_back_on"]),
        Inside("fed_back_on", only=["fed_back_on"]),
    )

    objects = scoped(SuggestionQuerySet)

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ["year", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "number"],
                name="suggestion_number_once",
                violation_error_message=_("This number is in use already for that year."),
            ),
            models.CheckConstraint(
                condition=Q(signature="organisation", organisation__isnull=False)
                | (~Q(signature="organisation") & Q(organisation__isnull=True)),
                name="organisation_signs_its_suggestions",
                violation_error_message=_(
                    "Choose an organisation if, and only if, it signs the suggestion."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.year}-{self.number}"

    def clean(self):
        super().clean()
        if self.fed_back_on and self.registered_on and self.fed_back_on < self.registered_on:
            raise ValidationError(
                {"fed_back_on": _("The result cannot be told before the suggestion was made.")}
            )


class Reply(UnitRow):
    """One reply to a suggestion. Later replies are further rows: the first keeps its date."""

    suggestion = models.ForeignKey(
        Suggestion, verbose_name=_("suggestion"), on_delete=models.PROTECT, related_name="replies"
    )
    replied_on = models.DateField(_("replied"))
    wording = models.TextField(_("wording"), max_length=2000)

    dating = (Inside("replied_on"),)

    objects = scoped()

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering = ["suggestion", "replied_on", "pk"]

    def __str__(self):
        return f"{self.suggestion} {self.replied_on}"
