"""Suggestions and the replies to them. What else becomes of one stands in its steps."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Max, Min, Q
from django.utils.translation import gettext_lazy as _

from consultations.models.consultation import Consultation
from consultations.models.course import CourseQuerySet, State
from members.models import Member, Organisation
from units.dates import Period
from units.dating import Inside
from units.models import Department
from units.recording import RecordedQuerySet
from units.scoping import UnitRow, scoped


class SuggestionQuerySet(CourseQuerySet):
    """Suggestions of a year, and how far they have come."""

    def during(self, period: Period):
        """Suggestions registered within ``period``."""
        return self.filter(registered_on__range=(period.first, period.last))


class Suggestion(UnitRow):
    """One opinion or suggestion. Unsigned, it keeps no trace of who spoke."""

    class Signature(models.TextChoices):
        """In whose name it was made."""

        PERSONS = "persons", _("signed by one or several persons")
        ORGANISATION = "organisation", _("in the name of an organisation")
        UNSIGNED = "unsigned", _("unsigned")

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
    edited = models.BooleanField(_("edited, not in the speaker's words"), default=False)
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
    department = models.ForeignKey(
        Department,
        verbose_name=_("department concerned"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Whom it is about. Who is to answer is said when it is assigned."),
    )
    may_be_published = models.BooleanField(
        _("may be published"),
        default=False,
        help_text=_("Only where whoever made it agrees; never with a name."),
    )

    # What becomes of it later stands in its steps, and is no part of the year it was made in.
    dating = (Inside("registered_on"),)

    objects = scoped(SuggestionQuerySet)

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ["year", "number"]
        indexes = [models.Index(fields=["unit", "registered_on"])]
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

    @property
    def made_by(self) -> str:
        """In whose name it was made: persons, an organisation, or unsigned."""
        if self.signature == self.Signature.PERSONS:
            return "、".join(str(each) for each in self.proposers.all())
        return str(self.organisation or _("unsigned"))

    @property
    def state_label(self) -> str:
        """What the state is called, on a row that was asked for ``with_course``."""
        return str(State(self.state).label)

    @property
    def result_label(self) -> str:
        """What the result is called, on such a row; "" while there is none."""
        results = dict(self.steps.model.Result.choices)
        return str(results[self.result]) if self.result else ""

    def next_place(self) -> int:
        """The place of what is entered next about it: days alone do not put two in order."""
        return self.steps.count() + self.replies.count() + 1

    @classmethod
    def next_number(cls, *, unit, year: int) -> int:
        """The number of the unit's next suggestion of ``year``. Call it in one's turn to write."""
        last = cls.objects.filter(unit=unit, year=year).aggregate(last=Max("number"))["last"]
        return (last or 0) + 1


_FIXED = frozenset({"replied_on", "suggestion", "suggestion_id"})


class ReplyQuerySet(RecordedQuerySet):
    """Replies stay as they were given."""

    def update(self, **values):
        """As for all rows; ValidationError for the day of a reply, or what it is a reply to."""
        if not _FIXED.isdisjoint(values):
            raise ValidationError(_("The day of a reply stays: add another reply instead."))
        return super().update(**values)

    def delete(self):
        """Refused: ValidationError."""
        raise ValidationError(_("A reply is not deleted: add another one that corrects it."))


class Reply(UnitRow):
    """One reply to a suggestion. Later replies are further rows.

    The day of a reply never changes, none comes before the first one and no reply is deleted:
    whether an answer came in time must stay as it was.
    """

    class Way(models.TextChoices):
        """How it was given."""

        LETTER = "letter", _("in writing")
        FACE = "face", _("face to face")
        PHONE = "phone", _("by telephone")
        MEETING = "meeting", _("at a meeting")

    suggestion = models.ForeignKey(
        Suggestion, verbose_name=_("suggestion"), on_delete=models.PROTECT, related_name="replies"
    )
    replied_on = models.DateField(_("replied"))
    way = models.CharField(_("how"), max_length=10, choices=Way, default=Way.LETTER)
    wording = models.TextField(_("wording"), max_length=2000)
    place = models.PositiveIntegerField(default=0, editable=False)

    dating = (Inside("replied_on"),)

    objects = scoped(ReplyQuerySet)

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering = ["suggestion", "replied_on", "place", "pk"]

    def __str__(self):
        return f"{self.suggestion} {self.replied_on}"

    def clean(self):
        super().clean()
        early = self.suggestion_id and self.replied_on
        if early and self.replied_on < self.suggestion.registered_on:
            raise ValidationError(
                {"replied_on": _("A reply cannot come before the suggestion was made.")}
            )
        self._refuse_another_day()
        self._refuse_before_the_first()

    def save(self, *args, **kwargs):
        """As for every row; a new reply takes its place after what was entered before it."""
        self._refuse_another_day()
        self._refuse_before_the_first()
        if self._state.adding and not self.place:
            self.place = self.suggestion.next_place()
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        """Refused: ValidationError."""
        raise ValidationError(_("A reply is not deleted: add another one that corrects it."))

    def _refuse_another_day(self):
        """The day of a stored reply stays, whichever form or command would change it."""
        if self._state.adding:
            return
        kept = Reply.objects.filter(pk=self.pk, suggestion=self.suggestion_id)
        if not kept.filter(replied_on=self.replied_on).exists():
            raise ValidationError(
                {"replied_on": _("The day of a reply stays: add another reply instead.")}
            )

    def _refuse_before_the_first(self):
        """A further reply cannot make the answer come earlier than it did."""
        if not (self._state.adding and self.suggestion_id and self.replied_on):
            return
        first = self.suggestion.replies.aggregate(first=Min("replied_on"))["first"]
        if first is not None and self.replied_on < first:
            message = _("The first reply was given on %(day)s: no other comes before it.")
            raise ValidationError({"replied_on": message % {"day": first}})
