"""Steps of a plan, written from the forms behind a roster's row, with what they change in words."""

import copy
from collections.abc import Mapping
from datetime import date

from django.utils.text import capfirst

from members.import_forms import ImportForm
from members.models import Education, Employment, Member, Membership, Title
from units.dates import first_day_of
from units.imports.plan import Change, PlannedRow, Step
from units.row_words import columns_of, fields_in_words, label_of, line_of, words_of

_COLUMN_OF = {
    Member: {"born_on": "born", "born_precision": "born", "checked_on": "checked"},
    Employment: {"full_time_teacher": "teacher", "started_on": "employed_since"},
    Title: {"name": "title", "level": "title_level", "started_on": "title_since"},
    Education: {"level": "schooling"},
    Membership: {"started_on": "joined"},
}
"""In which column of the file a field stands, where its name is not the column's."""


class RowWriter:
    """Writes into ``row`` of a plan what becomes of ``person``, who has no key yet if new."""

    def __init__(self, row: PlannedRow, person: Member):
        self.row, self.person = row, person
        self.key = person.pk or {"new": f"member:{row.number}"}

    def write(self, form: ImportForm, columns: Mapping[str, str] | None = None, name: str = ""):
        """Plan what the form's record becomes, or note its faults."""
        if form.says_nothing:
            return
        row = form.instance
        before = copy.copy(row)
        if not form.is_valid():
            self._faults(form, columns or {})
        elif row.pk:
            self._change(before, row, form)
        else:
            self._add(row, form, name)

    def needs(self, column: str, expected: str):
        """Note a fault of the row: what is expected in the column."""
        self.row.fault(column, str(expected))

    def _faults(self, form: ImportForm, columns: Mapping[str, str]):
        names = {**_COLUMN_OF.get(type(form.instance), {}), **columns}
        for field, messages in form.errors.items():
            column = "" if field == "__all__" else names.get(field, field)
            for message in messages:
                self.needs(column, message)

    def _change(self, before, row, form: ImportForm):
        changed = [n for n in form.fields if _plain(row, n) != _plain(before, n)]
        if not changed:
            return
        label = row._meta.label_lower
        values = {name: _plain(row, name) for name in changed}
        was = {name: _plain(before, name) for name in changed}
        self.row.steps.append(Step(label, row.pk, values, before=was))
        for field in fields_in_words(type(row)):
            if {*columns_of(field)} & {*changed}:
                words = words_of(before, field), words_of(row, field)
                self.row.changes.append(Change(label_of(field), *words))

    def _add(self, row, form: ImportForm, name: str):
        values = {each: _plain(row, each) for each in form.fields}
        values = {each: value for each, value in values.items() if value not in (None, "")}
        if not isinstance(row, Member):
            values["member"] = self.key
        self.row.steps.append(Step(row._meta.label_lower, None, values, name))
        if not self.person.pk:
            return  # what comes with somebody new stands in the row itself
        label = str(capfirst(row._meta.verbose_name))
        self.row.changes.append(Change(label, "", line_of(row, without="member")))


def _plain(row, name: str) -> object:
    """The value of a field as it can be stored in a plan; of a new department, its name there."""
    field = row._meta.get_field(name)
    if field.is_relation and hasattr(getattr(row, name), "new_name"):
        return {"new": getattr(row, name).new_name}
    value = getattr(row, field.attname)
    return value.isoformat() if isinstance(value, date) else value


def without_coarser(row, values: Mapping, name: str, precision: str) -> dict:
    """``values`` without a month or year in which the day lies that is stored already."""
    stored, given = getattr(row, name), values.get(name)
    if not stored or not given or first_day_of(stored, values[precision]) != given:
        return dict(values)
    if given == stored and values[precision] == getattr(row, precision):
        return dict(values)
    order = ("year", "month", "day")
    if order.index(values[precision]) > order.index(getattr(row, precision)):
        return dict(values)
    return {key: value for key, value in values.items() if key not in (name, precision)}
