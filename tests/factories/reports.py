"""Outlines and reports with their sections, their steps and seals."""

from datetime import datetime

from reports.annual import annual_report
from reports.models import Outline, OutlineSection, Report, Seal, Section, Step, TextAnswer
from reports.sealing import body_of, digest_of, sign
from reports.states import State
from tests.factories.rows import saved
from units.models import Unit, User
from units.scoping import scope_of_unit

SIGNED_AT = datetime.fromisoformat("2018-01-05T09:00:00+08:00")


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


def text_answer(report: Report, by: User, **fields) -> TextAnswer:
    """Why a vague word of the text stays."""
    fields = {"kind": "vague", "finding": "0" * 32, "reason": "日常工作", **fields}
    return saved(TextAnswer(unit=report.unit, report=report, by=by, at=SIGNED_AT, **fields))


def step(report: Report, deed: str, by: User, **fields) -> Step:
    """One step of a report's way, on the morning it is usually signed."""
    fields.setdefault("at", SIGNED_AT)
    with scope_of_unit(report.unit):
        row = Step(unit=report.unit, report=report, deed=deed, by=by, **fields)
        row.save()
    return row


def handed_in(report: Report, by: User) -> Report:
    """``report``, handed in."""
    step(report, "submit", by)
    return report


def sealed(report: Report, *, author: User, signer: User, moment: datetime = SIGNED_AT) -> Seal:
    """``report`` handed in by ``author`` unless it was, then signed and sealed by ``signer``."""
    with scope_of_unit(report.unit):
        if report.state is not State.SUBMITTED:
            step(report, "submit", author)
        shown = digest_of(body_of(annual_report(report.unit, report.year)))
        return sign(report, by=signer, moment=moment, shown=shown)
