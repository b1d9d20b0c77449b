"""Findings and the answers they were given: which are open, and how one is answered."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from reports.annual import AnnualReport
from reports.models import TextAnswer
from reports.text_checks.all_checks import findings
from reports.text_checks.finding import Finding
from units.models import User
from units.recording import ChangeRefused

WORDS_KEPT = 120


@dataclass(frozen=True)
class Answered:
    """A finding with the latest answer it was given."""

    finding: Finding
    answer: TextAnswer


@dataclass(frozen=True)
class Checked:
    """A report's findings, each in the order of the document; who writes it deals with ``open``."""

    open: tuple[Finding, ...]
    answered: tuple[Answered, ...]


def checked(annual: AnnualReport) -> Checked:
    """The findings of today's text by today's records, those without an answer apart."""
    answers = _latest_answers(annual)
    found = findings(annual)
    return Checked(
        open=tuple(each for each in found if each.fingerprint not in answers),
        answered=tuple(
            Answered(each, answers[each.fingerprint])
            for each in found
            if each.fingerprint in answers
        ),
    )


def open_findings(annual: AnnualReport) -> int | None:
    """How many findings have no answer; None for an outline and for a text that is sealed."""
    if annual.report.pk is None or annual.seal is not None:
        return None
    return len(checked(annual).open)


def answer(
    annual: AnnualReport, *, fingerprint: str, reason: str, by: User, moment: datetime
) -> TextAnswer:
    """Keep why the place stays as it is. The same reason once more is the answer there is.

    ChangeRefused where the text has moved on and nothing is asked there any more, or the report is
    signed.
    """
    found = next((each for each in findings(annual) if each.fingerprint == fingerprint), None)
    if found is None or annual.report.pk is None:
        raise ChangeRefused(
            _("The text or the records have changed meanwhile: this is not asked any more.")
        )
    given = _latest_answers(annual).get(fingerprint)
    if given and given.reason == reason:
        return given
    row = TextAnswer(
        unit=annual.report.unit,
        report=annual.report,
        kind=found.kind,
        finding=fingerprint,
        words=str(found.excerpt)[:WORDS_KEPT],
        reason=reason,
        by=by,
        at=moment,
    )
    row.save()
    return row


def _latest_answers(annual: AnnualReport) -> dict[str, TextAnswer]:
    if annual.report.pk is None:
        return {}
    rows = annual.report.answers.select_related("by").order_by("at", "pk")
    return {row.finding: row for row in rows}
