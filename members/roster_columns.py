"""The columns of the roster, declared once for the page, its choice of columns and its files.

Telephone numbers are no column: they have a page of their own, where every look is logged.
"""

from collections.abc import Callable, Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from members.codes import Degree, EducationLevel, TitleLevel
from members.models import Appointment, Employment, Member
from units.dates import Precision
from units.lists import Column
from units.written_dates import written

_UNIT_POSTS = (Appointment.Kind.SCHOOL, Appointment.Kind.CPC)
_PUBLIC_POSTS = (
    Appointment.Kind.CONGRESS,
    Appointment.Kind.CONSULTATIVE,
    Appointment.Kind.SOCIAL,
)


def _joined(values: Iterable[str | None]) -> str:
    return "；".join(dict.fromkeys(filter(None, values)))


def _label(choices, field: str) -> Callable[[Member], str]:
    """A cell with the label of one of ``choices``."""
    labels = dict(choices)
    return lambda row: str(labels.get(getattr(row, field), ""))


def _parties(row: Member) -> str:
    return _joined(each.party.short_name for each in row.memberships_then)


def _organisations(row: Member) -> str:
    return _joined(each.organisation_then for each in row.memberships_then)


def _joined_parties(row: Member) -> str:
    return _joined(written(e.joined_on, e.joined_precision) for e in row.memberships_then)


def _posts(*kinds: str) -> Callable[[Member], str]:
    """A cell with the posts of some kinds."""
    return lambda row: _joined(
        post.words_with(post.organisation_then) for post in row.posts_then if post.kind in kinds
    )


def _born(row: Member) -> str:
    """The month, however exactly the day is known."""
    year_only = row.born_precision == Precision.YEAR
    return written(row.born_on, Precision.YEAR if year_only else Precision.MONTH)


def _teaches(row: Member) -> str:
    return str(_("yes")) if row.teacher_then else ""


def _address(row: Member) -> str:
    return reverse("person", args=[row.unit.code, row.pk])


def _chosen(key: str, header: str, cell, order=()) -> Column:
    """A column that is not shown at first."""
    return Column(key, header, cell, order, shown=False)


COLUMNS = (
    Column("name", pgettext_lazy("person", "name"), lambda row: row.name, ("sort_key",), _address),
    Column("sex", _("sex"), lambda row: str(row.get_sex_display()), ("sex_known", "sort_key")),
    Column("parties", _("democratic party"), _parties, ("party_rank", "sort_key")),
    Column("organisation", _("party organisation"), _organisations),
    Column("party_posts", _("posts in parties"), _posts(Appointment.Kind.PARTY)),
    Column(
        "department",
        _("department"),
        lambda row: row.department_then,
        ("department_then", "sort_key"),
    ),
    Column(
        "status",
        _("employment"),
        _label(Employment.Status.choices, "status_then"),
        ("status_then", "sort_key"),
    ),
    Column(
        "title", _("professional title"), lambda row: row.title_then, ("title_rank", "sort_key")
    ),
    _chosen(
        "level",
        _("level of the title"),
        _label(TitleLevel.choices, "title_level_then"),
        ("title_rank", "sort_key"),
    ),
    _chosen("unit_posts", _("posts in the unit"), _posts(*_UNIT_POSTS)),
    _chosen(
        "schooling",
        _("schooling"),
        _label(EducationLevel.choices, "schooling_then"),
        ("schooling_then", "sort_key"),
    ),
    _chosen(
        "degree", _("degree"), _label(Degree.choices, "degree_then"), ("degree_rank", "sort_key")
    ),
    _chosen("born", _("month of birth"), _born, ("born_on", "sort_key")),
    _chosen("joined", _("joined the party"), _joined_parties, ("joined_then", "sort_key")),
    _chosen("public_posts", _("public offices"), _posts(*_PUBLIC_POSTS)),
    _chosen("teacher", _("full-time teacher"), _teaches),
    _chosen(
        "staff_number",
        _("staff number"),
        lambda row: row.staff_number,
        ("staff_number_known", "sort_key"),
    ),
    _chosen("checked", _("last checked"), lambda row: row.checked_on, ("checked_on", "sort_key")),
)
