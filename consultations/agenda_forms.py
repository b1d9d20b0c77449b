"""What was reported at a meeting and on what opinions were asked: the rows of its agenda."""

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.models import Activity
from consultations.models import AgendaItem, Consultation
from consultations.models.consultation import COUNTED
from consultations.row_forms import RowForm, RowOfList, RowSet
from units.models import Department

_LENGTH = AgendaItem._meta.get_field("subject").max_length
_FIELDS = ("kind", "subject", "department")


class AgendaForm(RowForm):
    """One point: which way the words went, on what, and who answers."""

    main = "subject"
    kind = forms.ChoiceField(label=_("Reported or heard"), choices=AgendaItem.Kind.choices)
    subject = forms.CharField(
        label=_("Subject"),
        required=False,
        max_length=_LENGTH,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    department = RowOfList(label=_("Department that answers"))

    def __init__(self, *args, departments, **options):
        super().__init__(*args, **options)
        self.fields["department"].offer(departments)


class _Agenda(RowSet):
    """``copied`` is the activity a new one is made after: its points stand in the blank rows."""

    def __init__(self, data=None, *, activity: Activity, copied: Activity | None = None):
        kinds = AgendaItem.Kind
        only_reported = activity.kind == Activity.Kind.BRIEFING
        blank = [{"kind": kinds.REPORTED}, {"kind": kinds.HEARD}]
        if only_reported:
            blank = [{"kind": kinds.REPORTED}] * 2
        if activity.pk:
            blank = blank[:1] if only_reported else blank[1:]
        like = [_values_of(row) for row in _items(copied)] if copied else []
        super().__init__(
            data,
            prefix="agenda",
            stored=_items(activity) if activity.pk else (),
            values_of=_values_of,
            blank=[*like, *blank],
            form_kwargs={"departments": list(Department.objects.filter(unit=activity.unit))},
            is_rare=activity.kind in COUNTED and not like,
        )

    def label(self) -> str:
        """What the rows are called."""
        return str(AgendaItem._meta.verbose_name_plural)

    def words_of(self, values: dict) -> str:
        """One point in words, its kind as the page calls it."""
        return super().words_of({**values, "kind": AgendaItem.Kind(values["kind"]).label})

    def save(self, activity: Activity):
        """Bring the stored points into line with the rows, which keep their order."""
        meeting = Consultation.objects.get(pk=activity.pk)
        for position, form in enumerate(self.forms, start=1):
            row = self.row_of(form)
            if not form.is_blank:
                _store(row or AgendaItem(unit=activity.unit, consultation=meeting), form, position)
            elif row is not None:
                row.delete()


def _store(row: AgendaItem, form: AgendaForm, position: int):
    values = {name: form.cleaned_data[name] for name in _FIELDS} | {"position": position}
    if row.pk and all(getattr(row, name) == value for name, value in values.items()):
        return
    for name, value in values.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()


def _values_of(row: AgendaItem) -> dict:
    return {name: getattr(row, name) for name in _FIELDS}


def _items(activity: Activity):
    rows = AgendaItem.objects.filter(consultation=activity.pk).select_related("department")
    return rows.order_by("position", "pk")


AgendaFormSet = forms.formset_factory(AgendaForm, formset=_Agenda, max_num=60, validate_max=True)
"""The points of an activity's agenda, with empty rows behind them."""
