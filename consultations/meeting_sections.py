"""What this room adds to the form and the page of an activity that is a consultation."""

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activities.entry_sections import EntrySection, register
from consultations.agenda_forms import AgendaFormSet
from consultations.meeting_forms import SuggestionRowSet
from consultations.models import AgendaItem, Suggestion, Tally
from consultations.models.consultation import COUNTED, KINDS
from consultations.tally_forms import TallyForm

_STYLES = ("consultations/suggestions.css", "consultations/meeting.css")


class AgendaSection(EntrySection):
    """What was reported, and on what opinions were heard."""

    name = "agenda"
    kinds = frozenset(KINDS)
    form_template = "consultations/_agenda_form.html"
    page_template = "consultations/_agenda.html"
    styles = _STYLES
    words = ("agenda_items__subject",)

    def make_form(self, activity, data=None, *, copied=None):
        """The points; a new activity begins with those of the one it is made after."""
        return AgendaFormSet(data, activity=activity, copied=copied)

    def rows(self, activity):
        """The points."""
        return AgendaItem.objects.filter(consultation=activity.pk)

    def save(self, part, activity):
        """Store the points."""
        part.save(activity)

    def page_context(self, activity):
        """The points in their order."""
        items = AgendaItem.objects.filter(consultation=activity.pk).select_related("department")
        return {"items": list(items.order_by("position", "pk"))}

    def with_facts(self, rows):
        """Whether there is any point."""
        return rows.annotate(has_agenda=self.holding())

    def lacks(self, activity):
        """A meeting that is there to report and hear has an agenda."""
        if activity.kind not in COUNTED and not activity.has_agenda:
            yield "agenda-0-subject", _("what was reported or heard")

    def rows_shown(self, part):
        """The points it was made of."""
        return part.stored.values()

    def holding(self):
        """Whether there is any point."""
        return Exists(AgendaItem.objects.filter(consultation=OuterRef("pk")))

    def remove(self, activity):
        """The points go with their activity."""
        for row in self.rows(activity):
            row.delete()


class TallySection(EntrySection):
    """How many took part in a hearing or poll, how many of the parties, and how they voted."""

    name = "tally"
    kinds = frozenset(COUNTED)
    form_template = "consultations/_tally_form.html"
    page_template = "consultations/_tally.html"

    def make_form(self, activity, data=None, *, copied=None):
        """The totals."""
        return TallyForm(data, activity=activity)

    def rows(self, activity):
        """The tally, if there is one."""
        return Tally.objects.filter(consultation=activity.pk)

    def save(self, part, activity):
        """Store the totals."""
        part.save_for(activity)

    def page_context(self, activity):
        """(label, number) of what is known."""
        tally = self.rows(activity).first()
        names = ("took_part", "party_members", "in_favour", "against", "abstained")
        known = [(name, getattr(tally, name, None)) for name in names]
        labels = {name: Tally._meta.get_field(name).verbose_name for name in names}
        return {"lines": [(labels[name], n) for name, n in known if n is not None]}

    def with_facts(self, rows):
        """Whether the seats are counted."""
        counted = Tally.objects.filter(consultation=OuterRef("pk"), party_members__isnull=False)
        return rows.annotate(has_seats=Exists(counted))

    def lacks(self, activity):
        """How many of those who took part belong to the parties is what the report asks."""
        if not activity.has_seats:
            yield "tally-party_members", _("seats taken by members of democratic parties")

    def rows_shown(self, part):
        """The tally it was made of, if there was one."""
        return [part.instance] if part.is_stored else []

    def holding(self):
        """Whether there is a tally."""
        return Exists(Tally.objects.filter(consultation=OuterRef("pk")))

    def remove(self, activity):
        """The tally goes with its activity."""
        for row in self.rows(activity):
            row.delete()


class SuggestionSection(EntrySection):
    """What was suggested there. Suggestions are records of their own and are never removed."""

    name = "suggestions"
    kinds = frozenset(KINDS)
    form_template = "consultations/_suggestions_form.html"
    page_template = "consultations/_suggestions.html"
    styles = _STYLES
    words = ("suggestions__wording",)

    def make_form(self, activity, data=None, *, copied=None):
        """The suggestions; an activity made after another one begins without any."""
        return SuggestionRowSet(data, activity=activity, today=timezone.localdate())

    def rows(self, activity):
        """The suggestions made there."""
        return Suggestion.objects.filter(consultation=activity.pk)

    def save(self, part, activity):
        """Register and change them."""
        part.save(activity)

    def page_context(self, activity):
        """The suggestions with how they stand today."""
        rows = self.rows(activity).with_course(day=timezone.localdate())
        joined = rows.select_related("organisation", "department").prefetch_related("proposers")
        return {"rows": list(joined.order_by("year", "number"))}

    def rows_shown(self, part):
        """The suggestions it was made of."""
        return part.stored.values()

    def holding(self):
        """Whether there is any suggestion."""
        return Exists(Suggestion.objects.filter(consultation=OuterRef("pk")))


def connect():
    """Add the sections, once, when the app is ready."""
    for section in (TallySection(), AgendaSection(), SuggestionSection()):
        register(section)
