"""The forms of grants: several equal ones in one go, and one that is corrected."""

import re
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_scopes.forms import SafeModelChoiceField

from activities.aid_forms import EntryForm, written_as
from activities.models import AidRound, Gift, Grant, Recipient
from members.models import Member
from members.pickers import PersonField, choosable
from units.models import Unit
from units.money import MoneyFormField
from units.page_forms import DayField, OnPage
from units.picking import PickField

MOST_AT_ONCE = 60
_NUMBER = re.compile(r"\d+$")


def gifts_of_money(aid_round: AidRound) -> QuerySet[Gift]:
    """The gifts out of which grants of the round can come."""
    return aid_round.gifts.standing().money().order_by("received_on", "pk")


class _OutOf:
    """Mixed into a field: a gift is chosen by its givers, its kind and its amount."""

    def label_from_instance(self, obj: Gift) -> str:
        """民盟、民进 · 现金 1500.00."""
        givers = "、".join(str(giver) for giver in obj.donors.all())
        return f"{givers} · {obj}" if givers else str(obj)


class _OutOfField(_OutOf, SafeModelChoiceField):
    """A gift on a model's form."""


class _ChosenGiftField(_OutOf, forms.ModelChoiceField):
    """A gift on another form."""


class _HandedOver(OnPage):
    """What both forms ask of handing over."""

    def settle(self, aid_round: AidRound, *, year: int, today: date):
        """Give the fields what they need of the round."""
        gifts = gifts_of_money(aid_round)
        givers = ("donors__member", "donors__organisation", "donors__party")
        self.fields["gift"].queryset = gifts.prefetch_related(*givers)
        self.fields["granted_on"].year = year
        self.fields["granted_on"].help_text = written_as(year)
        people = Member.objects.filter(unit=aid_round.unit)
        self.fields["signed_by"].queryset = choosable(people, day=today)


class GrantForm(_HandedOver, EntryForm):
    """One grant that is corrected: its recipient stays."""

    day_field = "granted_on"
    granted_on = DayField(label=gettext_lazy("handed over on"))
    signed_by = PersonField(label=gettext_lazy("the colleague"), required=False)

    class Meta:
        model = Grant
        fields = (
            *("amount", "granted_on", "gift", "stage", "community"),
            *("handed_over", "signed_as", "signed_by"),
        )
        field_classes = {"amount": MoneyFormField, "gift": _OutOfField}

    def __init__(self, *args, year: int, today: date, **options):
        super().__init__(*args, year=year, **options)
        self.settle(self.instance.aid_round, year=year, today=today)


class GrantsForm(_HandedOver, forms.Form):
    """Equal grants to several recipients in one go: each is a grant of its own."""

    new_students = forms.IntegerField(
        label=gettext_lazy("students without a code yet"),
        required=False,
        min_value=0,
        max_value=MOST_AT_ONCE,
        widget=forms.NumberInput({"inputmode": "numeric"}),
        help_text=gettext_lazy("How many: they get the next codes. No name is asked for."),
    )
    stage = forms.ChoiceField(
        label=gettext_lazy("their school stage"),
        required=False,
        choices=[("", "—"), *Recipient.Stage.choices],
    )
    community = forms.CharField(label=gettext_lazy("community"), required=False, max_length=40)
    amount = MoneyFormField(
        label=gettext_lazy("amount for each, in yuan"), max_digits=12, decimal_places=2
    )
    granted_on = DayField(label=gettext_lazy("handed over on"))
    gift = _ChosenGiftField(
        None,
        label=gettext_lazy("out of the gift"),
        required=False,
        help_text=gettext_lazy("Where a gift was meant for these recipients."),
    )
    handed_over = forms.ChoiceField(
        label=gettext_lazy("how"), required=False, choices=[("", "—"), *Grant.HandedOver.choices]
    )
    signed_as = forms.ChoiceField(
        label=gettext_lazy("signed for by"),
        required=False,
        choices=[("", "—"), *Grant.SignedAs.choices],
        help_text=gettext_lazy("In which capacity; a pupil never signs."),
    )
    signed_by = PersonField(label=gettext_lazy("the colleague"), required=False)

    def __init__(self, *args, aid_round: AidRound, year: int, today: date, **options):
        super().__init__(*args, **options)
        self.aid_round = aid_round
        known = Recipient.objects.filter(unit=aid_round.unit).order_by("code")
        self.fields["recipients"] = PickField(known, label=_("recipients"))
        self.fields["recipients"].help_text = _("By their codes.")
        self.fields["community"].initial = aid_round.community
        self.order_fields(["recipients"])
        self.dress_fields()
        self.settle(aid_round, year=year, today=today)

    def clean(self):
        """Somebody is helped; each grant is one that may stand."""
        cleaned = super().clean()
        picked, more = cleaned.get("recipients"), cleaned.get("new_students") or 0
        number = len(picked.rows if picked else ()) + more
        if not self.errors and not number:
            self.add_error("recipients", _("Choose recipients, or say how many new students."))
        elif number > MOST_AT_ONCE:
            self.add_error(
                "new_students", _("At most %(most)s in one go.") % {"most": MOST_AT_ONCE}
            )
        elif not self.errors:
            self._check_each()
        return cleaned

    def _check_each(self):
        student = Recipient(unit=self.aid_round.unit)
        new = [student] if self.cleaned_data["new_students"] else []
        for recipient in (*self.cleaned_data["recipients"].rows, *new):
            try:
                self._grant_to(recipient).full_clean(exclude=["recipient"])
            except ValidationError as refused:
                self.add_error(None, refused.messages)
                return

    def _grant_to(self, recipient: Recipient) -> Grant:
        names = ("amount", "granted_on", "gift", "handed_over", "signed_as", "signed_by")
        return Grant(
            unit=self.aid_round.unit,
            aid_round=self.aid_round,
            recipient=recipient,
            **{name: self.cleaned_data[name] for name in names},
        )

    def save(self) -> list[Grant]:
        """Every grant, each to somebody else; new students get their codes first."""
        new = new_students(
            self.aid_round.unit,
            self.cleaned_data["new_students"] or 0,
            stage=self.cleaned_data["stage"],
            community=self.cleaned_data["community"],
        )
        grants = [self._grant_to(each) for each in (*self.cleaned_data["recipients"].rows, *new)]
        for grant in grants:
            grant.full_clean()
            grant.save()
        return grants


def new_students(unit: Unit, number: int, *, stage: str, community: str) -> list[Recipient]:
    """So many students with the next codes: 受助学生05, 受助学生06."""
    codes = Recipient.objects.filter(unit=unit, code__startswith="受助学生").values_list(
        "code", flat=True
    )
    last = max((int(_NUMBER.search(code)[0]) for code in codes), default=0)
    rows = [
        Recipient(unit=unit, code=f"受助学生{last + n:02}", stage=stage, community=community)
        for n in range(1, number + 1)
    ]
    for row in rows:
        row.full_clean()
        row.save()
    return rows
