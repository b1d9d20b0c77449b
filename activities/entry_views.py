"""Entering activities: a new one, after a notice or after an old one, and changing one."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from activities.attendance_forms import AttendanceForm
from activities.entry_forms import ActivityForm
from activities.entry_sections import EntrySection, sections_of, styles_of
from activities.guest_forms import GuestFormSet, capacities_used
from activities.kinds import ASKED
from activities.models import Activity
from activities.notice_forms import NoticeForm, read_from_address
from activities.years import day_typed, year_understood
from units.careful_page import CarefulPage, Part
from units.desk import unit_to_keep
from units.models import Unit


class _EntryPage(CarefulPage):
    """The one form: the activity, who came, guests, and what other rooms add for its kind."""

    model = Activity
    template_name = "activities/enter.html"
    unit: Unit
    source: Activity | None = None
    stored_title = ""
    sections: tuple[EntrySection, ...] = ()

    def find_row(self):
        """The stored activity, or None on a page for a new one."""
        raise NotImplementedError

    def make_parts(self, data=None, files=None) -> dict[str, Part]:
        """The activity's own form, attendance, guests, and the parts of other rooms."""
        self.activity = self.row or self.new_activity()
        asked = data or self.request.GET
        self.year = year = year_understood(self.activity, asked, today=_today())
        main = ActivityForm(data, instance=self.activity, year=year, initial=self.initial())
        attendance = AttendanceForm(
            data,
            instance=self.activity,
            day=day_typed(data, year) if data else self.activity.started_on,
            today=_today(),
            kind=self._kind_typed(data),
        )
        parts = {"main": main, "attendance": attendance}
        if ASKED[self.activity.kind].guests or self._has_guests():
            parts["guests"] = GuestFormSet(data, activity=self.activity, copied=self.source)
        # Those of the stored kind: the form changes the activity's kind when it is checked.
        self.sections = sections_of(self.activity.kind)
        for section in self.sections:
            parts[section.name] = section.make_form(self.activity, data, copied=self.source)
        self.parts = parts
        return parts

    def _kind_typed(self, data) -> str:
        """A stored activity may become another kind, to which its attendance must fit."""
        typed = data.get("kind", "") if data and self.row else ""
        return typed if typed in ASKED else self.activity.kind

    def new_activity(self) -> Activity:
        """The activity that a page for a new one begins with."""
        raise NotImplementedError

    def initial(self) -> dict:
        """Values to begin with."""
        return {}

    def _has_guests(self) -> bool:
        return self.row is not None and self.row.guest_groups.exists()

    def rows_shown(self):
        """The activity and everything that was entered with it, as the parts were made of it."""
        yield self.row
        yield from self.parts["attendance"].rows
        yield from self.parts["guests"].before if "guests" in self.parts else ()
        for section in self.sections:
            yield from section.rows_shown(self.parts[section.name])

    def check_together(self, parts):
        """The head count agrees with list and guests, or says why it does not; what was entered
        belongs to the kind."""
        for section in self.sections:
            if self.activity.kind not in section.kinds and section.is_filled(parts[section.name]):
                parts["main"].add_error("kind", _("This kind has no place for what is entered."))
        guests, all_counted = parts["guests"].number if "guests" in parts else (0, True)
        parts["attendance"].refuse_disagreement(guests=guests, all_counted=all_counted)

    def save(self, parts) -> Activity:
        """The activity with everything entered with it."""
        row = parts["main"].save()
        parts["attendance"].save_names(row)
        if "guests" in parts:
            parts["guests"].save(row)
        for section in self.sections:
            if row.kind in section.kinds:
                section.save(parts[section.name], row)
        messages.success(self.request, _("Saved."))
        return row

    def address_after(self, row):
        """The activity's page, which says what is still missing."""
        return reverse("activity", args=[self.unit.code, row.pk])

    def page_context(self) -> dict:
        """What the template needs besides the parts."""
        return {
            "unit": self.unit,
            "activity": self.activity,
            "styles": styles_of(self.activity.kind),
            "asked": ASKED[self.activity.kind],
            "source": self.source,
            "stored_title": self.stored_title,
            "section_parts": [(each, self.parts[each.name]) for each in self.sections],
            "capacities": capacities_used(self.unit),
            "form_address": self.form_address(),
            "year_understood": self.year,
        }

    def form_address(self) -> str:
        """Where the form is sent; what is typed is kept under this address."""
        return self.request.path


class EnterActivity(_EntryPage):
    """An empty form for one kind."""

    def find_row(self):
        """None: the page is for a new activity. Checks the right to add one."""
        self.unit = unit_to_keep(self.request, self.kwargs["unit"], "activities.add_activity")
        if self.kind not in ASKED:
            raise Http404

    @property
    def kind(self) -> str:
        """The kind that stands in the address."""
        return self.kwargs["kind"]

    def new_activity(self):
        """An activity of the unit and of that kind, with what was read from a notice."""
        asked = self.request.GET
        plain = Activity(unit=self.unit, kind=self.kind)
        year = year_understood(plain, asked, today=_today()) if asked.get("started_on") else 0
        return Activity(unit=self.unit, kind=self.kind, **read_from_address(asked, year=year))

    def form_address(self):
        """Forms filled from a notice or an old activity are sent here too."""
        return reverse("enter-activity", args=[self.unit.code, self.activity.kind])


class EditActivity(_EntryPage):
    """The same form for a stored activity."""

    def find_row(self):
        """The activity, read afresh. Checks the right to change it."""
        self.unit = unit_to_keep(self.request, self.kwargs["unit"], "activities.change_activity")
        row = get_object_or_404(Activity, unit=self.unit, pk=self.kwargs["pk"])
        row.unit = self.unit
        self.stored_title = str(row)
        return row


class CopyActivity(EnterActivity):
    """A new form filled after an old activity: not its date, summary, attendance and evidence."""

    http_method_names = ["get", "head", "options"]

    def find_row(self):
        """None; the activity that is copied is ``source``."""
        self.unit = unit_to_keep(self.request, self.kwargs["unit"], "activities.add_activity")
        self.source = get_object_or_404(Activity, unit=self.unit, pk=self.kwargs["pk"])

    def new_activity(self):
        """One like the old one, without what belonged to its day: what was said or done there."""
        kept = ("title", "place", "times", "occasion", "partner", "series")
        values = {name: getattr(self.source, name) for name in kept}
        return Activity(unit=self.unit, kind=self.source.kind, **values)

    def initial(self):
        """The old one's themes and organisers."""
        return {
            name: [str(row.pk) for row in getattr(self.source, name).all()]
            for name in ("themes", "organisers")
        }


@require_safe
def choose_kind(request: HttpRequest, unit: str) -> HttpResponse:
    """The kinds as large buttons, and a place for a notice."""
    keeper = unit_to_keep(request, unit, "activities.add_activity")
    labels = dict(Activity.Kind.choices)
    kinds = [(kind, labels[kind]) for kind in ASKED]
    year = request.GET.get("year", "")
    query = f"?year={year}" if year.isdecimal() else ""
    context = {"unit": keeper, "kinds": kinds, "query": query, "form": NoticeForm()}
    return render(request, "activities/choose_kind.html", context)


def _today() -> date:
    return timezone.localdate()
