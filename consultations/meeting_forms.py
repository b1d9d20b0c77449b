"""What was suggested at a meeting: rows, or text pasted one suggestion a line."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.models import Activity
from consultations import registering
from consultations.models import Suggestion
from consultations.models.consultation import COUNTED
from consultations.pasting import MOST, PASTED, with_pasted
from consultations.row_forms import RowForm, RowOfList, RowSet
from consultations.signers import Register, Signers
from units.models import Department, Unit

PREFIX = "suggestions"
_FIELDS = ("wording", "category", "department")


class SuggestionRow(RowForm):
    """One suggestion; what else is known of it stands on its own page."""

    main = "wording"
    wording = forms.CharField(
        label=pgettext_lazy("suggestion", "Wording"),
        required=False,
        max_length=Suggestion._meta.get_field("wording").max_length,
        widget=forms.Textarea({"rows": 2}),
    )
    signed_by = forms.CharField(
        label=pgettext_lazy("suggestion", "Signed by"),
        required=False,
        max_length=200,
        widget=forms.TextInput({"list": "signers", "autocomplete": "off"}),
    )
    category = forms.CharField(
        label=_("Category"),
        required=False,
        max_length=Suggestion._meta.get_field("category").max_length,
        widget=forms.TextInput({"list": "categories", "autocomplete": "off"}),
    )
    department = RowOfList(label=_("Department concerned"))

    def __init__(self, *args, register: Register, departments, **options):
        super().__init__(*args, **options)
        self.register = register
        self.fields["department"].offer(departments)
        self.fields["signed_by"].widget.attrs["placeholder"] = str(_("unsigned"))

    def clean_signed_by(self) -> Signers:
        """The people or the organisation; nobody where the field is empty."""
        return self.register.read(self.cleaned_data["signed_by"])

    def clean(self):
        """A name needs a suggestion; else a row emptied by mistake would go unseen."""
        cleaned = super().clean()
        if cleaned.get("signed_by", Signers()) != Signers() and not cleaned.get("wording"):
            self.add_error("wording", _("Enter what they suggested, or take the name away too."))
        return cleaned


class _Suggestions(RowSet):
    """The suggestions of one activity. ``today`` is when one without a date is registered."""

    def __init__(self, data=None, *, activity: Activity, today: date):
        self.unit = activity.unit
        self.former_day = activity.started_on
        self.today = today
        self.register = Register(activity.unit, day=self.former_day or today)
        if data is not None:
            data = with_pasted(data, self.register, prefix=PREFIX)
        super().__init__(
            data,
            prefix=PREFIX,
            stored=_made_at(activity) if activity.pk else (),
            values_of=self._values_of,
            blank=[{}],
            form_kwargs={
                "register": self.register,
                "departments": list(Department.objects.filter(unit=activity.unit)),
            },
            is_rare=activity.kind in COUNTED,
        )

    def _values_of(self, row: Suggestion) -> dict:
        signers = self.register.signers_of(row)
        return {name: getattr(row, name) for name in _FIELDS} | {"signed_by": signers}

    @property
    def pasted(self) -> str:
        """Pasted text that was not made into rows."""
        return self.data.get(PASTED, "").strip() if self.is_bound else ""

    @property
    def categories(self) -> list[str]:
        """The categories used before, which the field proposes."""
        return categories_used(self.unit)

    def label(self) -> str:
        """What the rows are called."""
        return str(Suggestion._meta.verbose_name_plural)

    def clean(self):
        """As for all rows; what has been answered or decided on is not taken off."""
        super().clean()
        if self.pasted:
            raise forms.ValidationError(
                _("At most %(most)s suggestions can be entered here: paste fewer lines.")
                % {"most": MOST}
            )
        for form in self.forms:
            row = self.row_of(form) if form.is_valid() and form.is_blank else None
            if row is not None and row.next_place() > 1:
                form.add_error(
                    "wording",
                    _("Something was done about it already: it cannot be taken off. Its page: %s")
                    % row,
                )

    def save(self, activity: Activity):
        """Register new suggestions, change the others, take off those whose wording is empty."""
        day = activity.started_on or self.today
        for form in self.forms:
            row = self.row_of(form)
            if not form.is_blank:
                self._store(row, form, activity, day)
            elif row is not None:
                row.delete()

    def _store(self, row: Suggestion | None, form: SuggestionRow, activity: Activity, day: date):
        values = {name: form.cleaned_data[name] for name in _FIELDS}
        signers = form.cleaned_data["signed_by"]
        moves = row is not None and self._follows(row, day)
        if row and not moves and {**values, "signed_by": signers} == self.written[row.pk]:
            return
        row = row or Suggestion(unit=activity.unit, consultation_id=activity.pk, registered_on=day)
        for name, value in values.items():
            setattr(row, name, value)
        if moves:
            registering.move_to(row, day)
        registering.store(row, signers)

    def _follows(self, row: Suggestion, day: date) -> bool:
        """Whether ``row`` was registered on the meeting's day, nothing came of it yet, and the
        meeting has another day now."""
        registered_with_it = row.registered_on == self.former_day or self.former_day is None
        return row.registered_on != day and registered_with_it and row.next_place() == 1


def categories_used(unit: Unit) -> list[str]:
    """What the unit's suggestions were about so far."""
    used = Suggestion.objects.filter(unit=unit).exclude(category="").order_by("category")
    return list(used.values_list("category", flat=True).distinct())


def _made_at(activity: Activity):
    rows = Suggestion.objects.filter(consultation=activity.pk).order_by("year", "number")
    return rows.select_related("organisation", "department").prefetch_related("proposers")


SuggestionRowSet = forms.formset_factory(
    SuggestionRow, formset=_Suggestions, max_num=MOST, validate_max=True
)
"""The suggestions of an activity, with an empty row behind them."""
