"""Made-up reports, and what is measured on the PDF made from them."""

import io
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import pdfplumber

from reports.document import Document, Heading, Paragraph, Run, Table
from reports.rendering import render_pdf

MILLIMETRE = 72 / 25.4

SENTENCE = (
    "青山学校支部全年组织学习20余次，参加者共1234人，其中“同心”“共进”两个小组占18%；"
    "先后走访《条例》（修订版）宣讲点、社区、图书馆，资助困难学生4位，每人1500元。"
)


def report(*blocks, title="青山学校2031年统战工作总结", signatory="", signed_on=None) -> Document:
    """A report with the blocks given; a plain string is a paragraph."""
    return Document(
        name="青山学校2031年统战工作总结",
        title=(Run(title),),
        subtitle=(Run("——写给明年"),),
        blocks=tuple(Paragraph((Run(b),)) if isinstance(b, str) else b for b in blocks),
        signatory=signatory,
        signed_on=signed_on,
    )


def long_report() -> Document:
    """Four pages and a bit: every kind of block, figures, a gap, signature and date."""
    figures = Paragraph(
        (
            Run("现有成员"),
            Run("19", "members_total"),
            Run("人，教职工"),
            Run("未填写", "staff", True),
        )
    )
    ledger = Table(
        "活动一览", ("日期", "活动", "人数"), (("1月5日", "座谈会", "12"),) * 60, (2, 5, 1)
    )
    return report(
        Heading(1, (Run("一、基本情况"),)),
        figures,
        Heading(2, (Run("（一）队伍"),)),
        *[SENTENCE * 4] * 9,
        Heading(3, (Run("1. 学习"),)),
        Heading(4, (Run("（1）座谈"),)),
        SENTENCE * 2,
        ledger,
        signatory="中共青山学校总支部委员会",
        signed_on=date(2031, 12, 5),
    )


@lru_cache(maxsize=16)
def pdf_of(document: Document) -> bytes:
    """The PDF, made once for all tests that measure the same document."""
    return render_pdf(document)


class Line(NamedTuple):
    """A line of type: its text, edges in mm from the left and of its em box from the top."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float  # points


def lines_by_page(pdf: bytes) -> list[list[Line]]:
    """The lines of each page from top to bottom; the last one is the page number."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return [_lines(page.chars) for page in document.pages]


def _lines(characters: list[dict]) -> list[Line]:
    by_baseline: dict[float, list[dict]] = {}
    for character in characters:
        by_baseline.setdefault(round(character["matrix"][5], 1), []).append(character)
    return [_line(by_baseline[y]) for y in sorted(by_baseline, reverse=True)]


def _line(characters: list[dict]) -> Line:
    characters = sorted(characters, key=lambda character: character["x0"])
    return Line(
        text="".join(character["text"] for character in characters),
        left=characters[0]["x0"] / MILLIMETRE,
        right=characters[-1]["x1"] / MILLIMETRE,
        top=min(character["top"] for character in characters) / MILLIMETRE,
        bottom=max(character["bottom"] for character in characters) / MILLIMETRE,
        size=characters[0]["size"],
    )
