"""What was done with a report, step by step: who, when, and why. Written once."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reports.models.report import Report, Section
from reports.states import EDGES, Deed
from units.acting import current_act
from units.events import hold_chain
from units.models import UnitYear, User
from units.models.user import holds
from units.permanent import PermanentQuerySet, PermanentRow
from units.recording import ChangeRefused
from units.scoping import scoped


class DeedRefused(ChangeRefused):  # noqa: N818 - it names what became of the deed
    """The deed cannot be done now, or not by this person; the message says why."""


@dataclass(frozen=True)
class Edit:
    """Who changed something last, and when; ``by`` None for a command."""

    by: User | None
    at: datetime


class Step(PermanentRow):
    """One step of a report's way. It is made only where :data:`reports.states.EDGES` leads.

    The step that signs is made by saving a :class:`reports.models.Seal`, and by nothing else.
    """

    report = models.ForeignKey(
        Report, verbose_name=_("report"), on_delete=models.PROTECT, related_name="steps"
    )
    number = models.PositiveSmallIntegerField(_("number"), editable=False, default=0)
    deed = models.CharField(_("what was done"), max_length=10, choices=Deed)
    by = models.ForeignKey(User, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))
    reason = models.CharField(
        _("reason"), max_length=300, blank=True, help_text=_("What is to be changed; no names.")
    )

    objects = scoped(PermanentQuerySet)

    class Meta(PermanentRow.Meta):
        verbose_name = _("step of a report")
        verbose_name_plural = _("steps of reports")
        ordering = ["report", "number"]
        constraints = [
            # Of two who do something at the same instant, one comes second and is told.
            models.UniqueConstraint(fields=["report", "number"], name="step_numbered_once")
        ]

    def __str__(self):
        return f"{self.report}: {self.get_deed_display()}"

    def save(self, *args, **kwargs):
        """Do it, if it leads on from where the report stands and ``by`` may. DeedRefused."""
        with transaction.atomic():
            hold_chain()
            self._refuse_in_anothers_name()
            obstacle = obstacle_to(Deed(self.deed), self.report, self.by)
            if obstacle:
                raise DeedRefused(obstacle)
            if EDGES[Deed(self.deed)].needs_reason and not self.reason.strip():
                raise DeedRefused(
                    {"reason": gettext("Say why: the author has to know what to do.")}
                )
            if self.deed == Deed.SIGN and not hasattr(self.report, "seal"):
                raise DeedRefused(gettext("A report is signed together with its seal."))
            self.number = self.report.steps.count() + 1
            super().save(*args, **kwargs)

    def _refuse_in_anothers_name(self):
        actor = current_act().user
        if actor is not None and actor.pk != self.by_id:
            raise PermissionDenied("Whatever is done with a report is done in one's own name.")


def obstacle_to(deed: Deed, report: Report, user: User) -> str:
    """Why ``user`` cannot do this with ``report`` now, in words; "" if nothing is in the way."""
    edge = EDGES[deed]
    if report.state is not edge.source:
        return gettext("The report is “%(state)s”: there is nothing to %(deed)s.") % {
            "state": report.state.label,
            "deed": deed.label,
        }
    if not holds(edge.right, user, report.unit):
        return _WHO[deed]()
    return _own_work(report, user) if edge.needs_another_hand else ""


def last_edit(report: Report) -> Edit | None:
    """The last change of the report's words: of its head or of a section, taken out ones too."""
    return _latest(Report.history.filter(id=report.pk), Section.history.filter(report=report.pk))


def last_edit_of_facts(report: Report) -> Edit | None:
    """The last change of what the unit states for the year: head counts, motto, closing day.

    No list of records stands behind these numbers, so a second pair of eyes is all there is.
    """
    return _latest(UnitYear.history.filter(unit=report.unit_id, year=report.year))


def _own_work(report: Report, user: User) -> str:
    """Four eyes: nobody signs what they last edited, or handed in themselves."""
    edits = {
        gettext("You changed the text last: somebody else of the unit has to look through it."): (
            last_edit(report)
        ),
        gettext("You entered the year's head counts last: somebody else has to check them."): (
            last_edit_of_facts(report)
        ),
    }
    own = next((why for why, edit in edits.items() if edit and edit.by == user), "")
    if own:
        return own
    handed_in = report.steps.filter(deed=Deed.SUBMIT).order_by("number").last()
    if handed_in is not None and handed_in.by_id == user.pk:
        return gettext("You handed the report in: somebody else has to sign it.")
    return ""


def _latest(*histories: models.QuerySet) -> Edit | None:
    found = [history.order_by("history_date", "history_id").last() for history in histories]
    rows = [row for row in found if row is not None]
    if not rows:
        return None
    row = max(rows, key=lambda each: each.history_date)
    return Edit(by=User.objects.filter(pk=row.history_user_id).first(), at=row.history_date)


_WHO = {
    Deed.SUBMIT: lambda: gettext("A clerk or secretary of the unit hands the report in."),
    Deed.RETURN: lambda: gettext("A secretary of the unit returns the report."),
    Deed.TAKE_UP: lambda: gettext("A clerk or secretary of the unit takes the report up again."),
    Deed.SIGN: lambda: gettext("A secretary of the unit signs the report."),
}
