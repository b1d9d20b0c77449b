"""The short form of a new person: who they are, their party, their place here, their title."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from members.arrivals import enter
from members.codes import LEVEL_OF_TITLE, TitleLevel
from members.models import Employment, Member, Membership, Organisation, Party, Title
from members.pickers import choosable, told_apart
from units.dates import Precision
from units.models import Department
from units.page_forms import OnPage, TextWithExamples, WrittenDateField
from units.scoping import UnitRow

_UNKNOWN = (None, Precision.DAY)


class _NotTheSame(forms.ModelMultipleChoiceField):
    """A tick for each person read alike: that the new one is somebody else."""

    def label_from_instance(self, obj: Member) -> str:
        """That it is not this one, told apart from namesakes."""
        return _("not %(person)s, who is on record: somebody else") % {"person": told_apart(obj)}


class ArrivalForm(OnPage, forms.ModelForm):
    """A new person with the first row of each kind that is filled in.

    Where somebody of that name, or of a name that is read alike, is on record, it asks of each of
    them whether the new person is somebody else: nobody is entered twice by accident.
    """

    born_on = WrittenDateField(
        label=_("born"), required=False, help_text=_("The month is enough: 1971-3, or 1971.")
    )
    party = forms.ModelChoiceField(None, label=_("democratic party"), required=False)
    joined_on = WrittenDateField(
        label=_("joined the party"), required=False, help_text=_("A month or a year will do.")
    )
    organisation = forms.ModelChoiceField(None, label=_("party organisation"), required=False)
    status = forms.ChoiceField(label=_("employment"), choices=Employment.Status)
    employed_on = WrittenDateField(
        label=_("employed so since"),
        required=False,
        help_text=_("Leave empty if nobody knows."),
    )
    department = forms.ModelChoiceField(None, label=_("department"), required=False)
    full_time_teacher = forms.BooleanField(label=_("full-time teacher"), required=False)
    title = forms.CharField(
        label=_("professional title"),
        max_length=40,
        required=False,
        widget=TextWithExamples(LEVEL_OF_TITLE),
    )
    title_level = forms.ChoiceField(
        label=_("level of the title"),
        choices=[("", "---------"), *TitleLevel.choices],
        required=False,
        help_text=_("May stay empty for a title of the list."),
    )
    titled_on = WrittenDateField(label=_("title since"), required=False)
    others = _NotTheSame(
        None,
        label=_("Another person of the same name?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Member
        fields = ("name", "reading", "sex", "born_on", "staff_number")

    def __init__(self, *args, unit, today: date, **options):
        super().__init__(*args, instance=Member(unit=unit), **options)
        fields = self.fields
        fields["party"].queryset = Party.objects.all()
        fields["organisation"].queryset = Organisation.objects.filter(
            unit=unit, party__isnull=False
        )
        fields["department"].queryset = Department.objects.filter(unit=unit)
        for name in ("name", "reading", "staff_number"):
            fields[name].widget.attrs["autocomplete"] = "off"
        for name in ("born_on", "joined_on", "employed_on", "titled_on"):
            fields[name].year = today.year
        self.alike = self._read_alike(today)
        fields["others"].queryset = self.alike
        if not self.alike:
            del fields["others"]

    def _read_alike(self, today: date):
        """Who is on record under the name that was typed, or one that is read alike."""
        name = str(self.data.get("name", "")).strip() if self.is_bound else ""
        if not name:
            return Member.objects.none()
        people = Member.objects.filter(unit=self.instance.unit).named_like(name)
        return choosable(people, day=today)

    def clean(self):
        """Take the dates apart; see that what belongs together fits together."""
        cleaned = super().clean()
        born_on, precision = cleaned.get("born_on") or _UNKNOWN
        cleaned["born_on"], self.instance.born_precision = born_on, precision
        self._refuse_halves(cleaned)
        self._refuse_other_party(cleaned)
        self._refuse_wrong_level(cleaned)
        if set(self.alike) - set(cleaned.get("others", ())):
            self.add_error(
                "others" if "others" in self.fields else None,
                _("Somebody is on record who may be the same. Open their page, or tick below."),
            )
        return cleaned

    def _refuse_halves(self, cleaned: dict):
        """A date of joining without a party, a level without a title."""
        for whole, part in (("party", "joined_on"), ("title", "titled_on")):
            if cleaned.get(part, _UNKNOWN)[0] and not (cleaned.get(whole) or self._inferred(whole)):
                self.add_error(whole, _("Fill this in too, or leave the date empty."))

    def _inferred(self, name: str):
        return name == "party" and self.cleaned_data.get("organisation")

    def _refuse_other_party(self, cleaned: dict):
        """An organisation says its party by itself; another one contradicts it."""
        organisation, party = cleaned.get("organisation"), cleaned.get("party")
        if organisation and not party:
            cleaned["party"] = organisation.party
        elif organisation and organisation.party != party:
            self.add_error("organisation", _("That organisation is of another party."))

    def _refuse_wrong_level(self, cleaned: dict):
        """A well-known title says its level by itself; any other needs one."""
        title, level = cleaned.get("title"), cleaned.get("title_level")
        known = LEVEL_OF_TITLE.get(title or "")
        cleaned["title_level"] = level or known or ""
        if title and not cleaned["title_level"]:
            self.add_error("title_level", _("Choose the level of this title."))
        elif known and level and level != known:
            self.add_error("title_level", _wrong_level(title, level))

    def rows(self) -> list[UnitRow]:
        """The dated rows that come with the person; none that was left empty."""
        entered = self.cleaned_data
        made = [self._dated(Employment, "employed_on", "status", "department", "full_time_teacher")]
        if entered["party"]:
            made.append(self._dated(Membership, "joined_on", "party", "organisation"))
        if entered["title"]:
            level = entered["title_level"]
            made.append(self._dated(Title, "titled_on", name=entered["title"], level=level))
        return made

    def _dated(self, model: type[UnitRow], since: str, *names: str, **values) -> UnitRow:
        values |= {name: self.cleaned_data[name] for name in names}
        day, precision = self.cleaned_data[since]
        return model(started_on=day, started_precision=precision, **values)

    def save(self, commit=True) -> Member:
        """The person with the rows, all of it or nothing."""
        return enter(self.instance, self.rows())


def _wrong_level(title: str, level: str) -> ValidationError | str:
    try:
        Title(name=title, level=level).clean()
    except ValidationError as refused:
        return " ".join(refused.messages)
    return ""
