"""A unit's outlines, its yearly report, answers to checks of it, its way to signing, its seal."""

from reports.models.answer import TextAnswer
from reports.models.outline import Outline, OutlineSection
from reports.models.report import Report, Section
from reports.models.seal import Seal
from reports.models.step import Step

__all__ = ["Outline", "OutlineSection", "Report", "Seal", "Section", "Step", "TextAnswer"]
