"""What happened to a suggestion, step by step, each with its day.

Nothing about a suggestion's course is overwritten: it is decided, assigned, extended, answered, fed
back, reopened by further rows. So any past day can be asked how things stood on it.
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.models.suggestion import Reply, Suggestion
from units.dating import Inside
from units.models import Department
from units.scoping import UnitRow, scoped


class Step(UnitRow):
    """One dated step. Which fields it has follows from its kind: ``NEEDS`` and ``MAY_HAVE``."""

    class Kind(models.TextChoices):
        """What was done. Replies are rows of their own."""

        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("not accepted")
        MERGED = "merged", _("merged into another")
        ASSIGNED = "assigned", _("assigned")
        EXTENDED = "extended", _("extended")
        INSTRUCTED = "instructed", _("leader's instruction")
        NOTE = "note", _("progress noted")
        RESULT = "result", _("result stated")
        FED_BACK = "fed_back", _("result told")
        REOPENED = "reopened", _("reopened")
        CLOSED = "closed", _("closed")
        FOLLOWED_UP = "followed_up", _("followed up")

    class Result(models.TextChoices):
        """Classes A, B and C of such ledgers. Not all can be A, and none need be."""

        SOLVED = "solved", _("solved (A)")
        PLANNED = "planned", _("planned (B)")
        NOTED = "noted", _("kept for reference (C)")

    class Satisfaction(models.TextChoices):
        """The proposer's own word about the result."""

        SATISFIED = "satisfied", _("satisfied")
        MOSTLY = "mostly", _("mostly satisfied")
        DISSATISFIED = "dissatisfied", _("not satisfied")

    class Outcome(models.TextChoices):
        """What became of something planned."""

        DONE = "done", _("done")
        PARTLY = "partly", _("partly done")
        DROPPED = "dropped", _("dropped")

    suggestion = models.ForeignKey(
        Suggestion, verbose_name=_("suggestion"), on_delete=models.PROTECT, related_name="steps"
    )
    kind = models.CharField(_("step"), max_length=12, choices=Kind)
    on = models.DateField(_("day"))
    words = models.CharField(_("reason or note"), max_length=500, blank=True)
    merged_into = models.ForeignKey(
        Suggestion,
        verbose_name=_("merged into"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
    )
    department = models.ForeignKey(
        Department,
        verbose_name=_("department"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    co_department = models.ForeignKey(
        Department,
        verbose_name=_("together with"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    due_on = models.DateField(_("reply due"), null=True, blank=True)
    result = models.CharField(_("result"), max_length=10, choices=Result, blank=True)
    way = models.CharField(_("how"), max_length=10, choices=Reply.Way, blank=True)
    satisfaction = models.CharField(
        _("the proposer's word"), max_length=12, choices=Satisfaction, blank=True
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    place = models.PositiveIntegerField(default=0, editable=False)

    NEEDS = {
        Kind.DECLINED: {"words"},
        Kind.MERGED: {"merged_into"},
        Kind.ASSIGNED: {"department", "due_on"},
        Kind.EXTENDED: {"due_on", "words"},
        Kind.INSTRUCTED: {"words"},
        Kind.NOTE: {"words"},
        Kind.RESULT: {"result"},
        Kind.FED_BACK: {"way"},
        Kind.REOPENED: {"words"},
        Kind.FOLLOWED_UP: {"outcome"},
    }
    """The fields a step of a kind must have, besides its day."""
    MAY_HAVE = {
        Kind.ASSIGNED: {"co_department"},
        Kind.FED_BACK: {"satisfaction"},
    }
    """What it may have, besides words, which every step may have."""
    _FIELDS = (
        *("merged_into", "department", "co_department", "due_on"),
        *("result", "way", "satisfaction", "outcome"),
    )

    dating = (Inside("on"),)

    objects = scoped()

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["suggestion", "on", "place", "pk"]
        indexes = [models.Index(fields=["suggestion", "kind", "on"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="assigned") | Q(department__isnull=False, due_on__isnull=False),
                name="step_assigns_with_deadline",
                violation_error_message=_("Choose a department and a day by which to reply."),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["declined", "extended", "reopened"]) | ~Q(words=""),
                name="step_gives_its_reason",
                violation_error_message=_("Give the reason."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="merged") | Q(merged_into__isnull=False),
                name="step_merges_into_one",
                violation_error_message=_("Choose the suggestion into which it is merged."),
            ),
            models.CheckConstraint(
                condition=Q(kind="result", result__gt="") | (~Q(kind="result") & Q(result="")),
                name="step_states_a_result",
                violation_error_message=_("Choose the result."),
            ),
        ]

    def __str__(self):
        return f"{self.suggestion} {self.get_kind_display()}"

    def clean(self):
        """Refuse what is missing for the kind, and what it cannot have."""
        super().clean()
        needs = self.NEEDS.get(self.kind, set())
        allowed = needs | self.MAY_HAVE.get(self.kind, set())
        faults = {name: _("This is needed.") for name in needs if not self._has(name)}
        faults |= {
            name: _("This does not belong to such a step.")
            for name in self._FIELDS
            if name not in allowed and self._has(name)
        }
        if self.result and self.result != self.Result.SOLVED and not self.words:
            faults["words"] = _("Say why it is not solved now.")
        if self.merged_into_id and self.merged_into_id == self.suggestion_id:
            faults["merged_into"] = _("Choose another suggestion.")
        if self.suggestion_id and self.on and self.on < self.suggestion.registered_on:
            faults["on"] = _("Nothing can happen to it before it was made.")
        if faults:
            raise ValidationError(faults)

    def save(self, *args, **kwargs):
        """As for every row; a new step takes its place after what was entered before it."""
        if self._state.adding and not self.place:
            self.place = self.suggestion.next_place()
        super().save(*args, **kwargs)

    def _has(self, name: str) -> bool:
        return bool(getattr(self, self._meta.get_field(name).attname))
