"""The short forms of talks: a talk that was held, and a pair of friends."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Activity, Talk, TalkPair
from activities.talks import change_talk, record_talk
from members.models import Member
from members.pickers import PersonField, choosable
from units.dates import Precision, last_day_of
from units.editing import differences
from units.models import Unit
from units.page_forms import DatedRowForm, DayField, OnPage, WrittenDateField

HEADING_LENGTH = 40
NOT_RECORDED = gettext_lazy(
    "The heading of the topic alone. What somebody said or thinks is not recorded."
)


class _PairSelect(forms.Select):
    """A picker of a pair, found by either name, its pinyin or initials."""

    def create_option(self, name, value, *args, **kwargs):
        """As Django's, with the pinyin and initials of the two."""
        option = super().create_option(name, value, *args, **kwargs)
        pair = getattr(value, "instance", None)
        if pair is not None:
            option["attrs"]["data-find"] = f"{pair.leader.find_key} {pair.friend.find_key}"
        return option


class TalkForm(OnPage, forms.ModelForm):
    """One talk: who, when, its topic in a few words, and what is to be done."""

    pair = forms.ModelChoiceField(
        None,
        label=gettext_lazy("pair of friends"),
        empty_label="",
        widget=_PairSelect({"data-pick": True}),
    )
    started_on = WrittenDateField(label=gettext_lazy("Date"))
    title = forms.CharField(
        label=gettext_lazy("Heading of the topic"),
        max_length=HEADING_LENGTH,
        help_text=NOT_RECORDED,
    )
    followed_up_on = DayField(label=gettext_lazy("done on"), required=False)

    field_order = ("pair", "started_on", "title", "follow_up", "followed_up_on")

    class Meta:
        model = Talk
        fields = ("pair", "follow_up", "followed_up_on")

    def __init__(self, *args, pairs: QuerySet[TalkPair], year: int, **options):
        super().__init__(*args, **options)
        self.fields["pair"].queryset = pairs
        for name in ("started_on", "followed_up_on"):
            self.fields[name].year = year
        self.fields["started_on"].help_text = _(
            "As on paper: 6.19, 2017年6月 or 2017. Without a year, %(year)s."
        ) % {"year": year}
        for name in ("title", "follow_up"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        if self.is_new:
            del self.fields["followed_up_on"]
        else:
            activity = self.instance.activity
            self.initial["started_on"] = (activity.started_on, activity.precision)
            self.initial["title"] = activity.title

    @property
    def is_new(self) -> bool:
        """Whether the talk is not stored yet."""
        return self.instance.pk is None

    def _get_validation_exclusions(self) -> set[str]:
        """All but the activity, which is stored together with the talk."""
        return {"activity"}

    def clean(self):
        """Take the date apart; refuse one on which the two were no pair."""
        cleaned = super().clean()
        day, self.precision = cleaned.get("started_on") or (None, Precision.DAY)
        cleaned["started_on"] = day
        if day and (pair := cleaned.get("pair")):
            self._refuse_outside(pair, day)
        return cleaned

    def _refuse_outside(self, pair: TalkPair, day: date):
        last = last_day_of(day, self.precision)
        if pair.started_on and last < pair.started_on:
            message = _("These two are a pair from %(day)s on.") % {"day": pair.started_on}
        elif pair.ended_on and day >= pair.ended_on:
            message = _("These two were a pair until %(day)s.") % {"day": pair.ended_on}
        else:
            return
        self.add_error("started_on", message)

    def save(self, commit=True) -> Talk:
        """The talk with its activity and the two who took part."""
        entered = self.cleaned_data
        when = {"day": entered["started_on"], "precision": self.precision}
        if self.is_new:
            return record_talk(
                entered["pair"], title=entered["title"], follow_up=entered["follow_up"], **when
            )
        return change_talk(self.instance, title=entered["title"], **when)

    def conflicts(self) -> list[dict]:
        """Where day and heading, which the activity holds, differ from what is stored now."""
        stored = Activity.objects.filter(pk=self.instance.activity_id).first()
        pairs = differences(self, stored) if stored else []
        return [{"record": str(stored), "pairs": pairs}] if pairs else []


class PairForm(DatedRowForm):
    """A leader and a colleague, from a day on. Ended, the row stays: it was true for a time."""

    leader = PersonField(label=gettext_lazy("leader"))
    friend = PersonField(label=gettext_lazy("colleague"))

    class Meta:
        model = TalkPair
        fields = ("leader", "friend", "times_a_year", "started_on", "ended_on")
        widgets = {"times_a_year": forms.NumberInput({"inputmode": "numeric"})}

    def __init__(self, *args, unit: Unit, today: date, **options):
        super().__init__(*args, year=today.year, **options)
        if self.instance.pk:
            self._keep_the_two(today)
            return
        del self.fields["ended_on"]
        people = choosable(Member.objects.filter(unit=unit), day=today)
        self.fields["leader"].queryset = self.fields["friend"].queryset = people

    def _keep_the_two(self, today: date):
        """Other people are another pair: end this one and begin the next."""
        for name in ("leader", "friend"):
            field, key = self.fields[name], getattr(self.instance, f"{name}_id")
            field.queryset = choosable(Member.objects.filter(pk=key), day=today)
            field.disabled = True
            field.widget.attrs.pop("data-pick", None)

    def clean_ended_on(self) -> date | None:
        """A pair that has talked on a later day cannot have ended before."""
        ended = self.cleaned_data["ended_on"]
        later = ended and self.instance.talks.filter(activity__started_on__gte=ended)
        if later and (talk := later.select_related("activity").first()):
            raise ValidationError(
                _("A talk of theirs is recorded on %(day)s: end the pair after it, or correct it.")
                % {"day": talk.activity.started_on}
            )
        return ended
