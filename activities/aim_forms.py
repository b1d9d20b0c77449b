"""The aims of a year as one short form for each thing that can be due."""

from django import forms
from django.utils.translation import gettext as _

from activities.models import Target
from units.models import Unit
from units.page_forms import WholeRowForm


class AimForm(WholeRowForm):
    """How often one thing is due in the year; left empty, it is not due."""

    class Meta:
        model = Target
        fields = ["due"]
        widgets = {"due": forms.NumberInput({"inputmode": "numeric"})}

    def __init__(self, *args, before: int | None = None, **options):
        """``before`` is what was due the year before: proposed where this year has no aims yet."""
        super().__init__(*args, **options)
        due = self.fields["due"]
        due.required = False
        # The field's own lowest is 0, which its rule refuses.
        due.widget.attrs["min"] = 1
        due.label = self.instance.get_deed_display()
        due.help_text = _("The year before: %(number)s") % {"number": before} if before else ""

    def _post_clean(self):
        """An aim that is left empty is no row, and so breaks no rule of one."""
        if self.cleaned_data.get("due") is not None:
            super()._post_clean()

    def save(self, commit=True) -> Target | None:
        """Store the number; where it was taken out, delete the row and give None."""
        if self.cleaned_data["due"] is not None:
            return super().save(commit) if self.has_changed() or self.is_new else self.instance
        if not self.is_new:
            self.instance.delete()
        return None

    @property
    def is_new(self) -> bool:
        """Whether there is no row yet."""
        return self.instance._state.adding


def aims_of(unit: Unit, year: int) -> dict[str, Target]:
    """The rows of the year by what is due."""
    return {row.deed: row for row in Target.objects.filter(unit=unit, year=year)}


def aim_forms(unit: Unit, year: int, data=None) -> list[AimForm]:
    """One form for each thing that can be due; two queries.

    In a year without any aim they propose those of the year before.
    """
    stored, before = aims_of(unit, year), aims_of(unit, year - 1)
    return [
        AimForm(
            data,
            prefix=deed,
            instance=stored.get(deed) or Target(unit=unit, year=year, deed=deed),
            before=before[deed].due if deed in before else None,
            initial={} if stored or deed not in before else {"due": before[deed].due},
        )
        for deed in Target.Deed.values
    ]
