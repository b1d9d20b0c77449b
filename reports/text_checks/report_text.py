"""A report as the checks see it: its passages, and what stands behind its figures."""

from functools import cached_property

from members.models import Party
from reports.annual import AnnualReport
from reports.text_checks.figure_words import FigureWords
from reports.text_checks.passages import Passage, passages_of
from reports.text_checks.quantities import Quantity, quantities


class ReportText:
    """Everything the checks ask of one report; what costs a query is asked for once."""

    def __init__(self, annual: AnnualReport):
        self.annual = annual
        self.figures = FigureWords(annual.figures)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Title, subtitle, headings and paragraphs, as printed."""
        return passages_of(self.annual, self.figures)

    @cached_property
    def quantities(self) -> tuple[tuple[Passage, Quantity], ...]:
        """Every quantity with its passage, as printed; those typed and those from figures."""
        return tuple((each, one) for each in self.passages for one in quantities(each))

    @cached_property
    def parties(self) -> tuple[Party, ...]:
        """The eight parties in their official order."""
        return tuple(Party.objects.order_by("order"))
