"""Pages about proposals outside the unit: one with its adoptions, and the form for both."""

from datetime import date

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from consultations.models import Adoption, Proposal
from consultations.proposal_forms import BODIES, CHANNELS, AdoptionFormSet, ProposalForm
from units.careful_page import CarefulPage, Part
from units.desk import may_keep, unit_to_keep, unit_to_read
from units.models import Unit

MAY_CHANGE = "consultations.change_proposal"


@require_safe
def proposal_page(request: HttpRequest, unit: str, pk: int) -> HttpResponse:
    """One proposal: who, through which channel, and who took it up at which level."""
    keeper = unit_to_read(request, unit)
    row = get_object_or_404(Proposal.objects.select_related("organisation"), unit=keeper, pk=pk)
    context = {
        "unit": keeper,
        "year": row.submitted_on.year,
        "row": row,
        "made_by": row.made_by,
        "adoptions": list(row.adoptions.all()),
        "may_edit": may_keep(request.user, keeper, MAY_CHANGE),
    }
    return render(request, "consultations/proposal.html", context)


class EnterProposal(CarefulPage):
    """Enter a proposal, or change it and by whom it was adopted."""

    template_name = "consultations/enter_proposal.html"
    model = Proposal
    unit: Unit
    today: date

    def find_row(self) -> Proposal | None:
        """The proposal to change; None where a new one is entered."""
        self.unit = unit_to_keep(self.request, self.kwargs["unit"], MAY_CHANGE)
        self.today = timezone.localdate()
        if "pk" not in self.kwargs:
            return None
        return get_object_or_404(Proposal, unit=self.unit, pk=self.kwargs["pk"])

    def make_parts(self, data=None, files=None) -> dict[str, Part]:
        """The proposal's form, and the rows of its adoptions."""
        row = self.row or Proposal(unit=self.unit)
        form = ProposalForm(data, instance=row, unit=self.unit, today=self.today)
        form.is_valid()  # A day of adoption without a year is one of the year it was handed in.
        options = {"unit": self.unit, "year": (row.submitted_on or self.today).year}
        return {
            "form": form,
            "adoptions": AdoptionFormSet(data, instance=row, form_kwargs=options),
        }

    def rows_shown(self) -> list[Model]:
        """The proposal and every adoption."""
        return [self.row, *self.row.adoptions.all()]

    def save(self, parts) -> Proposal:
        """Store all of it."""
        form, adoptions = parts["form"], parts["adoptions"]
        row = form.save(commit=False)
        row.save()
        row.proposers.set(form.cleaned_data["proposers"])
        adoptions.instance = row
        adoptions.save()
        return row

    def address_after(self, row: Proposal) -> str:
        """To its page."""
        return reverse("proposal", args=[self.unit.code, row.pk])

    def page_context(self) -> dict:
        """What was written before, for the fields that propose it."""
        return {
            "unit": self.unit,
            "used": {
                CHANNELS: _used(Proposal, "channel", self.unit),
                BODIES: _used(Adoption, "body", self.unit),
            },
        }


def _used(model: type[Model], field: str, unit: Unit) -> list[str]:
    rows = model.objects.filter(unit=unit).exclude(**{field: ""}).order_by(field)
    return list(rows.values_list(field, flat=True).distinct())
