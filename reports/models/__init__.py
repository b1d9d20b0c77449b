"""A unit's outlines, its yearly report, its way to being signed, and its seal."""

from reports.models.outline import Outline, OutlineSection
from reports.models.report import Report, Section
from reports.models.seal import Seal
from reports.models.step import Step

__all__ = ["Outline", "OutlineSection", "Report", "Seal", "Section", "Step"]
