"""One dated row of a person by itself, and honours."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from members.admin.tables import DATES, AppointmentBlocks, EducationTable, HonourTable
from members.models import Appointment, Education, Employment, Honour, Membership, Title
from units.scoped_admin import UnitRowAdmin


class _RowOfPersonAdmin(UnitRowAdmin):
    """A dated row by itself: reached from the person's page, with its own history."""

    autocomplete_fields = ["member"]
    search_fields = ["member__name", "member__find_key"]
    list_select_related = ["member"]

    def get_model_perms(self, request):
        """Nothing on the admin's front page: the way leads through the person."""
        return {}


@admin.register(Membership)
class MembershipAdmin(_RowOfPersonAdmin):
    """One membership."""

    fields = ["unit", "member", "party", "organisation", *DATES]
    autocomplete_fields = ["member", "organisation"]
    list_display = ["member", "party", "organisation", "started_on", "ended_on"]
    list_select_related = ["member", "party", "organisation"]
    list_filter = ["party"]


@admin.register(Employment)
class EmploymentAdmin(_RowOfPersonAdmin):
    """One employment."""

    fields = ["unit", "member", "status", "department", "full_time_teacher", *DATES]
    autocomplete_fields = ["member", "department"]
    list_display = ["member", "status", "department", "full_time_teacher", "started_on", "ended_on"]
    list_select_related = ["member", "department"]
    list_filter = ["status", "full_time_teacher"]


@admin.register(Appointment)
class AppointmentAdmin(_RowOfPersonAdmin):
    """One post."""

    fields = ["unit", "member", *AppointmentBlocks.fields]
    autocomplete_fields = ["member", "organisation"]
    list_display = ["member", "words", "level", "started_on", "ended_on"]
    list_select_related = ["member", "party", "organisation"]
    list_filter = ["kind", "level"]

    @admin.display(description=_("post"))
    def words(self, post: Appointment) -> str:
        """The post with its body, as a sentence names it."""
        return post.words


@admin.register(Title)
class TitleAdmin(_RowOfPersonAdmin):
    """One professional title."""

    fields = ["unit", "member", "name", "level", "code", *DATES]
    list_display = ["member", "name", "level", "started_on", "ended_on"]
    list_filter = ["level"]


@admin.register(Education)
class EducationAdmin(_RowOfPersonAdmin):
    """One completed schooling."""

    fields = ["unit", "member", *EducationTable.fields]
    list_display = ["member", "level", "degree", "completed_on"]
    list_filter = ["level", "degree"]


@admin.register(Honour)
class HonourAdmin(UnitRowAdmin):
    """Honours of people, organisations and the unit itself."""

    fields = ["unit", "member", "organisation", *HonourTable.fields]
    autocomplete_fields = ["member", "organisation"]
    list_display = ["title", "level", "performance_year", "member", "organisation"]
    list_select_related = ["member", "organisation"]
    list_filter = ["level", "performance_year"]
    search_fields = ["title", "member__name", "organisation__name"]
