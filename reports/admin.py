"""The admin's pages about outlines and reports with their sections."""

from django.contrib import admin

from reports.models import Outline, OutlineSection, Report, Section
from reports.states import State
from units.scoped_admin import UnitRowAdmin, UnitRowBlocks

_SECTION = [("position", "level", "heading"), "body"]


class OutlineSectionBlocks(UnitRowBlocks):
    """The sections a new report begins with."""

    model = OutlineSection
    fields = _SECTION


class SectionBlocks(UnitRowBlocks):
    """The sections of a report; to be read only once it is handed in."""

    model = Section
    fields = _SECTION

    def has_add_permission(self, request, obj):
        """Whether a section may be added to the report."""
        return super().has_add_permission(request, obj) and _is_draft(obj)

    def has_change_permission(self, request, obj=None):
        """Whether the report's sections may be changed."""
        return super().has_change_permission(request, obj) and _is_draft(obj)

    def has_delete_permission(self, request, obj=None):
        """Whether one may be taken out."""
        return super().has_delete_permission(request, obj) and _is_draft(obj)


@admin.register(Outline)
class OutlineAdmin(UnitRowAdmin):
    """A unit's patterns for its reports."""

    fields = ["unit", "label", "name", "title", "subtitle"]
    inlines = [OutlineSectionBlocks]
    list_display = ["label", "title"]
    search_fields = ["label", "title"]


@admin.register(Report)
class ReportAdmin(UnitRowAdmin):
    """Yearly summaries."""

    fields = ["unit", "year", "name", "title", "subtitle", ("signatory", "signed_on")]
    inlines = [SectionBlocks]
    list_display = ["year", "title", "signatory", "signed_on"]
    list_filter = ["year"]
    search_fields = ["title", "name"]

    def has_change_permission(self, request, obj=None):
        """As for every record, while the report is a draft."""
        return super().has_change_permission(request, obj) and _is_draft(obj)

    def has_delete_permission(self, request, obj=None):
        """As for every record, while the report is a draft."""
        return super().has_delete_permission(request, obj) and _is_draft(obj)


def _is_draft(report: Report | None) -> bool:
    return report is None or report.state is State.DRAFT
