"""The report as HTML and PDF: what it says, what it refers to, and that it is always the same."""

import ctypes.util
import importlib
import io
import re
import subprocess
import sys
from datetime import date
from hashlib import sha256

import pikepdf
import pytest
from django.conf import settings

from reports.document import Document, Heading, Paragraph, Run, Table
from reports.rendering import (
    RenderingUnavailableError,
    document_context,
    render_html,
    render_pdf,
)
from tests.reports.pdf_samples import long_report, pdf_of, report

HOSTILE = (
    '<img src="http://127.0.0.1:9/x"><link rel=attachment href="file:///etc/passwd">'
    "<style>@import url(file:///etc/passwd)</style></style></title><script>alert(1)</script>"
)


def hostile_report() -> Document:
    """A report with markup in every place that takes text."""
    runs = (Run(HOSTILE, figure='"><b>'), Run(HOSTILE, gap=True), Run(HOSTILE))
    table = Table(HOSTILE, (HOSTILE,), ((HOSTILE,),), (1,))
    blocks = (Heading(1, runs), Paragraph(runs), table)
    return Document(HOSTILE, runs, runs, blocks, signatory=HOSTILE, signed_on=date(2031, 1, 2))


def test_html_holds_the_text_with_its_figures_and_gaps():
    runs = (
        Run("现有"),
        Run("19", "members_total"),
        Run("人，共"),
        Run("未填", "staff_total", True),
    )
    html = render_html(report(Heading(1, (Run("一、情况"),)), Paragraph(runs)))
    title = "青山学校2031年统战工作总结"
    assert f'<h1 data-label="{title}">{title}</h1>' in html
    assert '<p class="subtitle">——写给明年</p>' in html
    assert '<h2 data-label="一、情况">一、情况</h2>' in html
    assert (
        '<p>现有<span class="figure" data-figure="members_total">19</span>人，共'
        '<mark class="gap">未填</mark></p>'
    ) in html
    assert '<html lang="zh-Hans">' in html


def test_html_holds_a_table_with_header_scopes_and_column_widths():
    html = render_html(report(Table("一览", ("日期", "活动"), (("1月", "座谈"),), (1, 3))))
    assert "<caption>一览</caption>" in html
    assert '<col width="25.00%"><col width="75.00%">' in html
    assert '<th scope="col">日期</th><th scope="col">活动</th>' in html
    assert "<tr><td>1月</td><td>座谈</td></tr>" in html


def test_html_signature_and_date_are_written_without_leading_zeros():
    html = render_html(report(signatory="青山学校党支部", signed_on=date(2031, 2, 5)))
    assert "<p>青山学校党支部</p>" in html
    assert '<p class="date">2031年2月5日</p>' in html


def test_html_without_signature_has_none():
    assert "signature" not in render_html(report("文。")).partition("<body>")[2]


def test_html_refers_to_nothing_outside_itself():
    html = render_html(long_report())
    assert re.findall(r"""(?:src|href|data)=|url\(|@import|<script|<link""", html) == []


def test_html_escapes_markup_everywhere():
    html = render_html(hostile_report())
    body = html.partition("<body>")[2]
    tags = set(re.findall(r"<([a-z0-9]+)", body))
    assert tags == {"article", "header", "h1", "h2", "p", "span", "mark", "table", "caption"} | {
        *("colgroup", "col", "thead", "tbody", "tr", "th", "td", "footer", "div")
    }
    assert html.count("<style>") == 1
    assert html.count("</title>") == 1


def test_context_for_print_joins_figures_and_keeps_gaps_apart():
    runs = (Run("共"), Run("19", "members_total"), Run("人"), Run("未填", "staff", True), Run("。"))
    context = document_context(report(Paragraph(runs)), for_print=True)
    joined = [(run.text, run.gap) for run in context["blocks"][0]["runs"]]
    assert joined == [("共19\u2060人", False), ("未填", True), ("。", False)]


def test_pdf_says_what_it_is_and_in_which_language():
    pdf = pikepdf.open(io.BytesIO(pdf_of(long_report())))
    assert str(pdf.docinfo["/Title"]) == "青山学校2031年统战工作总结"
    assert "/Author" not in pdf.docinfo
    assert str(pdf.Root.Lang) == "zh-Hans"
    assert bool(pdf.Root.MarkInfo.Marked)
    assert pdf.open_metadata()["pdfuaid:part"] == "1"


def test_pdf_outline_is_made_of_the_headings():
    pdf = pikepdf.open(io.BytesIO(pdf_of(long_report())))
    with pdf.open_outline() as outline:
        (title,) = outline.root
        (chapter,) = title.children
        (section,) = chapter.children
        (point,) = section.children
        (detail,) = point.children
    titles = [item.title for item in (title, chapter, section, point, detail)]
    assert titles == [
        "青山学校2031年统战工作总结",
        "一、基本情况",
        "（一）队伍",
        "1. 学习",
        "（1）座谈",
    ]


def test_pdf_text_has_no_trace_of_the_layout_marks():
    pdf = pikepdf.open(io.BytesIO(pdf_of(long_report())))
    maps = [o.read_bytes() for o in pdf.objects if isinstance(o, pikepdf.Stream)]
    to_unicode = [data.lower() for data in maps if b"beginbfchar" in data]
    assert len(to_unicode) == 5
    assert [data for data in to_unicode if b"2060" in data or b"200b" in data] == []


def test_pdf_table_repeats_its_header_on_every_page():
    text = pikepdf.open(io.BytesIO(pdf_of(long_report())))
    kinds = [str(o.S) for o in text.objects if isinstance(o, pikepdf.Dictionary) and "/S" in o]
    assert kinds.count("/Table") == kinds.count("/THead") == 3
    assert kinds.count("/TH") == 3 * 3
    assert kinds.count("/Caption") == 1


def test_pdf_of_hostile_text_embeds_and_links_nothing():
    pdf = pikepdf.open(io.BytesIO(render_pdf(hostile_report())))
    assert "/EmbeddedFiles" not in pdf.Root.get("/Names", {})
    assert [page.get("/Annots") for page in pdf.pages] == [None] * len(pdf.pages)


@pytest.mark.parametrize(
    "reference",
    [
        '<img src="http://127.0.0.1:9/x.png">',
        '<img src="file:///etc/passwd">',
        '<link rel="stylesheet" href="https://127.0.0.1:9/x.css">',
        '<link rel="attachment" href="file:///etc/passwd">',
        "<style>@import url(file:///etc/passwd);</style>",
        '<p style="background: url(ftp://127.0.0.1/x)">x</p>',
    ],
)
def test_engine_refuses_every_address_outside_the_document(reference):
    from reports.engine import ForbiddenAddressError, write_pdf  # loads Pango

    with pytest.raises(ForbiddenAddressError, match="Error fetching"):
        write_pdf(f"<html lang=en><title>x</title><body>{reference}", style="")


def test_same_document_gives_the_same_bytes_in_two_processes():
    program = (
        "import django; django.setup(); import hashlib;"
        "from tests.reports.pdf_samples import long_report;"
        "from reports.rendering import render_pdf;"
        "print(hashlib.sha256(render_pdf(long_report())).hexdigest())"
    )
    command = [sys.executable, "-c", program]
    other = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    here = sha256(render_pdf(long_report())).hexdigest()
    assert other.stdout.strip() == here
    assert sha256(render_pdf(long_report())).hexdigest() == here


def test_missing_fonts_are_a_named_error_that_says_what_to_do(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    with pytest.raises(RenderingUnavailableError, match="script/fonts"):
        render_pdf(report("文。"))


def test_html_needs_neither_fonts_nor_pango(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    assert "文。" in render_html(report("文。"))


def test_app_starts_without_loading_pango():
    program = (
        "import django; django.setup(); import sys, reports.rendering;"
        "assert 'weasyprint' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)  # noqa: S603


def test_quick_import_leaves_ctypes_and_fonttools_whole():
    render_pdf(report("文。"))
    assert ctypes.util.find_library.__module__ == "ctypes.util"
    assert hasattr(importlib.import_module("fontTools.subset"), "Subsetter")
    assert hasattr(importlib.import_module("fontTools.varLib.instancer"), "OverlapMode")


def test_style_sheet_is_where_the_preview_page_links_it():
    assert (settings.BASE_DIR / "reports/static/reports/document.css").is_file()
