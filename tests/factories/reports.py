"""Outlines and reports with their sections."""

from reports.models import Outline, OutlineSection, Report, Section
from tests.factories.rows import saved
from units.models import Unit


def outline(unit: Unit, label: str = "总结", **fields) -> Outline:
    """An outline without sections."""
    fields.setdefault("name", "统战工作总结")
    fields.setdefault("title", "统战工作总结")
    return saved(Outline(unit=unit, label=label, **fields))


def outline_section(outline: Outline, position: int = 1, **fields) -> OutlineSection:
    """A section of the first level."""
    fields.setdefault("heading", "存在不足及改进措施")
    return saved(OutlineSection(unit=outline.unit, outline=outline, position=position, **fields))


def report(unit: Unit, year: int = 2017, **fields) -> Report:
    """A report without sections."""
    fields.setdefault("name", "统战工作总结")
    fields.setdefault("title", "统战工作总结")
    return saved(Report(unit=unit, year=year, **fields))


def section(report: Report, position: int = 1, **fields) -> Section:
    """A section of the first level."""
    fields.setdefault("heading", "存在不足及改进措施")
    return saved(Section(unit=report.unit, report=report, position=position, **fields))
