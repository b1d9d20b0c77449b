"""The deeds on a report's way, each in one word; ``reports.sealing.sign`` is the last of them."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from reports.annual import AnnualReport
from reports.drafting import Begun, begin, store
from reports.models import Report, Step
from reports.models.step import DeedRefused, obstacle_to
from reports.patterns import outline_of
from reports.states import Deed, State
from reports.text import TextErrors
from units.models import ReportingYear, User


def begin_report(year: ReportingYear, pattern: str) -> Begun:
    """A stored draft from a pattern, named by its key in :mod:`reports.patterns`.

    ValidationError if there is a report already; LookupError for a pattern that is not offered.
    """
    begun = begin(year, outline_of(pattern, year.unit, year.year))
    store(begun.report, begun.sections)
    return begun


def hand_in(annual: AnnualReport, *, by: User, moment: datetime, reason: str = "") -> Step:
    """Submit the report; its text stands still from here. DeedRefused."""
    obstacle = obstacle_in_content(annual)
    if obstacle:
        raise DeedRefused(obstacle)
    return _step(annual.report, Deed.SUBMIT, by=by, moment=moment, reason=reason)


def send_back(report: Report, *, by: User, moment: datetime, reason: str) -> Step:
    """Return the report to its authors, who have to be told why. DeedRefused."""
    return _step(report, Deed.RETURN, by=by, moment=moment, reason=reason)


def take_up(report: Report, *, by: User, moment: datetime) -> Step:
    """Make a returned report a draft again. DeedRefused."""
    return _step(report, Deed.TAKE_UP, by=by, moment=moment)


def obstacles(annual: AnnualReport, user: User, deeds: Iterable[Deed]) -> dict[Deed, str]:
    """For each of ``deeds``, why ``user`` cannot do it now; "" where nothing is in the way."""
    found = {}
    for deed in deeds:
        obstacle = obstacle_to(deed, annual.report, user)
        if not obstacle and deed in (Deed.SUBMIT, Deed.SIGN):
            obstacle = obstacle_in_content(annual)
        found[deed] = obstacle
    return found


def obstacle_in_content(annual: AnnualReport) -> str:
    """What keeps this text from being handed in or signed, whoever does it."""
    if annual.report.pk is None:
        return _("The report is not begun yet: what you see is the outline.")
    try:
        gaps = annual.document.gaps if annual.report.state is not State.SIGNED else ()
    except TextErrors:
        return _("The text names figures in a way that cannot be read: put it right first.")
    if gaps:
        names = "、".join(str(annual.figures[key].figure.name) for key in gaps)
        return _("The report states what is missing: %(names)s.") % {"names": names}
    return ""


def _step(report: Report, deed: Deed, *, by: User, moment: datetime, reason: str = "") -> Step:
    step = Step(unit=report.unit, report=report, deed=deed, by=by, at=moment, reason=reason)
    step.save()
    return step
