"""The form that asks, field by field, which of two entries of one person is right."""

from collections.abc import Iterator

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from members.merge_plan import GONE, KEEP, Clash, MergePlan
from units.row_words import line_of

NOTHING = "–"


class MergeForm(forms.Form):
    """A choice wherever the two entries say different things, and the reason."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_(
            "Why these are two entries of one person; kept in the change log, without the name."
        ),
    )

    def __init__(self, *args, plan: MergePlan, **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.plan = plan
        for pair in plan.fields:
            if pair.keep != pair.gone:
                self.fields[pair.key] = _choice(pair.label, pair.keep, pair.gone, pair.side)
        for rows in plan.rows:
            for clash in rows.clashes:
                label = str(capfirst(rows.model._meta.verbose_name))
                self.fields[clash.key] = _choice(label, *_both(clash, rows.field.name), None)

    def choices(self) -> dict[str, str]:
        """What was chosen, as :func:`members.merging.merge` takes it."""
        return {name: side for name, side in self.cleaned_data.items() if name != "reason"}

    def field_lines(self) -> Iterator[tuple[str, list, list]]:
        """(label, what stands in the two columns, faults) of each field that says anything."""
        for pair in self.plan.fields:
            if pair.key in self.fields:
                yield pair.label, list(self[pair.key]), self[pair.key].errors
            elif pair.keep:
                yield pair.label, [pair.keep, pair.gone], []

    def kinds(self) -> Iterator[dict]:
        """For each kind of rows: its name, what moves, what is double, what to choose from."""
        for rows in self.plan.rows:
            name = rows.field.name
            yield {
                "label": rows.model._meta.verbose_name_plural,
                "moved": [line_of(row, without=name) for row in rows.moved],
                "doubles": [line_of(their, without=name) for _our, their in rows.doubles],
                "clashes": [(list(self[c.key]), self[c.key].errors) for c in rows.clashes],
            }
        for each in self.plan.lists:
            both = {row.pk for row in each.both}
            yield {
                "label": each.model._meta.verbose_name_plural,
                "moved": [str(row) for row in each.rows if row.pk not in both],
                "doubles": [str(row) for row in each.both],
                "clashes": [],
            }


def _both(clash: Clash, name: str) -> list[str]:
    return [
        " / ".join(line_of(row, without=name) for row in side)
        for side in (clash.ours, clash.theirs)
    ]


def _choice(label: str, keep: str, gone: str, side: str | None) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[(KEEP, keep or NOTHING), (GONE, gone or NOTHING)],
        initial=side,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the right one.")},
    )
