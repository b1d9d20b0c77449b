"""What this room tells of a person: parties, employment, posts, titles, schooling, honours."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from members.models import (
    Appointment,
    Education,
    Employment,
    Honour,
    Member,
    Membership,
    Title,
)
from members.timeline import Entry, Source, add_source
from units.dates import DatedRow, Precision


def _entry(row: DatedRow, words: str) -> Entry:
    return Entry(words, row.started_on, row.started_precision, row.ended_on)


def _memberships(member: Member) -> Iterator[Entry]:
    rows = Membership.objects.filter(member=member).select_related("party", "organisation")
    for row in rows:
        yield _entry(row, " ".join(filter(None, [str(row), str(row.organisation or "")])))


def _employments(member: Member) -> Iterator[Entry]:
    for row in Employment.objects.filter(member=member).select_related("department"):
        teaching = str(_("full-time teacher")) if row.full_time_teacher else ""
        yield _entry(row, " ".join(filter(None, [str(row), teaching])))


def _posts(member: Member) -> Iterator[Entry]:
    rows = Appointment.objects.filter(member=member).select_related("party", "organisation")
    for row in rows:
        term = f"（{row.term}）" if row.term else ""
        yield _entry(row, f"{row.words}{term}")


def _titles(member: Member) -> Iterator[Entry]:
    for row in Title.objects.filter(member=member):
        yield _entry(row, f"{row.name}（{row.get_level_display()}）")


def _schooling(member: Member) -> Iterator[Entry]:
    for row in Education.objects.filter(member=member):
        words = (row.get_level_display(), row.get_degree_display(), row.school)
        yield Entry(" ".join(filter(None, words)), row.completed_on, row.completed_precision)


def _honours(member: Member) -> Iterator[Entry]:
    """By the date of the certificate; where there is none, by the year it was earned in."""
    for row in Honour.objects.filter(member=member):
        dated = row.awarded_on is not None
        on = row.awarded_on or date(row.performance_year, 1, 1)
        words = " ".join(filter(None, [row.title, row.awarded_by]))
        yield Entry(words, on, Precision.DAY if dated else Precision.YEAR)


def connect():
    """Put these sources first on every timeline; called once, when the app is ready."""
    for source in (
        Source("party", _("democratic party"), _memberships),
        Source("employment", _("employment"), _employments),
        Source("post", _("post"), _posts),
        Source("title", _("professional title"), _titles),
        Source("schooling", _("schooling"), _schooling),
        Source("honour", _("honour"), _honours),
    ):
        add_source(source)
