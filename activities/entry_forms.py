"""The form on which an activity is entered: what its kind asks for, and what is stored already."""

from django import forms
from django.db.models import Exists, Max, Model, OuterRef
from django.utils.translation import gettext_lazy as _

from activities.entry_sections import all_sections
from activities.kinds import ASKED
from activities.models import Activity, AidRound, Participation, Series, Talk, Theme
from activities.organising import organisation_called
from members.models import Organisation
from units.dates import Precision
from units.models import Unit
from units.page_forms import DayField, WholeRowForm, WrittenDateField
from units.picking import PickField, PickOneField

_ALWAYS = ("kind", "started_on", "title")
_PICKED = ("themes", "organisers")


class ActivityForm(WholeRowForm):
    """One activity. Only its kind is compulsory; what the kind does not ask for is not shown.

    ``year`` is understood in dates written without one.
    """

    started_on = WrittenDateField(label=_("Date"), required=False)
    ended_on = DayField(
        label=_("last day"), required=False, help_text=_("Empty if it took one day.")
    )

    class Meta:
        model = Activity
        fields = (
            *("kind", "started_on", "ended_on", "title", "place"),
            *("times", "occasion", "partner", "summary"),
        )
        widgets = {"summary": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, year: int, **kwargs):
        super().__init__(*args, **kwargs)
        self._add_pickers(self.instance.unit)
        self._keep_what_is_asked()
        self._settle_dates(year)
        self._settle_kind()
        self._settle_words()

    # --- what is shown ---

    def _add_pickers(self, unit: Unit):
        self._note_picked()
        asked = set(ASKED[self.instance.kind].fields)
        for name, make in _PICKERS.items():
            # The list of one that is not on the form need not be read.
            if name in asked or self.initial.get(name):
                self.fields[name] = make(unit)
                self.fields[name].widget.attrs["class"] = "form-select"

    def _note_picked(self):
        """The keys of what is picked already, as the pickers take them."""
        for name in _PICKED if self.instance.pk else ():
            rows = getattr(self.instance, name).all()
            self.initial.setdefault(name, [str(row.pk) for row in rows])
        self.initial["series"] = str(self.initial.get("series") or self.instance.series_id or "")

    def _keep_what_is_asked(self):
        """Leave out what this kind does not ask for, unless something stands there already."""
        asked = ASKED[self.instance.kind]
        wanted = {*_ALWAYS, *asked.fields}
        for name in [each for each in self.fields if each not in wanted]:
            if not self._has_value(name):
                del self.fields[name]
        self.order_fields([*_ALWAYS, *asked.fields])

    def _has_value(self, name: str) -> bool:
        if name == "times":
            return self.instance.times != 1
        return bool(self.initial.get(name))

    def _settle_dates(self, year: int):
        when = self.fields["started_on"]
        when.year = year
        when.help_text = _("As on paper: 6.19, 2017年6月 or 2017. Without a year, %(year)s.") % {
            "year": year
        }
        when.widget.attrs["placeholder"] = f"{year}-6-19"
        self.initial["started_on"] = (self.instance.started_on, self.instance.precision)
        if "ended_on" in self.fields:
            self.fields["ended_on"].year = year

    def _settle_kind(self):
        """A stored activity may become any kind that can hold what was entered with it."""
        field = self.fields["kind"]
        if self.instance.pk is None:
            field.widget, field.disabled = forms.HiddenInput(), True
            return
        fitting = kinds_for(self.instance)
        field.choices = [(kind, label) for kind, label in Activity.Kind.choices if kind in fitting]

    def _settle_words(self):
        for name in self.fields.keys() & {"title", "place", "partner", "occasion"}:
            self.fields[name].widget.attrs["autocomplete"] = "off"
        if "times" in self.fields:
            self.fields["times"].required = False
        if self.instance.kind == Activity.Kind.TALK:
            self.fields["title"].help_text = _(
                "The topic in a few words; nothing about what somebody said or thinks."
            )

    # --- what was entered ---

    def clean_times(self):
        """An activity whose number of times is left empty took place once."""
        return self.cleaned_data["times"] or 1

    def clean(self):
        """Take the date apart into the day and how precisely it is known."""
        cleaned = super().clean()
        day, precision = cleaned.get("started_on") or (None, Precision.DAY)
        cleaned["started_on"], self.instance.precision = day, precision
        if picked := cleaned.get("series"):
            self.instance.series = picked.rows[0] if picked.rows else None
        elif "series" in cleaned:
            self.instance.series = None
        return cleaned

    def save(self, commit=True):
        """The activity, with what was picked and what was typed anew."""
        if "series" in self.fields and self.cleaned_data["series"]:
            self.instance.series = self.cleaned_data["series"].stored()[0]
        row = super().save(commit)
        for name in self.fields.keys() & set(_PICKED):
            picked = self.cleaned_data[name]
            for place, new in enumerate(picked.new):
                new.position += place
            getattr(row, name).set(picked.stored())
        return row


def kinds_for(activity: Activity) -> set[str]:
    """The kinds that a stored activity may have, with what others have entered about it."""
    kinds_by_fact = {f"in_{section.name}": section.kinds for section in all_sections()} | {
        "by_name": {kind for kind, asked in ASKED.items() if asked.by_name},
        "for_aid": {Activity.Kind.CEREMONY},
        "of_a_talk": {Activity.Kind.TALK},
    }
    facts = {f"in_{section.name}": section.holding() for section in all_sections()} | {
        "by_name": Exists(Participation.objects.filter(activity=OuterRef("pk"))),
        "for_aid": Exists(AidRound.objects.filter(ceremony=OuterRef("pk"))),
        "of_a_talk": Exists(Talk.objects.filter(activity=OuterRef("pk"))),
    }
    known = Activity.objects.filter(pk=activity.pk).values(**facts).get()
    fitting = set(Activity.Kind.values)
    for fact, kinds in kinds_by_fact.items():
        fitting &= kinds if known[fact] else fitting
    return fitting | {activity.kind}


def _series(unit: Unit) -> PickOneField:
    rows = Series.objects.filter(unit=unit)
    return PickOneField(rows, label=_("Series"), make=lambda n: _next_in_list(Series, unit, n))


def _themes(unit: Unit) -> PickField:
    rows = Theme.objects.filter(unit=unit)
    return PickField(rows, label=_("Themes"), make=lambda n: _next_in_list(Theme, unit, n))


def _organisers(unit: Unit) -> PickField:
    rows = Organisation.objects.filter(unit=unit)
    return PickField(
        rows, label=_("Organisers"), make=lambda name: organisation_called(name, unit=unit)
    )


_PICKERS = {"series": _series, "themes": _themes, "organisers": _organisers}


def _next_in_list(model: type[Model], unit: Unit, name: str) -> Model:
    """An unsaved row at the end of the unit's list."""
    last = model.objects.filter(unit=unit).aggregate(last=Max("position"))["last"]
    return model(unit=unit, name=name, position=(last or 0) + 1)
