"""The checks of a report's text: each with where, why, and what can be done. They change nothing.

Every check is a function from a :class:`reports.text_checks.report_text.ReportText` to findings;
its docstring states its rule and where the rule comes from.
"""

from reports.text_checks.all_checks import findings
from reports.text_checks.finding import Finding, Kind

__all__ = ["Finding", "Kind", "findings"]
