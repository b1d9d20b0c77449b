"""Filters of the roster: who counted on a day, in which party, in service or retired."""

from datetime import date

from django.contrib.admin import SimpleListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django_scopes import get_scope

from members.codes import TitleLevel
from members.models import Employment, Membership, Organisation, Party, Title
from units.models import Unit
from units.statistic import unknown_first

DAY = "on"


def day_asked_for(request) -> date:
    """The day of the roster: ``?on=2017-12-31``, else today.

    Raises IncorrectLookupParameters, which the list answers with its usual notice, for anything
    that is no date.
    """
    written = request.GET.get(DAY)
    if not written:
        return timezone.localdate()
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise IncorrectLookupParameters from error


class CountedOn(SimpleListFilter):
    """Only those counted as members of a democratic party on a day.

    The other filters and the columns then speak of that day too.
    """

    title = _("day they are counted on")
    parameter_name = DAY
    template = "admin/members/day_filter.html"

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        self.other_parameters = [
            (name, value)
            for name, values in request.GET.lists()
            for value in values
            if name not in (DAY, "p", "e")
        ]

    @property
    def day_written(self) -> str:
        """The chosen day as a date field shows it, or nothing."""
        return self.value() or ""

    def lookups(self, request, model_admin):
        """The closing days of last year and of this year, in every unit the person sees."""
        year = timezone.localdate().year
        units = Unit.objects.filter(pk__in=get_scope()["unit"])
        days = {unit.reporting_year(y).last for unit in units for y in (year - 1, year)}
        return [(day.isoformat(), date_format(day)) for day in sorted(days)]

    def queryset(self, request, queryset):
        """The people counted on the day."""
        if not self.value():
            return queryset
        return queryset.of_a_party_on(day_asked_for(request))


class _HoldsOnTheDay(SimpleListFilter):
    """People with a row of ``model`` whose ``column`` has the chosen value on the day asked for."""

    model_of_rows: type
    column: str

    def queryset(self, request, queryset):
        """The people with such a row; all of them while nothing is chosen."""
        if self.value() is None:
            return queryset
        if self.value() not in {str(key) for key, _label in self.lookup_choices}:
            return queryset.none()
        rows = self.model_of_rows.objects.on(day_asked_for(request))
        wanted = rows.filter(**{self.column: self.value()}, member=OuterRef("pk"))
        return queryset.filter(Exists(wanted))


class InParty(_HoldsOnTheDay):
    """By democratic party, in the official order."""

    title = _("democratic party")
    parameter_name = "party"
    model_of_rows = Membership
    column = "party"

    def lookups(self, request, model_admin):
        """All eight."""
        return [(party.code, party.short_name) for party in Party.objects.all()]


class InOrganisation(_HoldsOnTheDay):
    """By the democratic party's branch or committee."""

    title = _("party organisation")
    parameter_name = "organisation"
    model_of_rows = Membership
    column = "organisation"

    def lookups(self, request, model_admin):
        """The organisations of democratic parties within the request's scope."""
        organisations = Organisation.objects.filter(party__isnull=False)
        return [(str(organisation.pk), organisation.name) for organisation in organisations]


class AtTitleLevel(_HoldsOnTheDay):
    """By the level of the title that stands in the list: the one awarded last before the day.

    An earlier title stays on record when a higher one follows, often without an end.
    """

    title = _("level of the title")
    parameter_name = "title_level"
    model_of_rows = Title
    column = "level"

    def lookups(self, request, model_admin):
        """The four levels."""
        return TitleLevel.choices

    def queryset(self, request, queryset):
        """The people whose title on the day is of that level."""
        if self.value() is None:
            return queryset
        held = Title.objects.on(day_asked_for(request)).filter(member=OuterRef("pk"))
        newest = held.order_by(unknown_first("-started_on"), "-pk")
        return queryset.alias(title_level=Subquery(newest.values("level")[:1])).filter(
            title_level=self.value()
        )


class WithEmployment(_HoldsOnTheDay):
    """In service, retired, or no longer here."""

    title = _("employment")
    parameter_name = "employment"
    model_of_rows = Employment
    column = "status"
    NOT_HERE = "none"

    def lookups(self, request, model_admin):
        """The states of an employment, and having none."""
        return [*Employment.Status.choices, (self.NOT_HERE, _("not employed here"))]

    def queryset(self, request, queryset):
        """The people in that state on the day."""
        if self.value() == self.NOT_HERE:
            here = Employment.objects.on(day_asked_for(request))
            return queryset.exclude(Exists(here.filter(member=OuterRef("pk"))))
        return super().queryset(request, queryset)
