"""What the list of proposals can be narrowed to."""

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext_lazy as _

from consultations.models import Adoption, Proposal
from units.models import Unit

ADOPTED, NOT_ADOPTED = "adopted", "not_adopted"


class ProposalFilters(django_filters.FilterSet):
    """Which proposals of ``unit`` are shown."""

    year = django_filters.ChoiceFilter(
        label=_("Year"), field_name="submitted_on__year", empty_label=_("All years")
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=Proposal.Kind.choices, empty_label=_("All kinds")
    )
    adopted = django_filters.ChoiceFilter(
        label=_("Adoption"),
        method="with_adoption",
        choices=[
            (ADOPTED, _("adopted by somebody")),
            (NOT_ADOPTED, _("not adopted yet")),
            *Adoption.Level.choices,
        ],
        empty_label=_("All"),
    )

    class Meta:
        model = Proposal
        fields = ()

    def __init__(self, *args, unit: Unit, **kwargs):
        super().__init__(*args, **kwargs)
        rows = Proposal.objects.filter(unit=unit).order_by()
        years = rows.annotate(y=ExtractYear("submitted_on")).values_list("y", flat=True)
        self.filters["year"].extra["choices"] = [
            (year, year) for year in sorted(set(years.distinct()), reverse=True)
        ]

    def with_adoption(self, rows: QuerySet, name: str, asked: str) -> QuerySet:
        """Those that somebody adopted, or nobody, or a body of one level."""
        adoptions = Adoption.objects.filter(proposal=OuterRef("pk")).order_by()
        if asked in Adoption.Level.values:
            adoptions = adoptions.filter(level=asked)
        return rows.filter(~Exists(adoptions) if asked == NOT_ADOPTED else Exists(adoptions))
