"""Files are read apart, within bounds, and what stands in a cell stays what it was."""

import resource
from datetime import date

import pytest

from tests.units.imports.sheets import MEGABYTE, sheet_xml, upload, with_part, xlsx
from units.imports.files import read_sheet
from units.imports.refusals import WORDS, SheetReason
from units.refused_files import Reason, RefusedFile

ROWS = [["姓名", "工号"], ["徐文清", "0912"]]
SHEET = "xl/worksheets/sheet1.xml"
_TEXTS = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</sst>'


def rows(content: bytes, name: str = "名册.xlsx") -> list:
    return read_sheet(upload(content, name)).rows


def refusal(content: bytes, name: str = "名册.xlsx") -> str:
    """Why the file is not read, once it is clear that people are told what to do."""
    with pytest.raises(RefusedFile) as refused:
        read_sheet(upload(content, name))
    assert WORDS[refused.value.reason]
    return refused.value.reason


def test_cells_of_a_workbook_are_what_they_are_shown_as():
    """Check 89: 0912 stays 0912, and a number of 18 digits is not passed off as a text."""

    def dress(sheet):
        sheet["C2"].number_format = "0000"
        sheet["D2"].number_format = "0.00"

    cells = ["0912", "310107197503150028", 912, 2016.1, 2016.1, date(2017, 9, 1), True, "=1+1"]
    content = xlsx([["头"] * 9, [*cells, 4.3e17]], dress)
    assert rows(content)[1] == (
        2,
        [
            "0912",
            "310107197503150028",
            "0912",
            "2016.10",
            ["n", "2016.1"],
            ["d", "2017-09-01"],
            ["b", "1"],
            ["f", "=1+1"],
            ["n", "4.3e+17"],
        ],
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_csv_is_read_in_both_encodings(encoding, separator):
    text = "\r\n".join(separator.join(row) for row in [*ROWS, ["", ""], ["", ""]])
    expected = [(1, ["姓名", "工号"]), (2, ["徐文清", "0912"])]
    assert rows(text.encode(encoding), "名册.CSV") == expected


def test_rows_without_words_are_left_out_and_the_others_keep_their_numbers():
    content = xlsx([["姓名"], [], ["  "], ["徐文清", None, " "], [None], ["　"]])
    assert rows(content) == [(1, ["姓名"]), (4, ["徐文清"])]


def test_only_the_first_sheet_in_sight_is_read():
    def hide(sheet):
        sheet.sheet_state = "hidden"
        sheet.parent.create_sheet("在职").append(["姓名"])
        sheet.parent.create_sheet("退休").append(["姓名"])

    sheet = read_sheet(upload(xlsx([["旧"]], hide)))
    assert (sheet.rows, sheet.more) == ([(1, ["姓名"])], ["退休"])


def test_whatever_else_is_no_spreadsheet_is_refused_with_what_to_do():
    """Check 44: by its name, and by what is in it."""
    whole = xlsx(ROWS)
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    assert refusal(ole, "名册.xls") == Reason.OLD_OFFICE
    assert refusal(ole) == Reason.OLD_OFFICE
    assert refusal(whole, "名册.docx") == SheetReason.OTHER_KIND
    assert refusal(b"<html></html>") == Reason.NOT_WHAT_IT_SAYS
    assert refusal(b"") == Reason.EMPTY
    assert refusal(whole[:-300]) == Reason.INCOMPLETE
    assert refusal(whole, "名册.csv") == SheetReason.NO_TEXT
    assert refusal(xlsx([])) == SheetReason.NO_ROWS
    assert refusal(with_part(whole, "xl/vbaProject.bin", b"x")) == Reason.MACROS


def test_more_than_an_import_takes_is_refused():
    """Check 44: 10 MB, 5,000 rows (with a few above them), 60 columns."""
    assert refusal(bytes(10 * MEGABYTE + 1)) == Reason.TOO_LARGE
    assert refusal("\n".join(["王"] * 5021).encode(), "a.csv") == SheetReason.TOO_MANY_ROWS
    assert len(rows("\n".join(["王"] * 5020).encode(), "a.csv")) == 5020
    assert refusal(xlsx([["头"] * 300])) == SheetReason.TOO_MANY_COLUMNS
    assert rows(xlsx([["头"] * 60])) == [(1, ["头"] * 60)]


def seconds_of_work() -> float:
    """Of the processor, in processes that have ended."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def bomb() -> bytes:
    return with_part(xlsx(ROWS), SHEET, bytes(101 * MEGABYTE))


def entities() -> bytes:
    lines = [b'<!ENTITY a0 "lol">']
    lines += [b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10)]
    body = sheet_xml(b'<row r="1"><c r="A1" t="inlineStr"><is><t>&a9;</t></is></c></row>')
    head = b'<?xml version="1.0"?>'
    types = head + b"<!DOCTYPE worksheet [" + b"".join(lines) + b"]>"
    return with_part(xlsx(ROWS), SHEET, body.replace(head, types))


def outside() -> bytes:
    types = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    body = sheet_xml(b'<row r="1"><c r="A1" t="inlineStr"><is><t>&e;</t></is></c></row>')
    return with_part(xlsx(ROWS), SHEET, body.replace(b'<?xml version="1.0"?>', types))


def many_texts() -> bytes:
    texts = b"<si><t>x</t></si>" * (99 * MEGABYTE // 17)
    return with_part(xlsx(ROWS), "xl/sharedStrings.xml", _TEXTS % texts)


def one_endless_row() -> bytes:
    cells = b'<c r="A1"><v>1</v></c>' * (90 * MEGABYTE // 22)
    return with_part(xlsx(ROWS), SHEET, sheet_xml(b'<row r="1">' + cells + b"</row>"))


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (bomb, Reason.UNPACKS_TOO_LARGE),
        (entities, Reason.UNREADABLE),
        (outside, Reason.UNREADABLE),
        (many_texts, Reason.UNPACKS_TOO_LARGE),
        (one_endless_row, Reason.UNPACKS_TOO_LARGE),
    ],
)
def test_bomb_is_refused_within_five_seconds_of_work(make, reason):
    """Check 44: neither by its own size nor by what it unpacks to in memory."""
    content = make()
    assert len(content) < 10 * MEGABYTE
    before = seconds_of_work()
    assert refusal(content) == reason
    # On a busy machine the clock goes on meanwhile; the processor's time is what is limited.
    assert seconds_of_work() - before < 5


def test_cell_at_the_far_end_of_the_sheet_does_no_harm():
    """Check 44: 1.5 KB that claim a million rows."""
    near, far = b'<row r="1"><c r="A1"><v>7</v></c></row>', b'<row r="1048576"><c r="XFD1048576">'
    content = with_part(xlsx(ROWS), SHEET, sheet_xml(near + far + b"<v>1</v></c></row>"))
    before = seconds_of_work()
    assert rows(content) == [(1, [["n", "7"]])]
    assert seconds_of_work() - before < 5
