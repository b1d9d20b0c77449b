"""The DOCX report, measured on the file itself."""

import os
import subprocess
import sys
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from reports.document import Document, Heading, Paragraph, Run, Table, plain
from reports.docx import CHARACTER, render_docx

ROOT = Path(__file__).parents[2]
W = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
FANG, KAI, HEI = "仿宋_GB2312", "楷体_GB2312", "黑体"
TWIPS_PER_MM = 1440 / 25.4

LEDGER = Table(
    "帮困助学台账",
    ("日期", "捐助人", "金额（元）"),
    (("2017年1月5日", "民盟支部", "1500.00"), ("2017年1月6日", "", "1500.00")),
    (1, 2, 1),
)
MEMBERS = Run("19人", figure="members_total")
GAP = Run("【请填写：教职工总数】", figure="members_share_of_staff", gap=True)
BLOCKS = (
    Heading(1, (Run("一、党派队伍基本情况"),)),
    Heading(2, (Run("（一）人数"),)),
    Heading(3, (Run("1."), Run("成员"))),
    Heading(4, (Run("（1）支部"),)),
    Paragraph((Run("现有成员共"), MEMBERS, Run("，占"), GAP, Run("。"))),
    LEDGER,
    Paragraph((Run("全校"), MEMBERS, Run("都参加了。"))),
)


def report(*blocks, name="某校2017年统战工作总结", **others) -> Document:
    title, subtitle = (Run("深化“共建共融共享”"),), (Run("——某校2017年统战工作总结"),)
    return Document(name, **{"title": title, "subtitle": subtitle, "blocks": blocks, **others})


REPORT = report(*BLOCKS, signatory="中共某校总支部委员会", signed_on=date(2017, 12, 5))


@pytest.fixture(scope="module")
def content() -> bytes:
    """The file of REPORT."""
    return render_docx(REPORT)


def part(content: bytes, name: str):
    """One XML part of the file."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        return etree.fromstring(package.read(name))


def body(content: bytes):
    return part(content, "word/document.xml")


def text_of(paragraph) -> str:
    """The text of a paragraph, content controls included, breaks and tabs as characters."""
    signs = {qn("w:br"): "\n", qn("w:tab"): "\t"}
    nodes = values(paragraph, ".//w:t | .//w:br | .//w:tab")
    return "".join(signs.get(node.tag) or node.text or "" for node in nodes)


def texts(content: bytes) -> list[str]:
    """The text of all paragraphs that have any, table cells included, in order."""
    return [text for p in body(content).iter(qn("w:p")) if (text := text_of(p))]


def values(element, path: str) -> list:
    """What the path finds below the element."""
    return etree.XPath(path, namespaces=W)(element)


def test_render_docx_has_the_text_of_the_document_in_order(content):
    words = [plain(block.runs) for block in BLOCKS if block is not LEDGER]
    cells = [*LEDGER.header, "2017年1月5日", "民盟支部", "1500.00", "2017年1月6日", "1500.00"]
    heads = [plain(REPORT.title), plain(REPORT.subtitle)]
    tail = ["中共某校总支部委员会", "2017年12月5日"]
    assert texts(content) == [*heads, *words[:5], "帮困助学台账", *cells, words[5], *tail]


def test_render_docx_without_optional_parts_has_title_and_nothing_else():
    assert texts(render_docx(report(subtitle=()))) == ["深化“共建共融共享”"]


def test_text_keeps_line_breaks_tabs_and_outer_spaces():
    content = render_docx(report(Paragraph((Run(" 甲\n乙\t丙\r\n丁 "),))))
    assert texts(content)[2] == " 甲\n乙\t丙\n丁 "
    assert set(values(body(content), "//w:t/@xml:space")) == {"preserve"}


def test_text_with_control_characters_loses_only_those():
    hostile = "甲\x00\x01\x08\x0b\x0c\x1f\ud800\udfff\ufffe\uffff乙<w:br/>&amp;]]>“𬭎㐂”\x7f\x85"
    table, runs = Table(hostile, (hostile,), ((hostile,),), (1,)), (Run(hostile),)
    document = report(table, name=hostile, title=runs, subtitle=runs, signatory=hostile)
    content = render_docx(document)
    clean = "甲乙<w:br/>&amp;]]>“𬭎㐂”\x7f\x85"
    assert texts(content) == [clean] * 6
    assert docx.Document(BytesIO(content)).core_properties.title == clean


def style(content: bytes, style_id: str):
    """The element of one style."""
    (found,) = values(part(content, "word/styles.xml"), f"w:style[@w:styleId='{style_id}']")
    return found


def test_page_is_a4_with_22_lines_of_28_characters(content):
    section = docx.Document(BytesIO(content)).sections[0]
    paper = (section.page_width.mm, section.page_height.mm)
    margins = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    assert [round(side) for side in paper] == [210, 297]
    assert [round(margin.mm, 1) for margin in margins] == [37.0, 26.0, 35.0, 28.0]
    (grid,) = values(body(content), "//w:docGrid[@w:type='lines']/@w:linePitch")
    # 22 × 28.95 pt = 636.9 pt fit in 225 mm = 637.8 pt; a 23rd line does not.
    assert (paper[1] - 37 - 35) * TWIPS_PER_MM // int(grid) == 22
    # 28 × (16 − 0.25) pt = 441 pt fit in 156 mm = 442.25 pt; a 29th character does not.
    (spacing,) = values(style(content, "Normal"), "w:rPr/w:spacing/@w:val")
    assert (paper[0] - 28 - 26) * TWIPS_PER_MM // (16 * 20 + int(spacing)) == 28


@pytest.mark.parametrize(
    ("style_name", "face", "points"),
    [
        ("公文标题", "方正小标宋简体", 22),
        ("公文副标题", KAI, 16),
        ("Heading 1", HEI, 16),
        ("Heading 2", KAI, 16),
        *((f"Heading {level}", FANG, 16) for level in (3, 4)),
        ("公文正文", FANG, 16),
        ("公文落款", FANG, 16),
        ("Footer", "宋体", 14),
    ],
)
def test_style_has_the_face_of_the_standard_for_every_script(content, style_name, face, points):
    font = docx.Document(BytesIO(content)).styles[style_name].font
    scripts = dict.fromkeys(map(qn, ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs")), face)
    assert dict(font.element.rPr.rFonts.attrib) == scripts
    assert (font.size.pt, font.bold, font.italic) == (points, None, None)
    assert str(font.color.rgb) == "000000"
    assert values(font.element, "w:rPr/w:lang/@w:eastAsia") == ["zh-CN"]


def test_every_style_in_use_is_defined(content):
    defined = set(values(part(content, "word/styles.xml"), "w:style/@w:styleId"))
    uses = "//w:pStyle/@w:val | //w:rStyle/@w:val | //w:tblStyle/@w:val"
    footers = [part(content, f"word/footer{number}.xml") for number in (1, 2)]
    used = {use for root in (body(content), *footers) for use in values(root, uses)}
    assert used <= defined
    assert {"公文标题", "公文正文", "公文缺项", "公文表格", "Footer"} <= used


def test_headings_are_real_headings_with_outline_levels(content):
    paragraphs = docx.Document(BytesIO(content)).paragraphs
    headings = [(p.style.name, p.text) for p in paragraphs if p.style.name.startswith("Heading")]
    assert headings == [(f"Heading {b.level}", plain(b.runs)) for b in BLOCKS[:4]]
    for level in range(1, 5):
        found = style(content, f"Heading{level}")
        assert values(found, "w:pPr/w:outlineLvl/@w:val") == [str(level - 1)]
        assert values(found, "w:pPr/w:keepNext") != []


@pytest.mark.parametrize("style_id", ["公文正文", "Heading1", "Heading4"])
def test_first_line_is_indented_by_two_characters(content, style_id):
    found = style(content, style_id)
    assert values(found, "w:pPr/w:ind/@w:firstLineChars") == ["200"]
    assert values(found, "w:pPr/w:ind/@w:firstLine") == [str(2 * 315)]


def test_figure_is_a_content_control_tagged_with_its_key(content):
    controls = values(body(content), "//w:p/w:sdt")
    found = [(*values(c, "w:sdtPr/w:tag/@w:val"), text_of(c)) for c in controls]
    assert found == [(run.figure, run.text) for run in (MEMBERS, GAP, MEMBERS)]
    aliases = values(body(content), "//w:sdtPr/w:alias/@w:val")
    assert aliases == [key for key, _ in found]
    assert values(body(content), "//w:sdtPr/w:id/@w:val") == ["1", "2", "3"]


def test_figure_without_text_keeps_its_content_control():
    content = render_docx(report(Paragraph((Run("", figure="members_total"),))))
    assert values(body(content), "//w:tag/@w:val") == ["members_total"]


def test_gap_is_the_only_text_in_the_framed_style(content):
    framed = values(body(content), "//w:r[w:rPr/w:rStyle/@w:val='公文缺项']")
    assert [text_of(run) for run in framed] == ["【请填写：教职工总数】"]
    found = style(content, "公文缺项")
    assert values(found, "w:rPr/w:bdr/@w:val") == ["dashed"]
    assert values(found, "w:rPr/w:shd/@w:fill") == ["E7E6E6"]


def test_table_repeats_its_header_and_shares_the_line(content):
    (table,) = values(body(content), "//w:tbl")
    rows = values(table, "w:tr")
    assert [values(row, "w:trPr/w:tblHeader") != [] for row in rows] == [True, False, False]
    # A line of 8844 twips (156 mm) in shares of 1 : 2 : 1.
    widths = ["2211", "4422", "2211"]
    assert values(table, "w:tblGrid/w:gridCol/@w:w") == widths
    assert [values(row, "w:tc/w:tcPr/w:tcW/@w:w") for row in rows] == [widths] * 3
    edges = values(style(content, "公文表格"), ".//w:tblBorders/*[@w:val='single']")
    assert len(edges) == 6


def test_tables_in_a_row_stay_apart_and_a_paragraph_ends_the_text():
    bare = Table("", ("甲",), (("乙",),), (1,))
    root = body(render_docx(report(bare, bare, subtitle=())))
    kinds = [etree.QName(child).localname for child in values(root, "*/*")]
    assert kinds == ["p", "tbl", "p", "tbl", "p", "sectPr"]


def test_table_with_a_row_too_long_is_an_error():
    table = Table("", ("甲", "乙"), (("一", "二", "三"),), (1, 1))
    with pytest.raises(ValueError, match="zip"):
        render_docx(report(table))


@pytest.mark.parametrize(
    ("signatory", "left"),
    [
        # The date 2017年12月5日 is 6.5 characters wide. Signature of 10: it ends at 28 − 2, so it
        # begins at 16, and the date, two further, ends at 24.5.
        ("中共某校总支部委员会", (16, 18)),
        # 8.5 characters, just as wide as shift and date.
        ("某校党总支A学院部", (17.5, 19.5)),
        # 4 characters: the date ends at 26 and begins at 19.5, the signature at 17.5.
        ("某校支部", (17.5, 19.5)),
        ("", (None, 19.5)),
        # Wider than the line has room for: the indent does not go below two characters.
        ("某" * 30, (2, 4)),
    ],
)
def test_signature_and_date_stand_by_7_3_5_2(signatory, left):
    last = Paragraph((Run("正文。"),))
    document = report(last, signatory=signatory, signed_on=date(2017, 12, 5))
    root = body(render_docx(document))
    lines = values(root, "//w:p[w:pPr/w:pStyle/@w:val='公文落款']")
    indents = [int(value) for line in lines for value in values(line, "w:pPr/w:ind/@w:left")]
    assert indents == [int(CHARACTER * start) for start in left if start is not None]
    before = [value for line in lines for value in values(line, "w:pPr/w:spacing/@w:before")]
    assert before == ["579", "0"][: len(lines)]
    assert text_of(lines[-1]) == "2017年12月5日"
    (last,) = values(root, "//w:p[w:pPr/w:pStyle/@w:val='公文正文']")
    assert values(last, "w:pPr/w:keepNext") != []


def test_page_number_stands_right_on_odd_and_left_on_even_pages(content):
    assert values(part(content, "word/settings.xml"), "w:evenAndOddHeaders") != []
    section = docx.Document(BytesIO(content)).sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        (paragraph,) = values(footer._element, "w:p")
        assert text_of(paragraph) == "— 1 —"
        assert values(paragraph, "w:fldSimple/@w:instr") == ["PAGE"]
        assert values(paragraph, "w:pPr/w:jc/@w:val") == [side]
    indents = style(content, "Footer").find("w:pPr/w:ind", W)
    assert [indents.get(qn(f"w:{side}")) for side in ("left", "right")] == ["280", "280"]
    # 7 mm under the type area, the line itself 14 pt high: 35 − 7 − 4.94 mm from the page's end.
    assert round(section.footer_distance.mm, 1) == 23.1


def test_file_says_nothing_of_people_times_and_revisions(content):
    core = {etree.QName(e).localname: e.text for e in part(content, "docProps/core.xml")}
    assert core == {"title": "某校2017年统战工作总结", "language": "zh-CN"}
    with zipfile.ZipFile(BytesIO(content)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.namelist()[0] == "[Content_Types].xml"
        everything = b"".join(package.read(name) for name in package.namelist())
    assert b"rsid" not in everything
    assert b"python-docx" not in everything


def test_core_title_of_a_very_long_name_is_cut():
    found = docx.Document(BytesIO(render_docx(report(name="长" * 300))))
    assert found.core_properties.title == "长" * 255


def test_same_document_gives_the_same_bytes_in_two_processes():
    code = "import sys; from tests.reports.test_docx import *; sys.stdout.buffer.write("
    first, second = (
        subprocess.run(  # noqa: S603
            [sys.executable, "-c", code + "render_docx(REPORT))"],
            capture_output=True,
            check=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    )
    assert first == second == render_docx(REPORT)
