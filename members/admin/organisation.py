"""Branches with their earlier names, and the eight parties to look at."""

from django.contrib import admin
from django.db.models import Q

from members.admin.tables import DATES
from members.models import Organisation, OrganisationName, Party
from units.models import Unit
from units.roles import Right
from units.scoped_admin import UnitRowAdmin, UnitRowTable


class EarlierNameTable(UnitRowTable):
    """Names an organisation bore before."""

    model = OrganisationName
    fields = ["name", *DATES]


@admin.register(Organisation)
class OrganisationAdmin(UnitRowAdmin):
    """Branches and committees of the Communist Party and of the democratic parties."""

    fields = ["unit", "party", "level", "parent", "name", "position", "other_units", *DATES]
    autocomplete_fields = ["parent"]
    inlines = [EarlierNameTable]
    list_display = ["name", "party", "level", "parent", "started_on", "ended_on"]
    list_select_related = ["party", "parent"]
    list_filter = ["party", "level"]
    search_fields = ["name", "earlier_names__name"]

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """A joint branch spans units of one district, so only those are named."""
        if db_field.name == "other_units":
            kwargs["queryset"] = _units_of_the_same_tree(request.user)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


def _units_of_the_same_tree(user):
    paths = user.units_with_records().values_list("path", flat=True)
    tree = Q(pk__in=[])
    for root in {path.split("/")[0] for path in paths}:
        tree |= Q(path__startswith=f"{root}/")
    return Unit.objects.filter(tree)


@admin.register(Party)
class PartyAdmin(admin.ModelAdmin):
    """The eight parties, to look at: the list is laid down in GB/T 4762."""

    list_display = ["name", "short_name", "brief", "member_word", "basic_unit_word"]

    def has_view_permission(self, request, obj=None):
        """Whoever may see records."""
        return request.user.has_right(Right.SEE_RECORDS)

    def has_add_permission(self, request):
        """Never: nobody founds a ninth."""
        return False

    def has_change_permission(self, request, obj=None):
        """Never."""
        return False

    def has_delete_permission(self, request, obj=None):
        """Never."""
        return False
