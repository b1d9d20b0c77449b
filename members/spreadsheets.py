"""The roster as a spreadsheet: its columns, declared once for export, template and import.

A row is one person, as they stood on a day. Telephone numbers go out covered.
"""

from collections.abc import Callable
from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from members.models import (
    Appointment,
    Education,
    Employment,
    Member,
    Membership,
    Title,
)
from units.sheet_columns import SheetColumn, date_cell
from units.statistic import unknown_first


def with_sheet_rows(people: QuerySet[Member], *, day: date) -> QuerySet[Member]:
    """``people`` in their order, with what the columns need; no query for any single person."""
    memberships = (
        Membership.objects.on(day).with_joining(day).select_related("party", "organisation")
    )
    titles = Title.objects.on(day).order_by(unknown_first("-started_on"), "-pk")
    posts = Appointment.objects.on(day).select_related("party", "organisation")
    schooling = Education.objects.filter(Q(completed_on__isnull=True) | Q(completed_on__lte=day))
    employments = Employment.objects.on(day).select_related("department")
    return (
        people.prefetch_related(None)
        .select_related("contact")
        .prefetch_related(
            Prefetch("memberships", memberships, to_attr="sheet_memberships"),
            Prefetch("employments", employments, to_attr="sheet_employments"),
            Prefetch("titles", titles, to_attr="sheet_titles"),
            Prefetch("appointments", posts, to_attr="sheet_posts"),
            Prefetch("educations", schooling.order_by("level", "pk"), to_attr="sheet_schooling"),
        )
    )


def _of(rows: str, cell: Callable[[object], object], place: int = 0) -> Callable[[Member], object]:
    """A cell about the person's row at ``place`` among ``rows``; empty if there is none."""

    def value(member: Member):
        found = getattr(member, rows)
        return cell(found[place]) if place < len(found) else None

    return value


def _started(row) -> object:
    return date_cell(row.started_on, row.started_precision)


def _joined(row: Membership) -> object:
    return date_cell(row.joined_on, row.joined_precision)


def _posts(*kinds: str) -> Callable[[Member], str]:
    def value(member: Member) -> str:
        return "；".join(post.words for post in member.sheet_posts if post.kind in kinds)

    return value


def _phone(member: Member) -> str:
    return member.contact.masked_phone if hasattr(member, "contact") else ""


_KIND = Appointment.Kind
PEOPLE = (
    SheetColumn(_("staff number"), lambda m: m.staff_number),
    SheetColumn(pgettext_lazy("person", "name"), lambda m: m.name),
    SheetColumn(_("sex"), lambda m: m.get_sex_display()),
    SheetColumn(_("ethnic group"), lambda m: m.ethnic_group),
    SheetColumn(_("born"), lambda m: date_cell(m.born_on, m.born_precision)),
    SheetColumn(_("democratic party"), _of("sheet_memberships", lambda r: r.party.short_name)),
    SheetColumn(_("joined the party"), _of("sheet_memberships", _joined)),
    SheetColumn(_("party organisation"), _of("sheet_memberships", lambda r: r.organisation)),
    SheetColumn(_("second party"), _of("sheet_memberships", lambda r: r.party.short_name, 1)),
    SheetColumn(_("joined the second party"), _of("sheet_memberships", _joined, 1)),
    SheetColumn(_("posts in parties"), _posts(_KIND.PARTY)),
    SheetColumn(_("employment"), _of("sheet_employments", lambda r: r.get_status_display())),
    SheetColumn(_("employed so since"), _of("sheet_employments", _started)),
    SheetColumn(_("department"), _of("sheet_employments", lambda r: r.department)),
    SheetColumn(_("full-time teacher"), _of("sheet_employments", lambda r: r.full_time_teacher)),
    SheetColumn(_("posts in the unit"), _posts(_KIND.SCHOOL, _KIND.CPC)),
    SheetColumn(_("professional title"), _of("sheet_titles", lambda r: r.name)),
    SheetColumn(_("level of the title"), _of("sheet_titles", lambda r: r.get_level_display())),
    SheetColumn(_("title since"), _of("sheet_titles", _started)),
    SheetColumn(_("schooling"), _of("sheet_schooling", lambda r: r.get_level_display())),
    SheetColumn(_("degree"), _of("sheet_schooling", lambda r: r.get_degree_display())),
    SheetColumn(_("public offices"), _posts(_KIND.CONGRESS, _KIND.CONSULTATIVE, _KIND.SOCIAL)),
    SheetColumn(_("Telephone"), _phone),
    SheetColumn(_("last checked"), lambda m: m.checked_on),
    SheetColumn(_("source of the entries"), lambda m: m.source),
    SheetColumn(_("note"), lambda m: m.note),
)
