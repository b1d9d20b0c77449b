"""Profiles: the roster of people and the page of one person."""

from datetime import date

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.admin.filters import (
    AtTitleLevel,
    CountedOn,
    InOrganisation,
    InParty,
    WithEmployment,
    day_asked_for,
)
from members.admin.merging import MergingAdmin
from members.admin.tables import (
    AppointmentBlocks,
    EducationTable,
    EmploymentTable,
    HonourTable,
    MembershipTable,
    TitleTable,
)
from members.models import Employment, Member, Membership, MergedEntry, Title
from members.person_rows import keys_of
from members.spreadsheets import PEOPLE, with_sheet_rows
from units.export_admin import SheetAdmin
from units.scoped_admin import UnitRowAdmin
from units.statistic import unknown_first


class _Roster(ChangeList):
    """The list of people with what held on the day; its length costs no further queries."""

    def get_queryset(self, request, exclude_parameters=None):
        day = day_asked_for(request)
        return (
            super()
            .get_queryset(request, exclude_parameters)
            .prefetch_related(
                _rows_on(day, "memberships", Membership.objects.select_related("party")),
                _rows_on(day, "employments", Employment.objects.select_related("department")),
                _rows_on(day, "titles", Title.objects.order_by(unknown_first("started_on"), "pk")),
            )
        )


def _rows_on(day: date, relation: str, rows) -> Prefetch:
    return Prefetch(relation, rows.on(day), to_attr=f"{relation}_on_day")


@admin.register(Member)
class MemberAdmin(MergingAdmin, SheetAdmin, UnitRowAdmin):
    """Profiles: found by name, pinyin, initials or staff number, with every dated row below."""

    fieldsets = [
        (None, {"fields": ["unit", ("name", "reading"), "sex", "staff_number"]}),
        (_("Person"), {"fields": ["ethnic_group", ("born_on", "born_precision")]}),
        (_("Care of these entries"), {"fields": ["checked_on", "source", "note"]}),
    ]
    inlines = [
        MembershipTable,
        EmploymentTable,
        AppointmentBlocks,
        TitleTable,
        EducationTable,
        HonourTable,
    ]
    list_display = ["name", "sex", "parties", "department", "employment", "title"]
    actions = ["merge_two"]
    list_filter = [CountedOn, InParty, InOrganisation, WithEmployment, AtTitleLevel]
    search_fields = ["name", "find_key", "staff_number__iexact"]
    search_help_text = _("Name, pinyin, initials or staff number: 徐文清, xuwenqing, xwq.")

    sheet_columns = PEOPLE
    import_kind = "people"

    def sheet_rows(self, request, rows: QuerySet[Member]) -> QuerySet[Member]:
        """The people as they stood on the day of the list."""
        return with_sheet_rows(rows, day=day_asked_for(request))

    def keys_in_history(self, row: Member) -> set[int]:
        """Also those of entries that have become one with this one."""
        return keys_of(row)

    def rows_in_history(self, request, row: Member):
        """Also that entries were merged, and why."""
        return [*super().rows_in_history(request, row), (MergedEntry, "member")]

    def view_on_site(self, obj: Member) -> str:
        """The person's page, with its short forms and the timeline."""
        return reverse("person", args=[obj.unit.code, obj.pk])

    def get_changelist(self, request, **kwargs):
        """The list that knows about the day."""
        return _Roster

    def get_search_results(self, request, queryset, search_term):
        """Pinyin may be typed in capitals."""
        return super().get_search_results(request, queryset, search_term.lower())

    @admin.display(description=_("democratic parties"))
    def parties(self, member: Member) -> str:
        """The parties on the day, in their official order."""
        return "、".join(row.party.short_name for row in member.memberships_on_day)

    @admin.display(description=_("department"))
    def department(self, member: Member) -> str:
        """The department on the day."""
        return "、".join(row.department.name for row in member.employments_on_day if row.department)

    @admin.display(description=_("employment"))
    def employment(self, member: Member) -> str:
        """In service or retired on the day; nothing for somebody who was not here."""
        return "、".join(row.get_status_display() for row in member.employments_on_day)

    @admin.display(description=_("professional title"))
    def title(self, member: Member) -> str:
        """The title awarded last before the day."""
        return member.titles_on_day[-1].name if member.titles_on_day else ""
