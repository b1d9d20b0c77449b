"""All checks of a report's text in one go."""

from collections import Counter
from dataclasses import replace

from reports.annual import AnnualReport
from reports.text_checks.evidence import facts_without_evidence
from reports.text_checks.finding import Finding
from reports.text_checks.marks import dates_with_zeros, half_width_punctuation, leftovers
from reports.text_checks.numbering import heading_levels, numbered_points
from reports.text_checks.parties import jiusan_names, member_words, parties_out_of_order
from reports.text_checks.report_text import ReportText
from reports.text_checks.shares import shares_without_base
from reports.text_checks.totals import parts_and_totals
from reports.text_checks.two_values import two_values
from reports.text_checks.typed_numbers import typed_numbers
from reports.text_checks.vague import vague_words

CHECKS = (
    typed_numbers,
    shares_without_base,
    two_values,
    parts_and_totals,
    vague_words,
    parties_out_of_order,
    jiusan_names,
    member_words,
    heading_levels,
    numbered_points,
    leftovers,
    half_width_punctuation,
    dates_with_zeros,
    facts_without_evidence,
)


def findings(annual: AnnualReport) -> tuple[Finding, ...]:
    """What a careful reader would ask about, in the order of the document; nothing is written.

    Every figure is read once, whatever the length of the text. What is true of the whole stands
    first, as the head does.
    """
    text = ReportText(annual)
    found = [each for check in CHECKS for each in check(text)]
    found.sort(key=lambda each: (each.block, each.paragraph, each.start, each.kind))
    return tuple(_with_fingerprints(found))


def _with_fingerprints(found: list[Finding]) -> list[Finding]:
    """Each with what its answer is kept under; two places that read alike are told apart."""
    seen: Counter = Counter()
    marked = []
    for each in found:
        first = each.fingerprint_of(0)
        marked.append(replace(each, fingerprint=each.fingerprint_of(seen[first])))
        seen[first] += 1
    return marked
