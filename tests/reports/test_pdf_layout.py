"""GB/T 9704-2012, measured on the PDF: positions are those of characters, not of the style sheet.

"Top" is the upper edge of a character's em box (the box a Han character fills), which is how the
standard counts: 22 characters and 21 gaps of 7/8 character make the 225 mm of the type area.
"""

import io
from datetime import date

import pdfplumber
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from reports.document import Heading, Paragraph, Run, Table
from reports.rendering import render_pdf
from tests.reports.pdf_samples import (
    MILLIMETRE,
    SENTENCE,
    Line,
    lines_by_page,
    long_report,
    pdf_of,
    report,
)

BODY_POINTS = 15.79
NEVER_FIRST = set("，。、；：？！”’）》】〉」』·%％")
NEVER_LAST = set("“‘（《【〈「『")


def pages_of_text() -> list[list[Line]]:
    """The pages of a long report before its ledger begins, without their page numbers."""
    return [page[:-1] for page in lines_by_page(pdf_of(long_report()))[:5]]


def full_lines() -> list[Line]:
    """Lines of a paragraph that are followed by another line of the same paragraph."""
    lines = [line for page in pages_of_text() for line in page if line.size < 20]
    return [a for a, b in zip(lines, lines[1:], strict=False) if not b.left > 38]


def test_paper_is_a4_on_every_page():
    with pdfplumber.open(io.BytesIO(pdf_of(long_report()))) as pdf:
        sizes = {(round(p.width / MILLIMETRE), round(p.height / MILLIMETRE)) for p in pdf.pages}
    assert sizes == {(210, 297)}


def test_type_area_begins_28_mm_from_the_left_and_37_mm_from_the_top():
    pages = pages_of_text()
    # Half a millimetre, where the standard allows one.
    assert [page[0].top for page in pages] == pytest.approx([37] * 5, abs=0.5)
    assert [min(line.left for line in page) for page in pages] == pytest.approx([28] * 5, abs=0.2)


def test_type_area_ends_at_262_mm_and_184_mm():
    pages = pages_of_text()
    assert [page[-1].bottom for page in pages] == pytest.approx([262] * 5, abs=0.5)
    assert [max(line.right for line in page) for page in pages] == pytest.approx([184] * 5, abs=0.3)


def test_pages_hold_22_lines():
    title_page, *others = pages_of_text()
    assert [len(page) for page in others] == [22] * 4
    # Title, subtitle and a blank line take three of the 22.
    assert len(title_page) == 2 + 19


def test_lines_stand_at_one_pitch():
    tops = [line.top for line in pages_of_text()[1]]
    steps = [(b - a) * MILLIMETRE for a, b in zip(tops, tops[1:], strict=False)]
    assert steps == pytest.approx([29.6] * 21, abs=0.05)  # 15.79 pt × (1 + 7/8)


def test_a_full_line_holds_28_characters():
    (page,) = lines_by_page(render_pdf(report("统战工作" * 21)))  # 84 = 26 + 28 + 28 + 2
    assert [len(line.text) for line in page if line.size < 15.8][1:-1] == [26, 28, 28, 2]


def test_full_lines_end_at_the_right_edge():
    edges = [line.right for line in full_lines()]
    assert len(edges) > 80
    assert edges == pytest.approx([184] * len(edges), abs=0.5)


def test_paragraphs_and_headings_are_indented_by_two_characters():
    page = lines_by_page(pdf_of(long_report()))[0]
    indented = [
        line for line in page if line.text.startswith(("一、", "现有", "（一）", "青山学校支部"))
    ]
    two_in = 28 + 2 * BODY_POINTS / MILLIMETRE
    assert [line.left for line in indented[:4]] == pytest.approx([two_in] * 4, abs=0.1)


def test_title_is_22_points_and_centred():
    title, subtitle = lines_by_page(pdf_of(long_report()))[0][:2]
    assert title.size == pytest.approx(22, abs=0.01)
    for line in (title, subtitle):
        assert line.left - 28 == pytest.approx(184 - line.right, abs=0.2)


def test_a_title_keeps_the_breaks_its_author_gave():
    page = lines_by_page(render_pdf(report("短文。", title="深化以共建为特征的\n统战工作")))[0]
    assert [line.text for line in page[:2]] == ["深化以共建为特征的", "统战工作"]


def test_page_numbers_stand_outside_and_7_mm_under_the_type_area():
    numbers = [page[-1] for page in lines_by_page(pdf_of(long_report()))]
    assert [line.text for line in numbers[:3]] == ["— 1 —", "— 2 —", "— 3 —"]
    one_in = 14 / MILLIMETRE
    for number, line in enumerate(numbers, start=1):
        if number % 2:
            assert line.right == pytest.approx(184 - one_in, abs=0.2)
        else:
            assert line.left == pytest.approx(28 + one_in, abs=0.2)
        assert line.size == pytest.approx(14, abs=0.01)
        assert line.top == pytest.approx(262 + 7, abs=0.3)


def test_a_heading_stays_with_the_text_under_it():
    # 19 lines are left on page 1; the heading would be the last of them.
    fill = ["统战工作。"] * 18
    first, second = lines_by_page(render_pdf(report(*fill, Heading(1, (Run("一、其一"),)), "文。")))
    assert first[-2].text == "统战工作。"
    assert [line.text for line in second[:2]] == ["一、其一", "文。"]


@pytest.mark.parametrize(
    ("signatory", "signature_right", "date_right"),
    [
        # Longer than the date by two characters and more: the signature is two from the right.
        ("中共青山学校总支部委员会", 26, None),
        # Shorter: the date is two from the right, and the signature moves left.
        ("工会", None, 26),
    ],
)
def test_signature_and_date_stand_as_7_3_5_2_says(signatory, signature_right, date_right):
    document = report("全文完。", signatory=signatory, signed_on=date(2031, 2, 5))
    (page,) = lines_by_page(render_pdf(document))
    text, signed, dated, _number = page[-4:]
    em = BODY_POINTS / MILLIMETRE
    assert (signed.text, dated.text) == (signatory, "2031年2月5日")
    assert signed.top - text.top == pytest.approx(2 * 29.6 / MILLIMETRE, abs=0.1)  # a blank line
    assert dated.left - signed.left == pytest.approx(2 * em, abs=0.1)
    if signature_right:
        assert signed.right == pytest.approx(28 + signature_right * em, abs=0.2)
    if date_right:
        assert dated.right == pytest.approx(28 + date_right * em, abs=0.2)


def broken_rules(lines: list[Line]) -> list[str]:
    """What is wrong at the breaks between the lines of one paragraph."""
    faults = []
    for above, below in zip(lines, lines[1:], strict=False):
        ending, beginning = above.text[-1], below.text[0]
        if beginning in NEVER_FIRST or ending in NEVER_LAST:
            faults.append(f"{above.text} | {below.text}")
        if ending.isdecimal() and below.left < 38:
            faults.append(f"number parted: {above.text} | {below.text}")
        if ending + beginning in ("——", "……"):
            faults.append(f"dash parted: {above.text} | {below.text}")
    return faults


HAN = st.text(alphabet="统战工作座谈会民主党派联谊交友学院", min_size=1, max_size=7)
TOKENS = st.sampled_from(
    [
        "“三创”",
        "“甲”“乙”",
        "《条例》",
        "《条例》（修订）",
        "（2017年）",
        "19人",
        "18%",
        "6000元",
        "3万元",
    ]
    + ["2017年12月5日", "，", "。", "、", "；", "：", "？", "！”", "……", "——", "阿卜杜拉·买买提"]
)
PARAGRAPH = st.lists(st.tuples(HAN, TOKENS, st.booleans()), min_size=40, max_size=60)


# Without shrinking, which would render hundreds of reports to shorten a failing one.
@settings(max_examples=12, deadline=None, derandomize=True, phases=[Phase.generate])
@given(PARAGRAPH)
def test_line_breaks_follow_the_punctuation_rules(pieces):
    runs = [
        part for han, token, gap in pieces for part in (Run(han), Run(token, "members_total", gap))
    ]
    pages = lines_by_page(render_pdf(report(Paragraph(tuple(runs)))))
    lines = [line for page in pages for line in page[:-1]][2:]  # after title and subtitle
    assert len(lines) > 5
    assert broken_rules(lines) == []


def test_broken_rules_are_noticed():
    def line(text):
        return Line(text, 28, 184, 37, 42, 15.79)

    assert broken_rules([line("甲乙"), line("，丙")]) == ["甲乙 | ，丙"]
    assert broken_rules([line("甲（"), line("丙")]) == ["甲（ | 丙"]
    assert broken_rules([line("共19"), line("人")]) == ["number parted: 共19 | 人"]
    assert broken_rules([line("甲—"), line("—乙")]) == ["dash parted: 甲— | —乙"]


def test_a_gap_is_framed_and_the_line_still_ends_at_the_right_edge():
    gap = Paragraph((Run("教职工"), Run("请补齐全体人数", "staff", gap=True), Run(SENTENCE)))
    pdf = render_pdf(report(gap))
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        page = document.pages[0]
        drawn = page.rects + page.lines + page.curves
        gap_text = [c for c in page.chars if c["text"] in "请补齐全体人数"][:7]
    assert "".join(character["text"] for character in gap_text) == "请补齐全体人数"
    left, right = gap_text[0]["x0"], gap_text[-1]["x1"]
    assert min(shape["x0"] for shape in drawn) == pytest.approx(left, abs=1.5)
    assert max(shape["x1"] for shape in drawn) == pytest.approx(right, abs=2.5)
    line = lines_by_page(pdf)[0][2]
    assert line.text.startswith("教职工请补齐全体人数")
    assert line.right == pytest.approx(184, abs=0.5)


@pytest.mark.parametrize(("columns", "points"), [(5, 12), (6, 9)])
def test_tables_of_many_columns_are_set_smaller(columns, points):
    table = Table("一览", ("名",) * columns, (("值",) * columns,), (1,) * columns)
    (page,) = lines_by_page(render_pdf(report(table)))
    caption, header, row = page[2:5]
    assert [line.size for line in (caption, header, row)] == pytest.approx([12, points, points])
    assert row.text == "值" * columns
