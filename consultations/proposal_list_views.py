"""Proposals outside the unit as a list (台账: 提案、议案、社情民意、调研报告)."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from consultations.models import Proposal
from consultations.proposal_filters import ProposalFilters
from units.desk import may_keep, unit_to_read
from units.lists import Column, ListPage


def _adopted_by(row: Proposal) -> str:
    return "；".join(
        f"{each.body}（{each.get_level_display()}，{each.adopted_on}）"
        for each in row.adoptions.all()
    )


def _instructions(row: Proposal) -> str:
    return "；".join(filter(None, (each.instruction for each in row.adoptions.all())))


COLUMNS = (
    Column(
        "title",
        pgettext_lazy("of a proposal", "Title"),
        lambda row: row.title,
        link=lambda row: reverse("proposal", args=[row.unit.code, row.pk]),
    ),
    Column("kind", gettext_lazy("Kind"), lambda row: row.get_kind_display(), order=("kind",)),
    Column("made_by", gettext_lazy("Proposed by"), lambda row: row.made_by),
    Column("channel", gettext_lazy("Channel"), lambda row: row.channel, order=("channel",)),
    Column(
        "submitted",
        gettext_lazy("Handed in"),
        lambda row: row.submitted_on,
        order=("submitted_on",),
    ),
    Column("adopted", gettext_lazy("Adopted by"), _adopted_by),
    Column(
        "adoptions",
        gettext_lazy("Adoptions"),
        lambda row: len(row.adoptions.all()),
        shown=False,
    ),
    Column("instructions", gettext_lazy("Instructions"), _instructions, shown=False),
)


class ProposalList(ListPage):
    """Every proposal, the latest first."""

    list_name = "proposals"
    title = gettext_lazy("Proposals")
    words_label = gettext_lazy("Find a title, a person or a body")
    filterset_class = ProposalFilters
    columns = COLUMNS

    def find_unit(self):
        """The unit whose records the person may see."""
        return unit_to_read(self.request, self.kwargs["unit"])

    def find_rows(self):
        """All proposals with their proposers and adoptions."""
        rows = Proposal.objects.filter(unit=self.unit).select_related("unit", "organisation")
        return rows.prefetch_related("proposers", "adoptions").order_by("-submitted_on", "-pk")

    def with_words(self, rows, words):
        """Those in which every word is found."""
        for word in words.split():
            hits = Q(title__icontains=word) | Q(channel__icontains=word)
            hits |= Q(proposers__name__icontains=word) | Q(organisation__name__icontains=word)
            hits |= Q(adoptions__body__icontains=word) | Q(adoptions__instruction__icontains=word)
            found = Proposal.objects.filter(hits, unit=self.unit).order_by()
            rows = rows.filter(pk__in=found.values("pk"))
        return rows

    def filter_options(self):
        """The unit."""
        return {"unit": self.unit}

    def page_context(self):
        """The way to a new one, for those who may enter it."""
        may_enter = may_keep(self.request.user, self.unit, "consultations.change_proposal")
        return {
            "nav": "consultations/_nav.html",
            "new_address": reverse("new-proposal", args=[self.unit.code]) if may_enter else "",
            "new_label": _("Enter a proposal"),
            "empty_text": _(
                "No proposal is entered yet: proposals to a consultative conference, motions, "
                "reports of public opinion and studies that were handed in outside the unit."
            ),
        }
