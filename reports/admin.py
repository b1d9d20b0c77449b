"""The admin's pages about outlines and reports with their sections."""

from django.contrib import admin

from reports.models import Outline, OutlineSection, Report, Section
from units.scoped_admin import UnitRowAdmin, UnitRowBlocks

_SECTION = [("position", "level", "heading"), "body"]


class OutlineSectionBlocks(UnitRowBlocks):
    """The sections a new report begins with."""

    model = OutlineSection
    fields = _SECTION


class SectionBlocks(UnitRowBlocks):
    """The sections of a report."""

    model = Section
    fields = _SECTION


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
