"""Why a place in a report's text stays as it is, though a check asked about it. Written once."""

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reports.finding_kinds import Kind
from reports.models.report import Report
from reports.states import State
from units.acting import current_act
from units.events import hold_chain
from units.models import User
from units.models.user import holds
from units.permanent import PermanentQuerySet, PermanentRow
from units.recording import ChangeRefused
from units.roles import Right
from units.scoping import scoped


class TextAnswer(PermanentRow):
    """The reason one gave for a place that a check of the text asked about.

    ``finding`` is the fingerprint of what was found (``reports.text_checks``): it stays the same
    while the words around the place do. ``words`` are those words, to be read when the text has
    moved on. Who answers again adds an answer: the latest holds.
    """

    report = models.ForeignKey(
        Report, verbose_name=_("report"), on_delete=models.PROTECT, related_name="answers"
    )
    kind = models.CharField(_("what was asked about"), max_length=20, choices=Kind)
    finding = models.CharField(_("which place"), max_length=32)
    words = models.CharField(_("words asked about"), max_length=120, blank=True)
    reason = models.CharField(
        _("reason"),
        max_length=300,
        help_text=_("Kept with the report; leave people's names out."),
    )
    by = models.ForeignKey(User, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    objects = scoped(PermanentQuerySet)

    class Meta(PermanentRow.Meta):
        verbose_name = _("answer to a check")
        verbose_name_plural = _("answers to checks")
        ordering = ["report", "at", "pk"]

    def __str__(self):
        return f"{self.report}: {self.get_kind_display()} {self.words}"

    def save(self, *args, **kwargs):
        """Keep it, in one's own name and while the report is not signed. ChangeRefused."""
        actor = current_act().user
        if actor is not None and actor.pk != self.by_id:
            raise PermissionDenied("A question is answered in one's own name.")
        if not holds(Right.SUBMIT_REPORT, self.by, self.report.unit):
            raise PermissionDenied("Who writes the report answers for it.")
        with transaction.atomic():
            hold_chain()
            if self.report.state is State.SIGNED:
                raise ChangeRefused(
                    gettext("The report is signed: what was asked about it is closed with it.")
                )
            super().save(*args, **kwargs)
