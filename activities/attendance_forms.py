"""Who came: the day's roster with a tick for each, others, pasted names, guests and the count."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import construct_instance
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from activities.kinds import ASKED
from activities.models import Activity, Participation
from activities.names import Found, find_people
from activities.roster import Bench, bench_of_others, roster_on, seats_of
from members.models import Member
from members.pickers import PeopleSelect, choosable, told_apart
from units.editing import Difference
from units.page_forms import OnPage

SHOWN = "attendance_shown"
NO_REASON = "excused"
REASONS = ((NO_REASON, _("excused, no reason given")), *Participation.Reason.choices)


@dataclass
class Marks:
    """What is noted about people, by key: who came, and who was excused and why."""

    present: set[int] = field(default_factory=set)
    excused: dict[int, str] = field(default_factory=dict)

    @property
    def keys(self) -> set[int]:
        """Everybody about whom something is noted."""
        return self.present | self.excused.keys()

    @classmethod
    def of(cls, rows: Iterable[Participation]) -> "Marks":
        """What ``rows`` say."""
        marks = cls()
        for row in rows:
            if row.status == Participation.Status.PRESENT:
                marks.present.add(row.member_id)
            else:
                marks.excused[row.member_id] = row.reason or NO_REASON
        return marks

    @classmethod
    def posted(cls, data) -> "Marks":
        """What a form sent; whatever is no key or reason counts as not sent."""
        marks = cls({int(key) for key in data.getlist("present") if key.isdecimal()})
        marks.present |= {int(key) for key in data.getlist("others") if key.isdecimal()}
        known = dict(REASONS)
        for each in data.getlist("excused"):
            key, _colon, reason = each.partition(":")
            if key.isdecimal() and reason in known:
                marks.excused[int(key)] = reason
        return marks


class AttendanceForm(OnPage, forms.ModelForm):
    """The head count, and for kinds that keep names the roster of ``day``.

    The ticks are read only from a page that showed them (``SHOWN``): a page on which the list never
    arrived changes nobody's attendance.
    """

    names = forms.CharField(
        label=_("Paste a list of names"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line, or with commas between. They are compared with the list above."),
    )

    class Meta:
        model = Activity
        fields = ("head_count", "head_count_is_about", "head_count_note")

    def __init__(self, *args, day: date | None, today: date, kind: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.day, self.today = day, today
        self.asked = ASKED[kind or self.instance.kind]
        self.rows = list(self.instance.participations.all()) if self.instance.pk else []
        self.before = Marks.of(self.rows)
        self.is_shown = not self.is_bound or SHOWN in self.data
        self.marks = Marks.posted(self.data) if self.is_bound and self.is_shown else self.before
        self.found = Found()
        self._keep_what_is_asked()

    def _keep_what_is_asked(self):
        if not self.asked.by_name:
            del self.fields["names"]
        if not self.asked.counts_heads and self.instance.head_count is None:
            for name in self._meta.fields:
                del self.fields[name]
        else:
            self.fields["head_count"].widget.attrs.update({"inputmode": "numeric", "min": 0})

    # --- what is shown ---

    @property
    def shows_names(self) -> bool:
        """Whether there is a list: the kind keeps names, or some are stored all the same."""
        return self.asked.by_name or bool(self.before.keys)

    @property
    def benches(self) -> list[Bench]:
        """The roster of the day, then the others about whom something is noted."""
        if not hasattr(self, "_benches"):
            unit = self.instance.unit
            benches = roster_on(self.day, unit=unit)
            others = self.marks.keys - {seat.member.pk for seat in seats_of(benches)}
            others |= {person.pk for _name, people in self.found.namesakes for person in people}
            others -= {seat.member.pk for seat in seats_of(benches)}
            benches.append(bench_of_others(others, day=self._shown_day, unit=unit))
            self._benches = [bench for bench in benches if bench.seats]
            self._note(seats_of(self._benches))
        return self._benches

    def _note(self, seats):
        for seat in seats:
            seat.present = seat.member.pk in self.marks.present
            seat.excused = self.marks.excused.get(seat.member.pk, "")

    @property
    def roster_size(self) -> int:
        """How many of the parties' members were to come."""
        return sum(len(bench.seats) for bench in self.benches if bench.party)

    @property
    def picker(self) -> str:
        """The field in which anybody else of the unit is picked."""
        seated = [seat.member.pk for seat in seats_of(self.benches)]
        people = Member.objects.filter(unit=self.instance.unit).exclude(pk__in=seated)
        widget = PeopleSelect({"class": "form-select"})
        field = forms.ModelMultipleChoiceField(
            choosable(people, day=self._shown_day), widget=widget, required=False
        )
        field.label_from_instance = told_apart
        return field.widget.render("others", [], {"id": "id_others"})

    @property
    def namesakes(self) -> list[tuple[str, list[tuple[int, str]]]]:
        """Names that several people bear: (name, [(key, what tells them apart)])."""
        return [
            (name, [(person.pk, told_apart(person)) for person in people])
            for name, people in self.found.namesakes
        ]

    @property
    def reasons(self) -> tuple:
        """The reasons one can be excused for."""
        return REASONS

    @property
    def _shown_day(self) -> date:
        return self.day or self.today

    # --- what was entered ---

    def read_names(self):
        """Tick whoever is named in the pasted list; the rest of it stays in the field."""
        text = self.data.get("names", "")
        self.found = find_people(text, choosable(self._people, day=self._shown_day))
        self.marks.present |= {person.pk for person in self.found.people} - set(self.marks.excused)
        rest = [*self.found.unknown, *(name for name, _people in self.found.namesakes)]
        self.data = self.data.copy()
        self.data["names"] = "\n".join(rest)

    def clean(self):
        """Refuse people of another unit, and a count that neither agrees nor says why."""
        cleaned = super().clean()
        if self.is_shown and self.shows_names:
            self._check_people()
        if cleaned.get("names"):
            self._refuse_unread_names()
        return cleaned

    def _post_clean(self):
        """Put the numbers into the activity, which its own form checks as a whole."""
        self.instance = construct_instance(self, self.instance, self.fields)

    def _check_people(self):
        if self.marks.present & self.marks.excused.keys():
            self.add_error(None, _("Somebody is ticked and excused too: choose one of the two."))
        if self.marks.keys and not self.asked.by_name:
            self.add_error(None, _("This kind keeps totals only: take the names off the list."))
        if self._people.filter(pk__in=self.marks.keys).count() != len(self.marks.keys):
            raise ValidationError(_("Choose an entry of the same unit."))

    def _refuse_unread_names(self):
        """A pasted list that nobody compared is compared now; names in doubt are asked about."""
        self.read_names()
        doubtful = len(self.found.unknown) + len(self.found.namesakes)
        if doubtful:
            self.add_error(
                "names",
                ngettext(
                    "%(number)s name is not settled: correct it, tick the right person, or "
                    "remove it here.",
                    "%(number)s names are not settled: correct them, tick the right people, or "
                    "remove them here.",
                    doubtful,
                )
                % {"number": doubtful},
            )

    @property
    def _people(self):
        return Member.objects.filter(unit=self.instance.unit)

    def refuse_disagreement(self, *, guests: int, all_counted: bool):
        """Ask why, where the typed head count is not that of the list and the guests together."""
        typed = self.cleaned_data.get("head_count")
        words = ("head_count_is_about", "head_count_note")
        is_settled = any(self.cleaned_data.get(name) for name in words)
        listed = len(self.marks.present) + guests
        if typed is None or is_settled or not self.marks.present:
            return
        if typed < listed or (typed > listed and all_counted):
            self.add_error("head_count_note", self._disagreement(typed, guests))

    def _disagreement(self, typed: int, guests: int) -> str:
        return _(
            "The list has %(present)s people and %(guests)s guests, together %(listed)s; the head "
            "count says %(typed)s. Correct one of them, or write here why they differ."
        ) % {
            "present": len(self.marks.present),
            "guests": guests,
            "listed": len(self.marks.present) + guests,
            "typed": typed,
        }

    # --- what is stored ---

    def save_names(self, activity: Activity):
        """Bring the stored list into line with the form: rows added, changed and taken away."""
        if not (self.is_shown and self.shows_names):
            return
        rows = {row.member_id: row for row in self.rows}
        for key in self.marks.keys:
            reason = self.marks.excused.get(key)
            row = rows.pop(key, None) or Participation(
                unit=activity.unit, activity=activity, member_id=key
            )
            status = Participation.Status.PRESENT if reason is None else NO_REASON
            _store(row, status=status, reason="" if reason in (None, NO_REASON) else reason)
        for row in rows.values():
            row.delete()

    def conflicts(self) -> list[dict]:
        """Both versions of the list, where somebody else changed it (see ``CarefulPage``)."""
        pairs = [
            Difference(str(label), _named(theirs), _named(yours))
            for label, theirs, yours in (
                (_("present"), self.before.present, self.marks.present),
                (_("excused"), self.before.excused.keys(), self.marks.excused.keys()),
            )
            if set(theirs) != set(yours)
        ]
        return [{"record": str(_("attendance")), "pairs": pairs}] if pairs else []


def _store(row: Participation, *, status: str, reason: str):
    """Store the row if it is new or says something else now."""
    if row.pk and (row.status, row.reason) == (status, reason):
        return
    row.status, row.reason = status, reason
    row.full_clean()
    row.save()


def _named(keys) -> str:
    return "、".join(Member.objects.filter(pk__in=keys).values_list("name", flat=True))
