"""Figures read for one unit's year: value, evidence, words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.apps import apps
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from reports.figures import REGISTER, Figure
from reports.wording import word
from units.models import ReportingYear
from units.statistic import Gap, Ratio, Statistic

DOCUMENT_LANGUAGE = "zh-hans"


@dataclass
class Reading:
    """A figure read for one unit's year: value, evidence, and its words.

    The statistic is built and its value asked for at most once.
    """

    figure: Figure
    year: ReportingYear

    @cached_property
    def statistic(self) -> Statistic:
        """Evidence and way of counting, or a gap."""
        return self.figure.of(self.year)

    @property
    def is_gap(self) -> bool:
        """Whether no value can be given: not entered yet, or the records contradict each other."""
        return isinstance(self.statistic, Gap) or self.contradicts

    @property
    def contradicts(self) -> bool:
        """Whether a part is larger than what it is a part of: a head count must be wrong."""
        return isinstance(self.value, Ratio) and self.value.part > self.value.base

    @property
    def says_something(self) -> bool:
        """False for zero and for an empty list; a gap has something to say."""
        if self.is_gap:
            return True
        return bool(self.value.part if isinstance(self.value, Ratio) else self.value)

    @cached_property
    def value(self):
        """The value; None where it has not been entered."""
        return None if isinstance(self.statistic, Gap) else self.statistic.value()

    @property
    def evidence(self) -> QuerySet | None:
        """The very records that make the value up; None where there can be none yet."""
        return None if isinstance(self.statistic, Gap) else self.statistic.rows

    def phrase(self, wording: str = "") -> str:
        """The value as Chinese text; for a gap, in brackets, what to enter and where."""
        if self.is_gap:
            return self.gap_notice
        chosen = wording or self.figure.wordings[0]
        return word(self.value, kind=self.figure.kind, measure=self.figure.measure, wording=chosen)

    @property
    def gap_notice(self) -> str:
        """〔缺…：请在…中填写〕 for a document, always in the document's language."""
        with translation.override(DOCUMENT_LANGUAGE):
            if self.contradicts:
                return str(_("[Contradiction: %(part)s of %(base)s. Check %(name)s.]")) % {
                    "part": self.value.part,
                    "base": self.value.base,
                    "name": self.figure.base,
                }
            return str(_("[Missing: %(what)s. Enter it under “%(where)s”.]")) % {
                "what": self.statistic.missing,
                "where": _form_name(self.statistic.where),
            }


class Figures(Mapping[str, Reading]):
    """All figures of one unit's year, each read when first asked for."""

    def __init__(self, year: ReportingYear):
        self.year = year
        self._readings = {key: Reading(figure, year) for key, figure in REGISTER.items()}

    def __getitem__(self, key: str) -> Reading:
        return self._readings[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._readings)

    def __len__(self) -> int:
        return len(self._readings)


def _form_name(model_label: str) -> str:
    return str(apps.get_model(model_label)._meta.verbose_name)
