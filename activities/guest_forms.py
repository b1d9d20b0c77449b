"""Guests by what they came as and how many they were: rows of a table, nobody's name."""

from django import forms
from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.models import Activity, GuestGroup
from units.editing import Difference
from units.page_forms import OnPage

CAPACITIES = "capacities"


class GuestForm(OnPage, forms.Form):
    """One group: an empty capacity takes it off the list."""

    capacity = forms.CharField(
        label=_("capacity"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"list": CAPACITIES, "autocomplete": "off"}),
    )
    number = forms.IntegerField(
        label=pgettext_lazy("people", "number"),
        required=False,
        min_value=0,
        max_value=32767,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def clean(self):
        """A number needs to be somebody's."""
        cleaned = super().clean()
        if cleaned.get("number") is not None and not cleaned.get("capacity"):
            self.add_error("capacity", _("Enter what they came as."))
        return cleaned


class _GuestFormSet(forms.BaseFormSet):
    """``copied`` is the activity a new one is made after: its guests are there, uncounted."""

    def __init__(self, *args, activity: Activity, copied: Activity | None = None, **kwargs):
        self.activity = activity
        self.before = list(activity.guest_groups.all()) if activity.pk else []
        initial = [{"capacity": row.capacity, "number": row.number} for row in self.before]
        if copied is not None:
            initial = [{"capacity": row.capacity} for row in copied.guest_groups.all()]
        super().__init__(*args, prefix="guests", initial=initial, **kwargs)
        self.extra = 1 if self.before else max(3, len(initial) + 1)

    def initial_form_count(self) -> int:
        """How many rows are stored; those of a copied activity are none of them."""
        return super().initial_form_count() if self.is_bound else len(self.before)

    @property
    def groups(self) -> list[tuple[str, int | None]]:
        """Capacity and number of every row that has a capacity."""
        rows = [form.cleaned_data for form in self.forms if form.is_valid()]
        return [(row["capacity"], row.get("number")) for row in rows if row.get("capacity")]

    @property
    def number(self) -> tuple[int, bool]:
        """How many guests there were, and whether the number of every group is known."""
        numbers = [number for _capacity, number in self.groups]
        return sum(each or 0 for each in numbers), None not in numbers

    def clean(self):
        """Refuse the second row of the same capacity."""
        seen = set()
        for form in self.forms:
            capacity = form.cleaned_data.get("capacity") if form.is_valid() else None
            if capacity and capacity in seen:
                form.add_error("capacity", _("These guests are on the list already."))
            seen.add(capacity)

    def save(self, activity: Activity):
        """Bring the stored groups into line with the rows, which keep their order."""
        rows = {row.capacity: row for row in self.before}
        for position, (capacity, number) in enumerate(self.groups, start=1):
            row = rows.pop(capacity, None) or GuestGroup(
                unit=activity.unit, activity=activity, capacity=capacity
            )
            if row.pk and (row.position, row.number) == (position, number):
                continue
            row.position, row.number = position, number
            row.full_clean()
            row.save()
        for row in rows.values():
            row.delete()

    def conflicts(self) -> list[dict]:
        """Both versions of the list, where somebody else changed it (see ``CarefulPage``)."""
        theirs = [(row.capacity, row.number) for row in self.before]
        if not self.is_bound or theirs == self.groups:
            return []
        label = str(GuestGroup._meta.verbose_name_plural)
        pair = Difference(label, _written(theirs), _written(self.groups))
        return [{"record": label, "pairs": [pair]}]


def _written(groups) -> str:
    return "、".join(f"{capacity}{'' if n is None else n}" for capacity, n in groups)


GuestFormSet = forms.formset_factory(GuestForm, formset=_GuestFormSet, extra=1, max_num=40)
"""The rows of an activity's guests, with an empty one behind them."""


def capacities_used(unit) -> list[str]:
    """What guests came as before, the most frequent first."""
    used = GuestGroup.objects.filter(unit=unit).order_by()
    counted = used.values("capacity").annotate(times=Count("pk")).order_by("-times", "capacity")
    return [row["capacity"] for row in counted[:100]]
