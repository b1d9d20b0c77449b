"""What the list of suggestions can be narrowed to."""

import django_filters
from django.db.models import Max, Min, QuerySet
from django.utils.translation import gettext_lazy as _

from consultations.deadlines import Deadlines
from consultations.models import OPEN, State, Step, Suggestion
from units.models import Department, Unit


class SuggestionFilters(django_filters.FilterSet):
    """Which suggestions of ``unit`` are shown; how they stand is asked as of ``day``."""

    year = django_filters.ChoiceFilter(
        label=_("Year"), field_name="year", empty_label=_("All years")
    )
    state = django_filters.ChoiceFilter(
        label=_("State"),
        method="in_state",
        choices=[
            ("open", _("waiting for an answer")),
            ("overdue", _("overdue")),
            ("soon", _("due soon")),
            ("planned", _("planned, to be followed up")),
            *State.choices,
        ],
        empty_label=_("All states"),
    )
    result = django_filters.ChoiceFilter(
        label=_("Result"),
        field_name="result",
        choices=Step.Result.choices,
        empty_label=_("All results"),
    )
    category = django_filters.ChoiceFilter(label=_("Category"), empty_label=_("All categories"))
    department = django_filters.ChoiceFilter(
        label=_("Department"), field_name="department_name", empty_label=_("All departments")
    )

    class Meta:
        model = Suggestion
        fields = ()

    def __init__(self, *args, unit: Unit, day, **kwargs):
        super().__init__(*args, **kwargs)
        self.day, self.deadlines = day, Deadlines.of(unit)
        rows = Suggestion.objects.filter(unit=unit).order_by()
        ends = rows.aggregate(first=Min("year"), last=Max("year"))
        years = range(ends["last"] or 0, (ends["first"] or 1) - 1, -1)
        used = sorted(set(rows.exclude(category="").values_list("category", flat=True)))
        departments = Department.objects.filter(unit=unit).values_list("name", "name")
        self.filters["year"].extra["choices"] = [(year, year) for year in years]
        self.filters["category"].extra["choices"] = [(name, name) for name in used]
        self.filters["department"].extra["choices"] = departments

    def in_state(self, rows: QuerySet, name: str, state: str) -> QuerySet:
        """Those in one state, or in one of the groups that an office asks for."""
        if state == "overdue":
            return rows.overdue(**self.deadlines.late(self.day))
        if state == "soon":
            return rows.due_soon(**self.deadlines.soon(self.day))
        if state == "planned":
            return rows.filter(result=Step.Result.PLANNED, outcome__isnull=True)
        return rows.filter(state__in=OPEN if state == "open" else [state])
