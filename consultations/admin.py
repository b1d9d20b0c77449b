"""The admin's pages about consultations and about suggestions with their replies."""

from django.contrib import admin
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from activities.models import GuestGroup, Participation
from consultations.models import (
    Adoption,
    AgendaItem,
    Consultation,
    Policy,
    Promise,
    Proposal,
    Reply,
    Step,
    Suggestion,
)
from consultations.models.consultation import KINDS
from consultations.unsigning import forget_proposers
from units.scoped_admin import UnitRowAdmin, UnitRowForm, UnitRowTable


class AgendaItemTable(UnitRowTable):
    """What was reported, and on what opinions were heard."""

    model = AgendaItem
    fields = ["position", "kind", "subject", "department"]


class ParticipationTable(UnitRowTable):
    """Colleagues who came or were excused."""

    model = Participation
    fields = ["member", "status"]
    autocomplete_fields = ["member"]
    select_related = ("member",)


class GuestGroupTable(UnitRowTable):
    """Guests, by what they came as."""

    model = GuestGroup
    fields = ["position", "capacity", "number"]


@admin.register(Consultation)
class ConsultationAdmin(UnitRowAdmin):
    """Symposia, briefings, hearings, polls and written requests."""

    fields = [
        "unit",
        ("kind", "title"),
        ("started_on", "precision", "ended_on"),
        ("times", "occasion", "place"),
        "organisers",
        ("head_count", "head_count_is_about", "head_count_note"),
        "summary",
    ]
    autocomplete_fields = ["organisers"]
    inlines = [AgendaItemTable, ParticipationTable, GuestGroupTable]
    list_display = ["title", "kind", "started_on", "occasion", "times"]
    list_filter = ["kind"]
    date_hierarchy = "started_on"
    ordering = ["-started_on", "-pk"]
    search_fields = ["title", "occasion", "agenda_items__subject"]

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        """Only the kinds that are consultations: another would vanish from this list."""
        if db_field.name == "kind":
            kwargs["choices"] = [("", "---------"), *((kind.value, kind.label) for kind in KINDS)]
        return super().formfield_for_choice_field(db_field, request, **kwargs)


class SuggestionForm(UnitRowForm):
    """A suggestion, with its proposers exactly where persons sign it."""

    def clean(self):
        """Keep no trace of who spoke in a suggestion that is not signed by persons."""
        cleaned = super().clean()
        signed_by_persons = self.cleaned_data.get("signature") == Suggestion.Signature.PERSONS
        proposers = self.cleaned_data.get("proposers")
        if proposers is not None and bool(proposers) != signed_by_persons:
            self.add_error(
                "proposers", _("Name proposers if, and only if, persons sign the suggestion.")
            )
        return cleaned


class _Kept(UnitRowTable):
    """Rows that the pages of the unit add one by one, in their order; here they are read."""

    def has_add_permission(self, request, obj=None):
        """Nobody here: a step has to fit into the course."""
        return False

    has_change_permission = has_delete_permission = has_add_permission


class ReplyTable(_Kept):
    """Replies, the first one first."""

    model = Reply
    fields = ["replied_on", "way", "wording"]


class StepTable(_Kept):
    """What else was done, the first step first."""

    model = Step
    fk_name = "suggestion"
    fields = ["on", "kind", "words", "department", "due_on", "result", "satisfaction"]
    select_related = ("department",)


@admin.register(Suggestion)
class SuggestionAdmin(UnitRowAdmin):
    """The ledger of suggestions."""

    form = SuggestionForm
    fields = [
        "unit",
        ("year", "number", "registered_on"),
        ("consultation", "category", "department"),
        ("wording", "edited"),
        ("signature", "organisation", "proposers"),
        "may_be_published",
    ]
    autocomplete_fields = ["consultation", "organisation", "proposers"]
    inlines = [ReplyTable, StepTable]
    list_display = ["number_written", "registered_on", "category", "replied_on"]
    list_filter = ["year", "signature"]
    ordering = ["-year", "-number"]
    search_fields = ["wording", "category"]

    def save_related(self, request, form, formsets, change):
        """As ever; where it is not signed any more, forget who had signed it."""
        super().save_related(request, form, formsets, change)
        row = form.instance
        if change and "signature" in form.changed_data and row.signature == row.Signature.UNSIGNED:
            forget_proposers(row)

    def get_queryset(self, request):
        """The suggestions, with the day of the latest reply."""
        return super().get_queryset(request).annotate(latest_reply=Max("replies__replied_on"))

    @admin.display(description=_("number"), ordering="number")
    def number_written(self, suggestion: Suggestion) -> str:
        """The number within its year: 2017-3."""
        return str(suggestion)

    @admin.display(description=_("replied"), ordering="latest_reply")
    def replied_on(self, suggestion: Suggestion):
        """The day of the latest reply, or nothing."""
        return suggestion.latest_reply


class AdoptionTable(UnitRowTable):
    """Who took it up, and at which level."""

    model = Adoption
    fields = ["body", "level", "adopted_on", "instruction"]


@admin.register(Proposal)
class ProposalAdmin(UnitRowAdmin):
    """What members propose outside the unit."""

    fields = [
        "unit",
        ("kind", "title"),
        ("proposers", "organisation"),
        ("channel", "submitted_on"),
    ]
    autocomplete_fields = ["proposers", "organisation"]
    inlines = [AdoptionTable]
    list_display = ["title", "kind", "channel", "submitted_on"]
    list_filter = ["kind"]
    date_hierarchy = "submitted_on"
    search_fields = ["title", "channel"]


@admin.register(Promise)
class PromiseAdmin(UnitRowAdmin):
    """What a report announced for the next year."""

    fields = ["unit", ("made_in", "kind", "position"), "wording"]
    list_display = ["wording", "kind", "made_in"]
    list_filter = ["made_in", "kind"]
    search_fields = ["wording"]


@admin.register(Policy)
class PolicyAdmin(UnitRowAdmin):
    """The deadlines that the unit gives itself."""

    fields = [
        "unit",
        ("accept_within", "reply_within"),
        ("longest", "remind_before"),
        "remind_to",
    ]
    list_display = ["accept_within", "reply_within", "longest", "remind_before"]
