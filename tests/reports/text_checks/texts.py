"""Reports made of plain lines, and what the checks say of them in short."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from reports.annual import AnnualReport, annual_report
from reports.models import Report, Section
from reports.text_checks import Finding, findings
from units.models import Unit

SUMMARY_2017 = Path(__file__).with_name("summary_2017.txt")
_HEADING = re.compile("(?P<level>#+) (?P<heading>.+)")


def report_of(
    unit: Unit, lines: str, *, year: int = 2017, title: str = "统战工作总结"
) -> AnnualReport:
    """A report that is not stored, from lines of which ``#``, ``##`` … begin a section."""
    annual = annual_report(unit, year)
    annual.report = Report(unit=unit, year=year, name=title, title=title)
    annual.sections = []
    for line in lines.strip().splitlines():
        found = _HEADING.fullmatch(line)
        if found or not annual.sections:
            level, heading = (len(found["level"]), found["heading"]) if found else (1, "")
            annual.sections.append(
                Section(unit=unit, report=annual.report, level=level, heading=heading)
            )
        if not found:
            annual.sections[-1].body += f"{line}\n"
    return annual


def finder(unit: Unit) -> Callable[[str], list[tuple[str, str]]]:
    """What gives (kind, place) of each finding in a report made of lines; figures are read once."""
    figures = annual_report(unit, 2017).figures

    def found_in(lines: str) -> list[tuple[str, str]]:
        found = findings(replace(report_of(unit, lines), figures=figures))
        return [each for each in short(found) if each[0] != "evidence"]

    return found_in


def short(found: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """(kind, place) of each finding."""
    return [(each.kind.value, str(each.excerpt.place)) for each in found]


def original_of_2017(unit: Unit) -> AnnualReport:
    """The year's own document as it was typed, with no figure put in."""
    title, _subtitle, *lines = filter(None, map(str.strip, SUMMARY_2017.read_text().splitlines()))
    marked = []
    for line in lines:
        top = re.match(r"\d、|[一二三]、", line)
        second = re.match("（[一二三]）(.*)", line)
        marked.append(f"# {line}" if top else f"## {second[1]}" if second else line)
    return report_of(unit, "\n".join(marked), title=title)
