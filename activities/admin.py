"""The admin's pages about activities and the aid ledger."""

from django.contrib import admin

from activities.models import (
    Activity,
    AidRound,
    Gift,
    GiftDonor,
    Grant,
    GuestGroup,
    Participation,
    Recipient,
    Series,
    Theme,
)
from activities.models.ledger import is_booked
from units.scoped_admin import UnitRowAdmin, UnitRowTable


class ParticipationTable(UnitRowTable):
    """Colleagues who came or were excused."""

    model = Participation
    fields = ["member", "status", "reason"]
    autocomplete_fields = ["member"]
    select_related = ("member",)


class GuestGroupTable(UnitRowTable):
    """Guests, by what they came as."""

    model = GuestGroup
    fields = ["position", "capacity", "number"]


@admin.register(Activity)
class ActivityAdmin(UnitRowAdmin):
    """Everything that happened, consultations included."""

    fields = [
        "unit",
        ("kind", "title"),
        ("started_on", "precision", "ended_on"),
        ("times", "occasion", "place"),
        ("series", "themes"),
        ("organisers", "partner"),
        ("head_count", "head_count_is_about", "head_count_note"),
        "summary",
    ]
    autocomplete_fields = ["series", "themes", "organisers"]
    inlines = [ParticipationTable, GuestGroupTable]
    list_display = ["title", "kind", "started_on", "place", "series", "times"]
    list_select_related = ["series"]
    list_filter = ["kind", "series"]
    date_hierarchy = "started_on"
    ordering = ["-started_on", "-pk"]
    search_fields = ["title", "place", "occasion", "partner"]


class _NamedInOrderAdmin(UnitRowAdmin):
    fields = ["unit", "name", "position"]
    list_display = ["name", "position"]
    search_fields = ["name"]


@admin.register(Theme)
class ThemeAdmin(_NamedInOrderAdmin):
    """The unit's list of themes."""


@admin.register(Series)
class SeriesAdmin(_NamedInOrderAdmin):
    """The unit's recurring platforms."""


class GiftTable(UnitRowTable):
    """The gifts of a round; who gave each stands on its own page."""

    model = Gift
    fields = ["kind", "amount", "goods", "received_on"]
    show_change_link = True


class GrantTable(UnitRowTable):
    """The payments of a round."""

    model = Grant
    fields = ["recipient", "gift", "amount", "granted_on"]
    autocomplete_fields = ["recipient"]
    select_related = ("recipient", "gift")

    def get_formset(self, request, obj=None, **kwargs):
        """A payment comes out of a gift of the same round."""
        formset = super().get_formset(request, obj, **kwargs)
        if "gift" in formset.form.base_fields:
            formset.form.base_fields["gift"].queryset = Gift.objects.filter(aid_round=obj)
        return formset


@admin.register(AidRound)
class AidRoundAdmin(UnitRowAdmin):
    """A round of aid with its gifts and payments."""

    fields = ["unit", "name", "opened_on", "community", "ceremony"]
    autocomplete_fields = ["ceremony"]
    inlines = [GiftTable, GrantTable]
    list_display = ["name", "opened_on", "community"]
    date_hierarchy = "opened_on"
    search_fields = ["name", "community"]


class GiftDonorTable(UnitRowTable):
    """Who gave, in the order of signing."""

    model = GiftDonor
    fields = ["position", "member", "organisation", "party", "share"]
    autocomplete_fields = ["member", "organisation"]
    select_related = ("member", "organisation", "party")


@admin.register(Gift)
class GiftAdmin(UnitRowAdmin):
    """One gift and its givers."""

    fields = ["unit", "aid_round", ("kind", "amount", "goods"), "received_on"]
    autocomplete_fields = ["aid_round"]
    inlines = [GiftDonorTable]
    list_display = ["aid_round", "kind", "amount", "goods", "received_on"]
    list_select_related = ["aid_round"]
    list_filter = ["kind"]
    search_fields = ["aid_round__name", "goods"]

    def has_change_permission(self, request, obj=None):
        """Not for a gift that stands in a closed account."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or not is_booked(obj))


@admin.register(Recipient)
class RecipientAdmin(UnitRowAdmin):
    """Who is helped, by code."""

    fields = ["unit", "code", "category", "stage", "community"]
    list_display = ["code", "category", "stage", "community"]
    list_filter = ["category", "stage"]
    search_fields = ["code", "community"]
