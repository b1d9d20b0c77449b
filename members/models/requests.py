"""What people are entitled to: consent and its withdrawal, requests, holds, erasure."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from members.models.member import Member
from units.scoping import UnitRow, scoped

ANSWER_WITHIN = 15
"""Working days until a request is to be answered.

PIPL 50 asks for a prompt answer and names no number; 15 working days are what the national rules on
apps allow (App违法违规收集使用个人信息行为认定方法, 6). A unit may enter another day.
"""


def working_days_after(day: date, number: int) -> date:
    """The day ``number`` working days after ``day``: Mondays to Fridays.

    Public holidays are set anew each year and are not known here: the day comes early, never late.
    """
    while number:
        day += timedelta(days=1)
        number -= day.weekday() < 5
    return day


def _of_person(related_name: str) -> models.ForeignKey:
    return models.ForeignKey(
        Member, verbose_name=_("person"), on_delete=models.PROTECT, related_name=related_name
    )


class ConsentQuerySet(models.QuerySet):
    """Consents that hold."""

    def on(self, day: date):
        """Given by ``day`` and not withdrawn until then."""
        return self.filter(
            Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=day), given_on__lte=day
        )


class Consent(UnitRow):
    """A person's consent to one thing, on one version of the notice (PIPL 14-17, 29)."""

    class Kind(models.TextChoices):
        """What was agreed to. One does not follow from the other."""

        ROSTER = "roster", _("entries in the roster, party affiliation included")
        CONTACT = "contact", _("telephone number")
        NAME = "name", _("name in publications")
        PHOTO = "photo", _("photographs in publications")

    member = _of_person("consents")
    kind = models.CharField(_("consent to"), max_length=10, choices=Kind)
    notice_version = models.CharField(_("version of the notice"), max_length=20)
    given_on = models.DateField(_("given"))
    withdrawn_on = models.DateField(
        _("withdrawn"), null=True, blank=True, help_text=_("From this day on it does not hold.")
    )

    dating = ()

    objects = scoped(ConsentQuerySet)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["member__sort_key", "kind", "given_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("given_on")),
                name="consent_withdrawn_after_given",
                violation_error_message=_("It cannot be withdrawn before it was given."),
            ),
            models.UniqueConstraint(
                fields=["member", "kind"],
                condition=Q(withdrawn_on__isnull=True),
                name="consent_holds_once",
                violation_error_message=_("This consent is on record and holds."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} ({self.notice_version})"


class CorrectionRequestQuerySet(models.QuerySet):
    """Requests that wait."""

    def open(self):
        """Not done and not refused, the most urgent first."""
        return self.filter(done_on__isnull=True).order_by("due_on", "pk")

    def overdue(self, *, day: date):
        """Open ones that should have been answered before ``day``."""
        return self.open().filter(due_on__lt=day)


class CorrectionRequest(UnitRow):
    """Somebody asks to see, correct or erase what is stored about them (PIPL 44-50)."""

    class Kind(models.TextChoices):
        """What is asked for."""

        COPY = "copy", _("see or copy (PIPL 45)")
        CORRECT = "correct", _("correct or complete (PIPL 46)")
        ERASE = "erase", _("erase (PIPL 47)")
        EXPLAIN = "explain", _("explain (PIPL 48)")

    class Decision(models.TextChoices):
        """What was decided; a refusal gives its reason (PIPL 50)."""

        GRANTED = "granted", _("granted")
        PARTLY = "partly", _("granted in part")
        REFUSED = "refused", _("refused")

    member = _of_person("correction_requests")
    kind = models.CharField(_("asks to"), max_length=10, choices=Kind, default=Kind.CORRECT)
    asked_on = models.DateField(_("asked on"))
    wording = models.CharField(
        _("what is to be done"), max_length=300, help_text=_("Which entry, and what it should say.")
    )
    due_on = models.DateField(
        _("to be answered by"), blank=True, help_text=_("Empty: 15 working days after asking.")
    )
    decision = models.CharField(_("decision"), max_length=10, choices=Decision, blank=True)
    refusal_reason = models.CharField(_("reason of the refusal"), max_length=300, blank=True)
    done_on = models.DateField(
        _("answered on"), null=True, blank=True, help_text=_("The person has the answer.")
    )

    dating = ()

    objects = scoped(CorrectionRequestQuerySet)

    class Meta:
        verbose_name = _("request of a person")
        verbose_name_plural = _("requests of persons")
        ordering = ["-asked_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "kind", "asked_on", "wording"],
                name="request_once",
                violation_error_message=_("This request is on record already."),
            ),
            models.CheckConstraint(
                condition=Q(decision__in=["", "granted"]) | ~Q(refusal_reason=""),
                name="refusal_gives_its_reason",
                violation_error_message=_("Give the reason of the refusal (PIPL 50)."),
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True)
                | (Q(done_on__gte=F("asked_on")) & ~Q(decision="")),
                name="request_decided_when_answered",
                violation_error_message=_(
                    "An answered request has a decision, and no answer comes before the question."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.member} {self.asked_on}"

    def clean(self):
        """Work out when the answer is due, where nobody has set another day."""
        super().clean()
        if self.asked_on and not self.due_on:
            self.due_on = working_days_after(self.asked_on, ANSWER_WITHIN)
        if self.asked_on and self.due_on and self.due_on < self.asked_on:
            raise ValidationError({"due_on": _("It cannot be due before it was asked.")})

    def save(self, *args, **kwargs):
        """As ever; a request without a due day gets the usual one."""
        if not self.due_on:
            self.due_on = working_days_after(self.asked_on, ANSWER_WITHIN)
        super().save(*args, **kwargs)


class LegalHoldQuerySet(models.QuerySet):
    """Holds in force."""

    def on(self, day: date):
        """Placed by ``day`` and not lifted until then."""
        return self.filter(Q(lifted_on__isnull=True) | Q(lifted_on__gt=day), placed_on__lte=day)


class LegalHold(UnitRow):
    """Nothing about this person is blanked or erased while a dispute or an audit goes on."""

    member = _of_person("legal_holds")
    reason = models.CharField(_("reason of the hold"), max_length=200)
    placed_on = models.DateField(_("placed"))
    lifted_on = models.DateField(
        _("lifted"), null=True, blank=True, help_text=_("From this day on it does not hold.")
    )

    dating = ()

    objects = scoped(LegalHoldQuerySet)

    class Meta:
        verbose_name = _("legal hold")
        verbose_name_plural = _("legal holds")
        ordering = ["member__sort_key", "placed_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lifted_on__isnull=True) | Q(lifted_on__gte=F("placed_on")),
                name="hold_lifted_after_placed",
                violation_error_message=_("It cannot be lifted before it was placed."),
            )
        ]

    def __str__(self):
        return f"{self.member} {self.placed_on}"


class Erasure(UnitRow):
    """That a person was erased, by key alone: an older backup gets the erasure done again."""

    member = models.OneToOneField(
        Member, verbose_name=_("person"), on_delete=models.PROTECT, related_name="erasure"
    )
    person = models.UUIDField(_("key of the person"), db_index=True)
    number = models.PositiveIntegerField(_("number"))
    erased_on = models.DateField(_("erased"))
    reason = models.CharField(_("reason"), max_length=200)

    dating = ()

    objects = scoped()

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ["unit", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "number"], name="erasure_numbered_once_per_unit"
            )
        ]

    def __str__(self):
        return f"已删除人员{self.number:02}"
