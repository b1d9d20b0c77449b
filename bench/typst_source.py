"""A report in Typst's language, set by the same measures, for a comparison with that program."""

import re

from reports.document import Block, Document, Heading, Paragraph, Table, plain

PREAMBLE = """
#set document(title: "report", date: none)
#set page(paper: "a4", margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm),
  footer: context [#set text(14pt, font: "Records SongTi")
    #align(if calc.odd(here().page()) { right } else { left })[— #here().page() —]])
#set text(15.79pt, font: ("Records FangSong", "Records SongTi", "Records SongTi Rare"), lang: "zh")
#set par(justify: true, leading: 13.81pt, spacing: 13.81pt,
  first-line-indent: (amount: 2em, all: true))
#show heading: set text(15.79pt, weight: "regular")
#show heading: set block(spacing: 13.81pt)
#show heading.where(level: 1): set text(22pt, font: "Records XiaoBiaoSong")
#show heading.where(level: 1): set align(center)
#show heading.where(level: 2): set text(font: "Records HeiTi")
#show heading.where(level: 3): set text(font: "Records KaiTi")
#show figure: set block(breakable: true)
#show table: set text(9pt)
#show table: set par(leading: 3pt, justify: false, first-line-indent: 0em)
#set table(stroke: 0.5pt, inset: 4pt, align: left)
"""


def typst_source(document: Document) -> str:
    """The whole report as one Typst file."""
    parts = [PREAMBLE, f"= {_escaped(plain(document.title))}"]
    if document.subtitle:
        parts.append(f"#align(center)[{_escaped(plain(document.subtitle))}]")
    parts += [_block(block) for block in document.blocks]
    if document.signatory:
        parts.append(f"#align(right)[{_escaped(document.signatory)}]")
    return "\n\n".join(parts)


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"{'=' * (block.level + 1)} {_escaped(plain(block.runs))}"
        case Paragraph():
            return _escaped(plain(block.runs))
        case Table():
            return _table(block)


def _table(table: Table) -> str:
    columns = ", ".join(f"{width}fr" for width in table.widths)
    rows = "\n".join(_cells(row) for row in table.rows)
    return (
        f"#figure(kind: table, supplement: none, caption: [{_escaped(table.caption)}], "
        f"table(columns: ({columns}),\ntable.header({_cells(table.header)}),\n{rows}))"
    )


def _cells(row: tuple[str, ...]) -> str:
    return "".join(f"[{_escaped(cell)}], " for cell in row)


def _escaped(text: str) -> str:
    r"""The text with every sign that Typst could take for markup behind a backslash."""
    return re.sub(r"([\\#*_`$<>@=\-+/\[\]~'\"])", r"\\\1", text).replace("\n", " \\\n")
