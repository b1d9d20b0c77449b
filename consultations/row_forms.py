"""Rows that are entered together with a meeting: the stored ones, then blank ones to fill in."""

from collections.abc import Callable, Iterable

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from units.editing import Difference
from units.page_forms import OnPage


class RowOfList(forms.TypedChoiceField):
    """One of a few rows, which are read once for all forms of a page (:meth:`offer`)."""

    def __init__(self, **options):
        super().__init__(required=False, empty_value=None, **options)

    def offer(self, rows: Iterable[Model]):
        """Offer ``rows``."""
        by_key = {str(row.pk): row for row in rows}
        self.coerce = by_key.__getitem__
        self.choices = [("", "–"), *((key, str(row)) for key, row in by_key.items())]

    def prepare_value(self, value):
        """The key, of a row or as it was sent."""
        return value.pk if isinstance(value, Model) else value


class RowForm(OnPage, forms.Form):
    """One row. Without ``main`` it is none: a blank one, or a stored one that is taken off."""

    main = ""
    key = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in the row's main field."""
        return not getattr(self, "cleaned_data", {}).get(self.main)


class RowSet(forms.BaseFormSet):
    """The rows of one meeting.

    ``stored`` are its rows, ``values_of`` gives the fields of one, and ``blank`` what stands in the
    empty rows that follow when the page is opened. Rows that a kind of meeting rarely has
    (``is_rare``) are folded away while there are none.
    """

    def __init__(
        self,
        data=None,
        *,
        prefix: str,
        stored: Iterable[Model],
        values_of: Callable[[Model], dict],
        blank: list[dict],
        form_kwargs: dict | None = None,
        is_rare: bool = False,
    ):
        self.stored = {row.pk: row for row in stored}
        self.written = {key: values_of(row) for key, row in self.stored.items()}
        here = [{"key": key, **values} for key, values in self.written.items()]
        super().__init__(data, prefix=prefix, initial=[*here, *blank], form_kwargs=form_kwargs)
        self.extra = len(blank)
        self.is_folded = is_rare and not self.stored and data is None

    def initial_form_count(self) -> int:
        """How many rows are stored: what stands in a blank one is no row yet."""
        return super().initial_form_count() if self.is_bound else len(self.stored)

    def clean(self):
        """Refuse a key that is none of this meeting's rows."""
        keys = [form.cleaned_data.get("key") for form in self.forms if form.is_valid()]
        keys = [key for key in keys if key]
        if len(keys) != len(set(keys)) or not set(keys) <= self.stored.keys():
            raise forms.ValidationError(_("These rows belong to another page: load it again."))

    def row_of(self, form: RowForm) -> Model | None:
        """The stored row that ``form`` shows; None for a new one."""
        return self.stored.get(form.cleaned_data.get("key"))

    @property
    def is_filled(self) -> bool:
        """Whether there is any row once this is saved."""
        return any(not form.is_blank for form in self.forms)

    @property
    def has_faults(self) -> bool:
        """Whether the page has to show what is wrong here."""
        return self.is_bound and not self.is_valid()

    def conflicts(self) -> list[dict]:
        """Both versions of the rows, where somebody else changed them (see ``CarefulPage``)."""
        theirs = "\n".join(map(self.words_of, self.written.values()))
        mine = (form.cleaned_data for form in self.forms if not form.is_blank)
        yours = "\n".join(map(self.words_of, mine))
        if not self.is_bound or theirs == yours:
            return []
        return [{"record": self.label(), "pairs": [Difference(self.label(), theirs, yours)]}]

    def label(self) -> str:
        """What the rows are called."""
        raise NotImplementedError

    def words_of(self, values: dict) -> str:
        """One row in words."""
        said = [str(value) for name, value in values.items() if value and name != "key"]
        return " · ".join(filter(None, said))
