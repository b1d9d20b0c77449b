"""Fields that pick rows from a list, or take new names typed in place.

A name that is on the list already is that row, whoever typed it; a new one becomes a row when the
form is saved (``make``). The page shows them as pickers that also find by pinyin (``data-find``).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

NEW = "new:"
"""Stands before a name that was typed in place of a key."""


@dataclass(eq=False)
class Picked:
    """Rows of the list, and rows that are to be stored for names typed anew."""

    rows: list[Model] = field(default_factory=list)
    new: list[Model] = field(default_factory=list)

    def __str__(self):
        return "、".join(str(row) for row in (*self.rows, *self.new))

    def __bool__(self):
        return bool(self.rows or self.new)

    def stored(self) -> list[Model]:
        """All of them, the new ones stored first."""
        for row in self.new:
            row.save()
        return [*self.rows, *self.new]


class _PickerWidget:
    """Shows what was typed again, and gives each option the words by which it is also found."""

    find: dict[str, str] = {}

    def optgroups(self, name, value, attrs=None):
        """Django's, with the new names among the options."""
        typed = [(each, each.removeprefix(NEW)) for each in value if str(each).startswith(NEW)]
        kept = self.choices
        self.choices = [*kept, *typed]
        groups = super().optgroups(name, value, attrs)
        self.choices = kept
        return groups

    def create_option(self, name, value, *args, **kwargs):
        """Django's, with ``data-find``."""
        option = super().create_option(name, value, *args, **kwargs)
        if found := self.find.get(str(value)):
            option["attrs"]["data-find"] = found
        return option


class PickOne(_PickerWidget, forms.Select):
    """A picker of one."""


class PickSeveral(_PickerWidget, forms.SelectMultiple):
    """A picker of several."""


class PickField(forms.MultipleChoiceField):
    """Several rows of ``rows``; with ``make``, new names too. Cleans to :class:`Picked`.

    ``make`` gives the unsaved row for a name, or raises ValidationError where the name will not do.
    ``find`` gives for a row the words by which it is found besides its name.
    """

    widget = PickSeveral

    def __init__(
        self,
        rows: QuerySet,
        *,
        make: Callable[[str], Model] | None = None,
        find: Callable[[Model], str] | None = None,
        **options,
    ):
        options.setdefault("required", False)
        super().__init__(**options)
        self.rows = {str(row.pk): row for row in rows}
        self.make = make
        self.choices = [*self.empty_choice(), *((key, str(row)) for key, row in self.rows.items())]
        self.widget.attrs["data-pick"] = ""
        if make is not None:
            self.widget.attrs["data-create"] = _("New: {}")
        if find is not None:
            self.widget.find = {key: find(row) for key, row in self.rows.items()}

    def empty_choice(self) -> Iterable[tuple[str, str]]:
        """The option for nothing, where the widget needs one."""
        return []

    def prepare_value(self, value):
        """Keys, from rows or from what was typed."""
        if isinstance(value, Picked):
            return [str(row.pk) for row in value.rows]
        return value

    def to_python(self, value) -> Picked:
        """The rows and the new ones. ValidationError for a key that is not on the list."""
        picked = Picked()
        by_name = {str(row): row for row in self.rows.values()}
        for each in dict.fromkeys(value or []):
            name = " ".join(each.removeprefix(NEW).split())
            row = by_name.get(name) if each.startswith(NEW) else self.rows.get(each)
            if row is None and self.make is not None and each.startswith(NEW) and name:
                picked.new += [] if name in map(str, picked.new) else [self._made(name)]
            elif row is None:
                raise ValidationError(self.error_messages["invalid_choice"] % {"value": name})
            elif row not in picked.rows:
                picked.rows.append(row)
        return picked

    def _made(self, name: str) -> Model:
        row = self.make(name)
        row.full_clean()
        return row

    def validate(self, value):
        """Refuse nothing, where something is required."""
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")

    def has_changed(self, initial, data) -> bool:
        """Whether other rows were picked, or a new name typed."""
        before = {str(key) for key in self.prepare_value(initial) or []}
        return before != set(data or [])


class PickOneField(PickField):
    """At most one row, or one new name. Cleans to :class:`Picked` with at most one row."""

    widget = PickOne

    def empty_choice(self):
        """A picker of one begins with nothing."""
        return [("", "")]

    def prepare_value(self, value):
        """The key, from a row or from what was typed."""
        keys = super().prepare_value(value)
        return (keys[0] if keys else "") if isinstance(keys, list) else keys

    def to_python(self, value) -> Picked:
        """As for several, out of one key."""
        return super().to_python([value] if value else [])

    def has_changed(self, initial, data) -> bool:
        """Whether another one was picked."""
        return str(self.prepare_value(initial) or "") != str(data or "")
