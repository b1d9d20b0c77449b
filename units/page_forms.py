"""Forms as the site's pages show them: the label above, large fields, the error at the field."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from units.dates import Precision
from units.written_dates import read_date, written


class OnPage:
    """Mixed into a form before Django's class: dresses its fields in Bootstrap's classes."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.dress_fields()

    def dress_fields(self):
        """Once more for a form that has exchanged fields since it was made."""
        for field in self.fields.values():
            dress(field.widget)


def dress(widget: forms.Widget):
    """Give ``widget`` the class by which Bootstrap shows it; classes it has already stay."""
    for part in getattr(widget, "widgets", [widget]):
        if isinstance(part, forms.CheckboxSelectMultiple | forms.RadioSelect):
            continue
        ticked = isinstance(part, forms.CheckboxInput)
        chosen = isinstance(part, forms.Select)
        look = "form-check-input" if ticked else "form-select" if chosen else "form-control"
        classes = part.attrs.get("class", "").split()
        part.attrs["class"] = " ".join(dict.fromkeys([*classes, look]))


class WholeRowForm(OnPage, forms.ModelForm):
    """A form whose row is checked as a whole: constraints also speak of fields it does not show."""

    def _get_validation_exclusions(self) -> set[str]:
        return set()


class TextWithExamples(forms.TextInput):
    """A text field that offers what is usual, and takes anything else."""

    def __init__(self, examples, attrs=None):
        super().__init__({"autocomplete": "off", **(attrs or {})})
        self.examples = examples

    def render(self, name, value, attrs=None, renderer=None):
        """The field with its examples below it, which the browser shows when it has the focus."""
        key = f"{(attrs or {}).get('id', name)}_examples"
        field = super().render(name, value, {**(attrs or {}), "list": key}, renderer)
        options = format_html_join(
            "", '<option value="{}"></option>', ((e,) for e in self.examples)
        )
        return format_html('{}<datalist id="{}">{}</datalist>', field, key, options)


class DayField(forms.DateField):
    """A day as written on paper (``units.written_dates``); ``year`` is taken where none is."""

    widget = forms.TextInput

    def __init__(self, *, year: int | None = None, **options):
        super().__init__(**options)
        self.year = year
        self.widget.attrs.update({"autocomplete": "off", "inputmode": "text"})

    def prepare_value(self, value):
        """The day as 2017-06-19; what was typed stays as typed."""
        return written(value) if isinstance(value, date) else value

    def to_python(self, value) -> date | None:
        """The day. ValidationError for what is no day, or only a month or a year."""
        if value in self.empty_values or isinstance(value, date):
            return value or None
        day, precision = _read(value, self.year)
        if precision != Precision.DAY:
            raise ValidationError(_("Write the whole date, with its day: 2017-6-19 or 6.19."))
        return day


class WrittenDateField(forms.Field):
    """A date as precise as it is known: a day, a month or only a year.

    Cleans to ``(day, precision)``, or ``(None, Precision.DAY)`` where it is left empty.
    """

    widget = forms.TextInput

    def __init__(self, *, year: int | None = None, **options):
        super().__init__(**options)
        self.year = year
        self.widget.attrs.update({"autocomplete": "off"})

    def prepare_value(self, value):
        """``(day, precision)`` in the short form; what was typed stays as typed."""
        return written(*value) if isinstance(value, tuple) else value

    def to_python(self, value) -> tuple[date | None, Precision]:
        """ValidationError for what is no date."""
        if isinstance(value, tuple):
            return value
        return (None, Precision.DAY) if value in self.empty_values else _read(value, self.year)

    def validate(self, value):
        """Refuse an empty date where one is required."""
        if self.required and value[0] is None:
            raise ValidationError(self.error_messages["required"], code="required")

    def has_changed(self, initial, data) -> bool:
        """Whether another date was written, however it is written."""
        try:
            return self.to_python(initial or "") != self.to_python(data or "")
        except ValidationError:
            return True


class DatedRowForm(WholeRowForm):
    """A row with its two dates as they are written. ``year`` is understood where none is."""

    started_on = WrittenDateField(
        label=_("from"), required=False, help_text=_("Leave empty if nobody knows.")
    )
    ended_on = DayField(
        label=_("until"),
        required=False,
        help_text=_("The first day that no longer counts; empty while it lasts."),
    )

    def __init__(self, *args, year: int, **options):
        super().__init__(*args, **options)
        for name in {"started_on", "ended_on"} & set(self.fields):
            self.fields[name].year = year
        if self.instance.pk:
            self.initial["started_on"] = (
                self.instance.started_on,
                self.instance.started_precision,
            )

    def clean(self):
        """Take the start apart into the day and how precisely it is known."""
        cleaned = super().clean()
        day, precision = cleaned.get("started_on") or (None, Precision.DAY)
        cleaned["started_on"], self.instance.started_precision = day, precision
        return cleaned


def _read(text: str, year: int | None) -> tuple[date, Precision]:
    try:
        return read_date(text, year=year)
    except ValueError as error:
        raise ValidationError(str(error)) from error
