"""The yearly report of a unit in each of its formats: the one entry for command and browser."""

from collections.abc import Iterable
from dataclasses import dataclass

from reports.annex import with_annex
from reports.document import Document
from reports.drafting import begin, document_of
from reports.models import Report, Seal, Section
from reports.patterns import shipped_outline
from reports.readings import Figures
from reports.register_json import render_json
from reports.rendering import render_html, render_pdf
from reports.sealed import sealed_document, sealed_pdf, sealed_register
from units.models import ReportingYear, Unit, UnitYear

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
}


class NoSuchYear(LookupError):  # noqa: N818 - it names what is missing
    """The unit has stated nothing and written nothing for the year; ``known`` are its years."""

    def __init__(self, known: list[int]):
        super().__init__(known)
        self.known = known


@dataclass
class AnnualReport:
    """A unit's report for a year: as written, or begun from the outline where none is stored.

    Where it is signed, ``seal`` is its seal: document and files are then those that were sealed.
    ``figures`` are always today's.
    """

    year: ReportingYear
    report: Report
    sections: list[Section]
    figures: Figures
    seal: Seal | None = None

    @property
    def document(self) -> Document:
        """The content, every figure read from today's records, or as it was sealed.

        ``reports.text.TextErrors`` if a text names an unknown figure.
        """
        if self.seal is not None:
            return sealed_document(self.seal)
        return document_of(self.report, self.sections, self.figures)

    def render_with_annex(self, *, with_names: bool) -> bytes:
        """The PDF with what stands behind its figures; of a sealed report, the sealed file.

        ``TextErrors`` as for ``document``.
        """
        if self.seal is not None:
            return sealed_pdf(self.seal)
        return render_pdf(with_annex(self.document, self.figures, with_names=with_names))

    def render(self, file_format: str) -> bytes:
        """The report as ``pdf``, ``docx``, ``html`` or ``json``; the same records, the same bytes.

        KeyError for another format; ``TextErrors`` as for ``document``.
        """
        if self.seal is not None and file_format in _SEALED_FILES:
            return _SEALED_FILES[file_format](self.seal)
        return _RENDERERS[file_format](self)


def annual_report(unit: Unit, year: int) -> AnnualReport:
    """The report of ``unit`` for ``year``. NoSuchYear if the unit has nothing for that year."""
    known = known_years(unit)
    if year not in known:
        raise NoSuchYear(known)
    reporting_year = unit.reporting_year(year)
    stored = Report.objects.filter(unit=unit, year=year).first()
    seal = None
    if stored:
        report, sections = stored, list(stored.sections.order_by("position", "pk"))
        seal = Seal.objects.light().filter(report=stored).first()
    else:
        report, sections, _left_out = begin(reporting_year, shipped_outline())
    return AnnualReport(reporting_year, report, sections, Figures(reporting_year), seal)


def known_years(unit: Unit) -> list[int]:
    """The years for which the unit has stated its numbers or has a report, latest first."""
    return years_of([unit])[unit.pk]


def years_of(units: Iterable[Unit]) -> dict[int, list[int]]:
    """``known_years`` of several units by their keys, in one query for all."""
    years = {unit.pk: set() for unit in units}
    stated, written = (
        model.objects.filter(unit__in=list(years)).order_by().values_list("unit", "year")
        for model in (UnitYear, Report)
    )
    for key, year in stated.union(written):
        years[key].add(year)
    return {key: sorted(found, reverse=True) for key, found in years.items()}


def _docx(annual: AnnualReport) -> bytes:
    # Not at the top: python-docx takes a fifth of a second, which a PDF need not wait for.
    from reports.docx import render_docx

    return render_docx(annual.document)


_SEALED_FILES = {"pdf": sealed_pdf, "json": sealed_register}
_RENDERERS = {
    "pdf": lambda annual: render_pdf(annual.document),
    "docx": _docx,
    "html": lambda annual: render_html(annual.document).encode(),
    "json": lambda annual: render_json(annual.document, annual.figures),
}
