"""What this room lets be found: the text of reports, section by section."""

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from reports.models import Section
from units.models import Unit, User
from units.search import Found, Searchable, add


def _label(found: Found) -> str:
    return " ".join(filter(None, [found.more, found.head]))


def _at(found: Found, unit: Unit, user: User) -> str:
    return reverse("report-preview", args=[unit.code, found.more])


REPORTS = Searchable(
    key="reports",
    name=_("Text of reports"),
    rows=lambda: Section.objects.all(),
    head="heading",
    more="report__year",
    texts=("heading", "body", "report__title"),
    order=(F("report__year").desc(), F("position").asc()),
    label=_label,
    address=_at,
)


def connect():
    """Let these be found; called once, when the app is ready."""
    add(REPORTS)
