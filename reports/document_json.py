"""The content of a report as JSON, and back: what a seal keeps of it, word for word."""

from dataclasses import fields
from datetime import date

from reports.document import AnnexEntry, Block, Document, Heading, Paragraph, Run, Table


def written_document(document: Document) -> dict:
    """``document`` as plain JSON values; :func:`read_document` gives the same document again."""
    return {
        "name": document.name,
        "title": _written_runs(document.title),
        "subtitle": _written_runs(document.subtitle),
        "blocks": [_written_block(block) for block in document.blocks],
        "signatory": document.signatory,
        "signed_on": document.signed_on.isoformat() if document.signed_on else None,
        "annex": [_written_entry(entry) for entry in document.annex],
    }


def read_document(content: dict) -> Document:
    """The document that :func:`written_document` wrote down."""
    signed_on = content["signed_on"]
    return Document(
        name=content["name"],
        title=_read_runs(content["title"]),
        subtitle=_read_runs(content["subtitle"]),
        blocks=tuple(_read_block(block) for block in content["blocks"]),
        signatory=content["signatory"],
        signed_on=date.fromisoformat(signed_on) if signed_on else None,
        annex=tuple(_read_entry(entry) for entry in content["annex"]),
    )


def _written_entry(entry: AnnexEntry) -> dict:
    facts = {field.name: getattr(entry, field.name) for field in fields(entry)}
    return {**facts, "records": _written_block(entry.records) if entry.records else None}


def _read_entry(entry: dict) -> AnnexEntry:
    return AnnexEntry(
        **{**entry, "records": _read_block(entry["records"]) if entry["records"] else None}
    )


def _written_runs(runs: tuple[Run, ...]) -> list[list]:
    return [[run.text, run.figure, run.gap] for run in runs]


def _read_runs(runs: list[list]) -> tuple[Run, ...]:
    return tuple(Run(text, figure=figure, gap=gap) for text, figure, gap in runs)


def _written_block(block: Block) -> dict:
    match block:
        case Heading(level, runs):
            return {"kind": "heading", "level": level, "runs": _written_runs(runs)}
        case Paragraph(runs):
            return {"kind": "paragraph", "runs": _written_runs(runs)}
        case Table(caption, header, rows, widths):
            facts = {"caption": caption, "header": list(header), "widths": list(widths)}
            return {"kind": "table", **facts, "rows": [list(row) for row in rows]}


def _read_block(block: dict) -> Block:
    match block["kind"]:
        case "heading":
            return Heading(level=block["level"], runs=_read_runs(block["runs"]))
        case "paragraph":
            return Paragraph(_read_runs(block["runs"]))
    return Table(
        caption=block["caption"],
        header=tuple(block["header"]),
        rows=tuple(tuple(row) for row in block["rows"]),
        widths=tuple(block["widths"]),
    )
