"""The short forms of the aid ledger: a round, a gift, grants, a pledge."""

from datetime import date

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_scopes.forms import SafeModelChoiceField

from activities.aid_ledger import Ledger
from activities.models import Activity, AidRound, Gift, Pledge, RoundStep
from members.models import Member, Organisation
from members.pickers import PersonField, choosable
from units.money import MoneyFormField
from units.page_forms import DayField, OnPage, WholeRowForm


def written_as(year: int) -> str:
    """How a day may be written."""
    return _("As on paper: 6.19 or 2017-6-19. Without a year, %(year)s.") % {"year": year}


class RoundForm(WholeRowForm):
    """A round: its name, the day of the appeal, whose students are helped, and the ceremony."""

    opened_on = DayField(label=gettext_lazy("appeal of"))

    class Meta:
        model = AidRound
        fields = ("name", "opened_on", "community", "ceremony")
        field_classes = {"ceremony": SafeModelChoiceField}

    def __init__(self, *args, year: int, **options):
        super().__init__(*args, **options)
        self.fields["opened_on"].year = year
        self.fields["opened_on"].help_text = written_as(year)
        self.fields["ceremony"].queryset = self._ceremonies()
        self.fields["ceremony"].help_text = _("An activity of the kind ceremony, entered before.")

    def _ceremonies(self) -> QuerySet[Activity]:
        held = Activity.objects.filter(unit=self.instance.unit, kind=Activity.Kind.CEREMONY)
        free = held.filter(aid_round__isnull=True)
        own = held.filter(pk=self.instance.ceremony_id)
        return (free | own).order_by("-started_on", "-pk")


class EntryForm(WholeRowForm):
    """An entry of a round. What a closed account holds of it is shown and cannot be changed."""

    day_field = ""

    def __init__(self, *args, year: int, held: bool = False, **options):
        super().__init__(*args, **options)
        self.fields[self.day_field].year = year
        self.fields[self.day_field].help_text = written_as(year)
        for name, field in self.fields.items():
            field.disabled = held and name not in self.instance.LEFT_OPEN


class GiftForm(EntryForm):
    """One gift: money with its amount, or goods and service in words."""

    day_field = "received_on"
    received_on = DayField(label=gettext_lazy("received"))
    consented_on = DayField(
        label=gettext_lazy("consent to be named, of"),
        required=False,
        help_text=gettext_lazy("The day on which the giver agreed to be named in public."),
    )
    counter = PersonField(label=gettext_lazy("counted by"), required=False)
    second_counter = PersonField(
        label=gettext_lazy("counted besides by"),
        required=False,
        help_text=gettext_lazy("Two people count cash."),
    )

    class Meta:
        model = Gift
        fields = (
            *("kind", "amount", "goods", "received_on", "counter", "second_counter"),
            *("channel", "proof", "proof_number", "naming", "consented_on", "pledge"),
        )
        field_classes = {"amount": MoneyFormField, "pledge": SafeModelChoiceField}

    def __init__(self, *args, today: date, **options):
        super().__init__(*args, **options)
        unit = self.instance.unit
        people = choosable(Member.objects.filter(unit=unit), day=today)
        self.fields["counter"].queryset = self.fields["second_counter"].queryset = people
        self.fields["consented_on"].year = today.year
        pledges = Pledge.objects.filter(unit=unit)
        self.fields["pledge"].queryset = pledges
        if not pledges and not self.instance.pledge_id:
            del self.fields["pledge"]


class PledgeForm(WholeRowForm):
    """What somebody promised for every year of several."""

    promised_on = DayField(label=gettext_lazy("promised on"))
    member = PersonField(label=gettext_lazy("person"), required=False)

    class Meta:
        model = Pledge
        fields = (
            *("party", "organisation", "member"),
            *("promised_on", "amount_a_year", "first_year", "last_year"),
        )
        field_classes = {"organisation": SafeModelChoiceField, "amount_a_year": MoneyFormField}
        widgets = {
            name: forms.NumberInput({"inputmode": "numeric"})
            for name in ("first_year", "last_year")
        }

    def __init__(self, *args, today: date, **options):
        super().__init__(*args, **options)
        unit = self.instance.unit
        self.fields["promised_on"].year = today.year
        self.fields["promised_on"].help_text = written_as(today.year)
        self.fields["member"].queryset = choosable(Member.objects.filter(unit=unit), day=today)
        self.fields["organisation"].queryset = Organisation.objects.filter(unit=unit)
        self.fields["party"].help_text = _("Choose one of the three.")


class ReasonForm(OnPage, forms.Form):
    """Why something is done with the account."""

    reason = forms.CharField(
        label=gettext_lazy("reason"),
        max_length=200,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("It is kept for good: leave people's names out."),
    )


class CloseForm(ReasonForm):
    """Where the balance went, and that what is missing stays so."""

    rest = forms.ChoiceField(label=gettext_lazy("the balance was"), required=False)
    carried_to = forms.ModelChoiceField(
        None,
        label=gettext_lazy("carried over to"),
        required=False,
        help_text=gettext_lazy("Only where it is carried over to another round."),
    )
    all_the_same = forms.BooleanField(
        label=gettext_lazy("What is missing cannot be found any more; the reason says why."),
        error_messages={"required": gettext_lazy("Enter what is missing, or tick this.")},
    )

    field_order = ("rest", "carried_to", "all_the_same", "reason")

    def __init__(self, *args, ledger: Ledger, rounds: list[AidRound], **options):
        super().__init__(*args, **options)
        self.ledger = ledger
        self.fields["rest"].choices = [("", "—"), *RoundStep.Rest.choices]
        self.fields["carried_to"].queryset = AidRound.objects.filter(
            pk__in=[row.pk for row in rounds]
        )
        if not ledger.balance:
            del self.fields["rest"], self.fields["carried_to"]
        elif not rounds:
            del self.fields["carried_to"]
        if not ledger.missing:
            del self.fields["all_the_same"]

    def clean(self):
        """A balance is somewhere, and in one place only."""
        cleaned = super().clean()
        if "rest" in self.fields and not cleaned.get("rest"):
            self.add_error("rest", _("Say where the balance has gone."))
        is_carried = cleaned.get("rest") == RoundStep.Rest.NEXT_ROUND
        if is_carried and not cleaned.get("carried_to"):
            field = "carried_to" if "carried_to" in self.fields else "rest"
            self.add_error(field, _("Choose the round to which the balance is carried."))
        elif cleaned.get("carried_to") and not is_carried:
            self.add_error("carried_to", _("Only where it is carried over to another round."))
        return cleaned
