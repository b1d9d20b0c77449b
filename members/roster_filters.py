"""What the roster can be narrowed to. Every filter speaks of the roster's day."""

from datetime import date

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, F, OuterRef, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from members.ages import UNKNOWN_AGE, USUAL_BANDS, AgeBand
from members.codes import TitleLevel
from members.models import Appointment, Employment, Member, Membership, Organisation, Party
from units.models import Department, Unit
from units.page_forms import DayField, TextWithExamples

_EVERY = "–"


class Who:
    """Whom the roster shows. Empty: those counted as members of a democratic party."""

    HERE, GONE, ALL = "here", "gone", "all"
    CHOICES = (
        (HERE, _("everybody employed here")),
        (GONE, _("not here on that day")),
        (ALL, _("everybody recorded")),
    )


class Status:
    """In service or retired; ``ANY_RETIRED`` takes 退休 and 离休 together."""

    ANY_RETIRED = "any_retired"
    RETIRED = (Employment.Status.RETIRED, Employment.Status.RETIRED_VETERAN)
    CHOICES = (
        (Employment.Status.IN_SERVICE, Employment.Status.IN_SERVICE.label),
        (ANY_RETIRED, _("retired, 退休 and 离休")),
        *((status, status.label) for status in RETIRED),
    )


class AgeBandField(forms.CharField):
    """A band of ages as written; cleans to an AgeBand or None."""

    widget = TextWithExamples((*USUAL_BANDS, UNKNOWN_AGE))

    def to_python(self, value) -> AgeBand | str | None:
        """ValidationError for what is no band; ``UNKNOWN_AGE`` asks for those without a birth."""
        if not value or value == UNKNOWN_AGE:
            return value or None
        try:
            return AgeBand.read(value)
        except ValueError as error:
            raise ValidationError(str(error)) from error


def _names_of(unit: Unit) -> tuple[list, list]:
    """(key, name) of the unit's organisations of democratic parties, and of its departments.

    One query: every page of the roster needs both.
    """
    organisations = Organisation.objects.filter(unit=unit, party__isnull=False)
    named = organisations.annotate(place=F("party__order"), kind=Value("o"))
    departments = Department.objects.filter(unit=unit)
    others = departments.annotate(place=Value(0), kind=Value("d"))
    columns = ("kind", "place", "name", "pk")
    rows = named.order_by().values_list(*columns).union(others.order_by().values_list(*columns))
    lists = {"o": [], "d": []}
    for kind, _place, name, key in sorted(rows):
        lists[kind].append((key, name))
    return lists["o"], lists["d"]


class _Chosen(django_filters.ChoiceFilter):
    def __init__(self, *args, empty_label=_EVERY, **options):
        super().__init__(*args, empty_label=empty_label, **options)


class _ChosenSeveral(django_filters.MultipleChoiceFilter):
    def __init__(self, *args, **options):
        super().__init__(*args, distinct=False, **options)
        self.extra["widget"] = forms.SelectMultiple({"data-pick": True, "data-placeholder": _EVERY})


class _Written(django_filters.Filter):
    field_class = DayField


class _Aged(django_filters.Filter):
    field_class = AgeBandField


class RosterFilters(django_filters.FilterSet):
    """The filters of a unit's roster on ``day``; the rows are those of ``members.roster``."""

    day = _Written(label=_("On the day"), method="any_day")
    who = _Chosen(
        label=_("Whom to show"),
        empty_label=_("members of democratic parties"),
        choices=Who.CHOICES,
        method="of_whom",
    )
    party = _ChosenSeveral(label=_("democratic party"), method="in_parties")
    organisation = _Chosen(label=_("party organisation"), method="in_organisation")
    status = _Chosen(label=_("In service or retired"), choices=Status.CHOICES, method="of_status")
    department = _Chosen(label=_("department"), method="in_department")
    title_level = _ChosenSeveral(
        label=_("level of the title"),
        field_name="title_level_then",
        choices=TitleLevel.choices,
        null_label=_("no title"),
    )
    teacher = _Chosen(
        label=_("full-time teacher"),
        choices=(("yes", _("yes")), ("no", _("no"))),
        method="teaching",
    )
    sex = _Chosen(label=_("sex"), choices=Member.Sex.choices)
    age = _Aged(label=_("age"), method="aged")
    post = _Chosen(label=_("holds a post"), choices=Appointment.Kind.choices, method="in_post")

    ends = _Written(label=_("a post of theirs ends by"), method="term_ending")

    def __init__(self, *args, unit: Unit, day: date, today: date, **options):
        super().__init__(*args, **options)
        self.on = day
        self._choose("party", [(party.pk, party.short_name) for party in Party.objects.all()])
        organisations, departments = _names_of(unit)
        self._choose("organisation", organisations)
        self._choose("department", departments)
        day_field = self.form.fields["day"]
        day_field.year = today.year
        day_field.widget.attrs["placeholder"] = today.isoformat()
        self.form.fields["ends"].year = today.year

    def _choose(self, name: str, choices: list):
        self.filters[name].extra["choices"] = choices

    def filter_queryset(self, queryset):
        """As django-filter's; without a choice of whom, those whom figures count."""
        rows = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data["who"] else rows.of_a_party_on(self.on)

    def any_day(self, rows: QuerySet, name: str, value) -> QuerySet:
        """All rows: they are those of the day already."""
        return rows

    def of_whom(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Everybody employed on the day, or everybody who was not, or all."""
        here = Exists(Employment.objects.on(self.on).filter(member=OuterRef("pk")))
        return {Who.HERE: rows.filter(here), Who.GONE: rows.filter(~here)}.get(value, rows)

    def in_parties(self, rows: QuerySet, name: str, values: list[str]) -> QuerySet:
        """Members of any of the parties."""
        return self._with_membership(rows, party__in=values)

    def in_organisation(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Members of a party's branch or committee."""
        return self._with_membership(rows, organisation=value)

    def of_status(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """In service, or retired in one way or either."""
        statuses = Status.RETIRED if value == Status.ANY_RETIRED else [value]
        return rows.employed_on(self.on, status__in=statuses)

    def in_department(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Employed in a department."""
        return rows.employed_on(self.on, department=value)

    def teaching(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Employed as full-time teacher, or otherwise."""
        return rows.employed_on(self.on, full_time_teacher=value == "yes")

    def aged(self, rows: QuerySet, name: str, band: AgeBand | str) -> QuerySet:
        """Of an age within the band; of whom nobody knows the birth, they are of none."""
        if band == UNKNOWN_AGE:
            return rows.filter(born_on__isnull=True)
        return rows.filter(born_on__range=band.born_between(self.on))

    def in_post(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Holders of a post of a kind."""
        posts = Appointment.objects.on(self.on).filter(member=OuterRef("pk"), kind=value)
        return rows.filter(Exists(posts))

    def term_ending(self, rows: QuerySet, name: str, by: date) -> QuerySet:
        """Holders of a post that ends on a day or before."""
        return rows.with_terms_ending(day=self.on, by=by)

    def _with_membership(self, rows: QuerySet, **wanted) -> QuerySet:
        found = Membership.objects.on(self.on).filter(member=OuterRef("pk"), **wanted)
        return rows.filter(Exists(found))
