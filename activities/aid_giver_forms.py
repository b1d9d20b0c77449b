"""The rows in which a gift's givers are entered: who, in the order of signing, and known shares."""

from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.aid_ledger import shares_fault
from activities.models import Gift, GiftDonor
from members.models import Member, Organisation, Party
from members.pickers import choosable, told_apart
from units.editing import Difference
from units.models import Unit
from units.money import MoneyFormField
from units.page_forms import OnPage

KINDS = {"party": Party, "organisation": Organisation, "member": Member}
ROWS_AT_FIRST = 4


def giver_choices(unit: Unit, *, day: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """Everybody who can give, as (group, [(key, name)]): parties, organisations, people."""
    parties = [(f"party-{row.pk}", row.brief) for row in Party.objects.order_by("order")]
    bodies = Organisation.objects.filter(unit=unit).order_by("position", "name")
    people = choosable(Member.objects.filter(unit=unit), day=day)
    return [
        ("", [("", "")]),
        (_("Members of a party"), parties),
        (_("Organisations"), [(f"organisation-{row.pk}", str(row)) for row in bodies]),
        (_("People"), [(f"member-{row.pk}", told_apart(row)) for row in people]),
    ]


def key_of(donor: GiftDonor) -> str:
    """What stands for the giver in the choices."""
    return next(f"{kind}-{key}" for kind in KINDS if (key := getattr(donor, f"{kind}_id")))


class GiverForm(OnPage, forms.Form):
    """One giver; left empty, the row is none."""

    giver = forms.ChoiceField(
        label=gettext_lazy("giver"), required=False, widget=forms.Select({"data-pick": True})
    )
    share = MoneyFormField(
        label=gettext_lazy("share in yuan"), required=False, max_digits=12, decimal_places=2
    )

    def __init__(self, *args, choices, **options):
        super().__init__(*args, **options)
        self.fields["giver"].choices = choices

    def clean(self):
        """A share needs somebody whose it is."""
        cleaned = super().clean()
        if cleaned.get("share") is not None and not cleaned.get("giver"):
            self.add_error("giver", _("Choose whose share this is."))
        return cleaned


class _GiverFormSet(forms.BaseFormSet):
    """The givers of one gift; an empty form has some empty rows."""

    def __init__(self, *args, gift: Gift, day: date, **options):
        self.gift = gift
        self.before = list(gift.donors.order_by("position", "pk")) if gift.pk else []
        initial = [{"giver": key_of(row), "share": row.share} for row in self.before]
        self.choices = giver_choices(gift.unit, day=day)
        super().__init__(
            *args,
            prefix="givers",
            initial=initial,
            form_kwargs={"choices": self.choices},
            **options,
        )
        self.extra = 1 if self.before else ROWS_AT_FIRST

    @property
    def givers(self) -> list[tuple[str, object]]:
        """Key and share of every row that names somebody, in the order of the rows."""
        rows = [form.cleaned_data for form in self.forms if form.is_valid()]
        return [(row["giver"], row.get("share")) for row in rows if row.get("giver")]

    def clean(self):
        """Refuse somebody who stands there twice."""
        seen = set()
        for form in self.forms:
            giver = form.cleaned_data.get("giver") if form.is_valid() else None
            if giver and giver in seen:
                form.add_error("giver", _("This giver is on the list already."))
            seen.add(giver)

    def check_with(self, form: forms.ModelForm):
        """Add to ``form`` what is wrong between the gift's amount and the shares."""
        fault = shares_fault(form.cleaned_data.get("amount"), [s for _key, s in self.givers])
        if fault:
            form.add_error("amount", fault)

    def save(self, gift: Gift):
        """Bring the stored givers into line with the rows."""
        if [(key_of(row), row.share) for row in self.before] == self.givers:
            return
        rows = {key_of(row): row for row in self.before}
        for position, (key, share) in enumerate(self.givers, start=1):
            kind, _dash, number = key.partition("-")
            row = rows.pop(key, None) or GiftDonor(
                unit=gift.unit, gift=gift, **{f"{kind}_id": number}
            )
            if row.pk and (row.position, row.share) == (position, share):
                continue
            row.position, row.share = position, share
            row.full_clean()
            row.save()
        for row in rows.values():
            row.delete()

    def conflicts(self) -> list[dict]:
        """Both versions of the list, where somebody else changed it (see ``CarefulPage``)."""
        theirs = [(key_of(row), row.share) for row in self.before]
        if not self.is_bound or theirs == self.givers:
            return []
        names = {key: name for _group, rows in self.choices for key, name in rows}
        label = str(GiftDonor._meta.verbose_name_plural)
        pair = Difference(label, _written(theirs, names), _written(self.givers, names))
        return [{"record": label, "pairs": [pair]}]


def _written(givers, names: dict[str, str]) -> str:
    return "、".join(
        f"{names.get(key, key)}{'' if share is None else f' {share}'}" for key, share in givers
    )


GiverFormSet = forms.formset_factory(GiverForm, formset=_GiverFormSet, extra=1, max_num=30)
"""The givers of a gift, with an empty row behind them."""
