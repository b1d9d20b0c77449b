"""The forms of the pages on which spreadsheets are brought in."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from units.imports.files import KINDS
from units.imports.kinds import ImportKind
from units.imports.plan import Plan, PlannedRow
from units.page_forms import OnPage

SOMEBODY_ELSE = "new"


class SheetForm(OnPage, forms.Form):
    """One spreadsheet."""

    file = forms.FileField(
        label=_("Spreadsheet (.xlsx or .csv)"),
        help_text=_("At most 5,000 rows, 60 columns and 10 MB. Only the first sheet is read."),
        widget=forms.FileInput(attrs={"accept": ",".join(KINDS)}),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )


class HeadingForm(OnPage, forms.Form):
    """Which column a heading of the unit's own means."""

    heading = forms.CharField(widget=forms.HiddenInput, max_length=60)
    column = forms.ChoiceField(label=_("is the column"))

    def __init__(self, *args, kind: ImportKind, taken=(), **kwargs):
        super().__init__(*args, **kwargs)
        free = [each for each in kind.read_columns if each.key not in taken]
        choices = [(each.key, str(capfirst(each.heading))) for each in free]
        self.fields["column"].choices = [("", _("not read")), *choices]


class RowForm(OnPage, forms.Form):
    """The cells of one row, to be corrected; who it is about; or that it is left out."""

    def __init__(self, *args, plan: Plan, row: PlannedRow, kind: ImportKind, **kwargs):
        super().__init__(*args, **kwargs)
        self.row = row
        if row.choices:
            self.fields["chosen"] = forms.ChoiceField(
                label=_("Who is this?"),
                choices=[
                    *((str(key), words) for key, words in row.choices),
                    (SOMEBODY_ELSE, _("somebody else of that name, who is new")),
                ],
                widget=forms.RadioSelect,
                required=False,
                initial=row.chosen,
            )
        asked = [fault.column for fault in row.faults if fault.column]
        self.columns = list(dict.fromkeys([*asked, *plan.headings]))
        for key in self.columns:
            self.fields[f"cell_{key}"] = forms.CharField(
                label=str(capfirst(kind.column(key).heading)),
                required=False,
                max_length=1000,
                initial=row.shown(key),
                help_text=" ".join(f.expected for f in row.faults if f.column == key),
            )
        self.fields["left_out"] = forms.BooleanField(
            label=_("Do not bring in this row"), required=False, initial=row.left_out
        )
        self.dress_fields()

    def correct(self):
        """Put what was typed into the row."""
        for key in self.columns:
            typed = self.cleaned_data[f"cell_{key}"]
            if typed != self.row.shown(key).strip():
                self.row.cells[key] = typed
        self.row.chosen = self.cleaned_data.get("chosen", "") or self.row.chosen
        self.row.left_out = self.cleaned_data["left_out"]
