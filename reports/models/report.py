"""A unit's yearly report: its text, which stands still once it is handed in."""

from collections.abc import Iterable

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from reports.models.text import Text, Whole
from reports.states import EDGES, Deed, State
from units.recording import Change, ChangeRefused
from units.scoping import scoped


class TextLocked(ChangeRefused):  # noqa: N818 - it names what the text is
    """The report is handed in or signed: its text is not changed. Says what can be done."""


class Report(Whole):
    """The yearly summary of one unit. Where it stands follows from its ``steps``."""

    year = models.PositiveSmallIntegerField(_("year"))
    signatory = models.CharField(
        _("signatory"), max_length=100, blank=True, help_text=_("Printed above the date.")
    )
    signed_on = models.DateField(_("date of the document"), null=True, blank=True)

    dating = ()

    objects = scoped()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year"],
                name="one_report_per_unit_and_year",
                violation_error_message=_("This unit already has a report for that year."),
            )
        ]

    def __str__(self):
        return f"{self.unit} {self.year}"

    @property
    def state(self) -> State:
        """Where the report stands now; asks each time, for it may have moved on."""
        if self.pk is None:
            return State.DRAFT
        last = self.steps.order_by("number").last()
        return EDGES[Deed(last.deed)].target if last else State.DRAFT

    @classmethod
    def judge(cls, changes):
        """As for every row of a unit; TextLocked unless the report is a draft."""
        _refuse_unless_drafts(changes, lambda keys: Q(report__in=keys), ())
        return super().judge(changes)


class Section(Text):
    """A section of a report."""

    report = models.ForeignKey(
        Report, verbose_name=_("report"), on_delete=models.CASCADE, related_name="sections"
    )

    dating = ()

    objects = scoped()

    class Meta(Text.Meta):
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    @classmethod
    def judge(cls, changes):
        """As for every row of a unit; TextLocked unless the report is a draft."""
        goes_to = {getattr(row, "report_id", None) for c in changes for row in (c.before, c.after)}
        _refuse_unless_drafts(changes, lambda keys: Q(report__sections__in=keys), goes_to)
        return super().judge(changes)


def _refuse_unless_drafts(changes: list[Change], steps_of, reports: Iterable[int | None]):
    """TextLocked where a report that ``changes`` are about is no draft.

    Which reports those are is asked of the table too: a row in memory may say otherwise.
    """
    rows = [row for change in changes for row in (change.before, change.after) if row is not None]
    keys = {row.pk for row in rows} - {None}
    with scope(unit=list({row.unit_id for row in rows} - {None})):
        steps = apps.get_model("reports", "Step").objects.filter(
            steps_of(keys) | Q(report__in=set(reports) - {None})
        )
        last = {step.report_id: step for step in steps.order_by("report", "number").distinct()}
    for step in last.values():
        state = EDGES[Deed(step.deed)].target
        if state is not State.DRAFT:
            raise TextLocked(_LOCKED[state]())


_LOCKED = {
    State.SUBMITTED: lambda: gettext(
        "The report is handed in: its text stays as it is while it is looked at. Nothing was "
        "saved. Ask a secretary to return it, if it has to be changed."
    ),
    State.RETURNED: lambda: gettext(
        "The report was returned: take it up again first, on the report's page. Nothing was saved."
    ),
    State.SIGNED: lambda: gettext(
        "The report is signed and sealed: its text is not changed any more. Nothing was saved."
    ),
}
