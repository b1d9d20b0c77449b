"""What the list of activities can be narrowed to."""

import django_filters
from django.db.models import Max, Min, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.evidence_checklist import lacking_evidence
from activities.missing import without_attendance, without_evidence
from activities.models import Activity, Series, Theme
from units.models import Unit
from units.page_forms import DayField


class _DayFilter(django_filters.Filter):
    field_class = DayField


class ActivityFilters(django_filters.FilterSet):
    """Which activities of ``unit`` are shown."""

    year = django_filters.ChoiceFilter(
        label=_("Year"), method="of_year", empty_label=_("All years")
    )
    first = _DayFilter(
        label=pgettext_lazy("dates", "From"), field_name="started_on", lookup_expr="gte"
    )
    last = _DayFilter(
        label=pgettext_lazy("dates", "To"), field_name="started_on", lookup_expr="lte"
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=Activity.Kind.choices, empty_label=_("All kinds")
    )
    series = django_filters.ChoiceFilter(
        label=_("Series"), field_name="series", empty_label=_("All series")
    )
    theme = django_filters.ChoiceFilter(
        label=_("Theme"), field_name="themes", empty_label=_("All themes")
    )
    lack = django_filters.ChoiceFilter(
        label=_("What is missing"),
        method="lacking",
        choices=[
            ("date", _("the date (drafts)")),
            ("evidence", _("any evidence")),
            ("slots", _("evidence asked for")),
            ("attendance", _("who came")),
        ],
        empty_label=_("Complete or not"),
    )

    class Meta:
        model = Activity
        fields = ()

    def __init__(self, *args, unit: Unit, this_year: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.unit = unit
        self.filters["year"].extra["choices"] = _years(unit, this_year)
        for name, model in (("series", Series), ("theme", Theme)):
            self.filters[name].extra["choices"] = model.objects.filter(unit=unit).values_list(
                "pk", "name"
            )

    def of_year(self, rows: QuerySet, name: str, year: str) -> QuerySet:
        """Those that began in the year as the unit counts it; it may close in October."""
        return rows.during(self.unit.reporting_year(int(year)).period)

    def lacking(self, rows: QuerySet, name: str, what: str) -> QuerySet:
        """Drafts, those without a single piece of evidence or without one that their kind asks
        for, or with nobody on their list."""
        narrow = {
            "date": lambda: rows.drafts(),
            "evidence": lambda: without_evidence(rows),
            "slots": lambda: lacking_evidence(rows),
            "attendance": lambda: without_attendance(rows),
        }
        return narrow[what]()


def _years(unit: Unit, this_year: int) -> list[tuple[int, int]]:
    """The years of the unit's activities and this one, the latest first."""
    dated = Activity.objects.filter(unit=unit).order_by()
    ends = dated.aggregate(first=Min("started_on"), last=Max("started_on"))
    known = [this_year, *(day.year for day in ends.values() if day)]
    return [(year, year) for year in range(max(known), min(known) - 1, -1)]
