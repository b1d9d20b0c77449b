"""What every page of Django's admin about a unit's records has in common.

The managers already hide the rows of other units (see :mod:`units.scoping`). These classes add the
rest: a record's unit is chosen once, among the units whose records the person keeps, and whatever
is entered together belongs to that one unit.
"""

from django import forms
from django.contrib import admin
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext_lazy as _
from django_scopes import get_scope

from units.careful_admin import CarefulAdmin
from units.history_admin import HistoryAdmin
from units.models import Unit
from units.overlaps import judged_together
from units.scoping import UnitRow


class UnitRowForm(forms.ModelForm):
    """A form for a record of one unit."""

    def clean(self):
        """Refuse entries of another unit also in fields that hold several of them."""
        cleaned = super().clean()
        unit = self.cleaned_data.get("unit")
        for name, rows in self.cleaned_data.items():
            if unit is None or not self._holds_several_unit_rows(name):
                continue
            if any(row.unit_id != unit.pk for row in rows):
                self.add_error(name, _("Choose an entry of the same unit."))
                break
        return cleaned

    def _holds_several_unit_rows(self, name: str) -> bool:
        field = self.fields[name]
        return isinstance(field, forms.ModelMultipleChoiceField) and issubclass(
            field.queryset.model, UnitRow
        )


class UnitRowFormSet(forms.BaseInlineFormSet):
    """Rows entered below a record; they belong to its unit."""

    def full_clean(self):
        """Check every row as one of the record's unit, which is known before the rows are read."""
        for form in self.forms:
            if form.instance.unit_id is None:
                form.instance.unit_id = self.instance.unit_id
        super().full_clean()


class NoOverlapFormSet(UnitRowFormSet):
    """Dated rows that must not share a day, judged as they will all stand after saving.

    A row's own ``clean()`` compares it with what is stored. On one page a row is ended and the next
    begun together, which that comparison refuses, and two new rows are unknown to each other.
    The model's ``NO_OVERLAP`` says which rows these are.
    """

    def clean(self):
        """Put the message at the later of two rows that share a day."""
        for form in self.forms:
            self._forget_comparison_with_stored_rows(form)
        super().clean()
        standing = [form for form in self.forms if self._will_stand(form)]
        for position, form in enumerate(standing):
            if any(self._clash(form.instance, other.instance) for other in standing[:position]):
                form.add_error("started_on", self.model.NO_OVERLAP.message)

    def save(self, commit=True):
        """Store the rows in any order: the database looks at them when all are stored."""
        with judged_together(self.model):
            return super().save(commit)

    def _forget_comparison_with_stored_rows(self, form):
        errors = form.errors.get(NON_FIELD_ERRORS)
        if errors is None:
            return
        errors.data[:] = [error for error in errors.data if error.code != "overlap"]
        if not errors.data:
            del form.errors[NON_FIELD_ERRORS]

    def _will_stand(self, form) -> bool:
        untouched = form.instance.pk is None and not form.has_changed()
        return not (form.errors or untouched or form.cleaned_data.get("DELETE"))

    def _clash(self, row, other) -> bool:
        alike = self.model.NO_OVERLAP.same
        same = all(getattr(row, name) == getattr(other, name) for name in alike)
        return same and row.overlaps(other)


class _InlineOfUnit:
    formset = UnitRowFormSet
    extra = 0
    select_related: tuple[str, ...] = ()

    def get_queryset(self, request):
        """The rows, with what their headings name in the same query."""
        return super().get_queryset(request).select_related(*self.select_related)


class UnitRowTable(_InlineOfUnit, admin.TabularInline):
    """Rows below a record, one line each."""


class UnitRowBlocks(_InlineOfUnit, admin.StackedInline):
    """Rows below a record, a block of lines each."""


class UnitFilter(admin.SimpleListFilter):
    """Filters by unit; offered only to people who see more than one."""

    title = _("unit")
    parameter_name = "unit"

    def lookups(self, request, model_admin):
        """The units in the request's scope; a single one is no choice."""
        units = Unit.objects.filter(pk__in=get_scope()["unit"])
        return [(str(unit.pk), unit.name) for unit in units] if len(units) > 1 else []

    def queryset(self, request, queryset):
        """The rows of the chosen unit; anything that is no unit's key finds nothing."""
        if self.value() is None:
            return queryset
        known = {key for key, _name in self.lookup_choices}
        return queryset.filter(unit=self.value()) if self.value() in known else queryset.none()


class UnitRowAdmin(HistoryAdmin, CarefulAdmin):
    """The pages of one kind of record."""

    form = UnitRowForm
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER

    def has_change_permission(self, request, obj=None):
        """Whether the person keeps records; of ``obj``'s unit, where one is given."""
        return super().has_change_permission(request, obj) and self._keeps(request, "change", obj)

    def has_delete_permission(self, request, obj=None):
        """As for changing."""
        return super().has_delete_permission(request, obj) and self._keeps(request, "delete", obj)

    def get_list_display(self, request):
        """The columns; the unit comes first for people who see several."""
        columns = super().get_list_display(request)
        return ["unit", *columns] if self._sees_several(request) else columns

    def get_list_display_links(self, request, list_display):
        """The first column that is not the unit leads to the record."""
        return [next(name for name in list_display if name != "unit")]

    def get_list_filter(self, request):
        """The filters, with the units first."""
        return [UnitFilter, *super().get_list_filter(request)]

    def get_list_select_related(self, request):
        """What the columns name, the unit included."""
        return ["unit", *(super().get_list_select_related(request) or [])]

    def get_form(self, request, obj=None, change=False, **kwargs):
        """The form with its unit: fixed once stored, and not asked for where there is one only.

        The field stays on the form, disabled: a ModelForm skips every constraint that mentions a
        field it does not have.
        """
        form = super().get_form(request, obj, change=change, **kwargs)
        if "unit" in form.base_fields:
            self._settle_unit(request, form.base_fields["unit"], obj)
        return form

    def _settle_unit(self, request, field, obj):
        keys = request.user.keys_of_units_with(self._right("add"))
        if obj is not None:
            keys = {obj.unit_id}
        field.queryset = Unit.objects.filter(pk__in=keys)
        if len(keys) == 1:
            field.initial = next(iter(keys))
            field.disabled = True
        if not self._sees_several(request):
            field.widget = forms.HiddenInput()

    def _sees_several(self, request) -> bool:
        return len(get_scope()["unit"]) > 1

    def _keeps(self, request, action: str, obj) -> bool:
        return obj is None or obj.unit_id in request.user.keys_of_units_with(self._right(action))

    def _right(self, action: str) -> str:
        return f"{self.opts.app_label}.{action}_{self.opts.model_name}"
