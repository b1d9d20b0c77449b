"""The files that an import hands out: the template, and the rows with what is wrong with them."""

from units.imports.headings import FAULTS_HEADING
from units.imports.kinds import ImportKind
from units.imports.plan import Plan, PlannedRow


def template_headings(kind: ImportKind) -> list[str]:
    """The headings that are known, each with an example in brackets, which reading leaves out."""
    return [
        f"{column.heading}（{column.example}）" if column.example else str(column.heading)
        for column in kind.read_columns
    ]


def fault_table(plan: Plan, kind: ImportKind) -> tuple[list[str], list[list[str]]]:
    """The columns of the file and one more with what is wrong; all rows, to be sent in again.

    Rows that were left out are not in it.
    """
    keys = [*plan.headings, *_asked_for(plan)]
    headings = [plan.headings.get(key) or str(kind.column(key).heading) for key in keys]
    rows = [
        [*(row.shown(key) for key in keys), faults_in_words(row, kind)]
        for row in plan.rows
        if not row.left_out
    ]
    return [*headings, FAULTS_HEADING], rows


def faults_in_words(row: PlannedRow, kind: ImportKind) -> str:
    """What is wrong with the row, in one text."""
    return "；".join(
        f"{kind.column(fault.column).heading}：{fault.expected}" if fault.column else fault.expected
        for fault in row.faults
    )


def _asked_for(plan: Plan) -> list[str]:
    """Columns that the file lacks and some row needs."""
    columns = (fault.column for row in plan.faulty for fault in row.faults)
    return [key for key in dict.fromkeys(columns) if key and key not in plan.headings]
