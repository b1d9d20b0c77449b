"""What a list page shows and what its files hold, both as rows of texts."""

import csv
import io
import re
from datetime import date, datetime
from html import unescape

import openpyxl
from django.test import Client

from units.spreadsheets import MARK_SIGN, from_csv_text, from_xlsx_text

Rows = list[list[str]]


def shown(answer) -> Rows:
    """The headings and the rows on a page, or in its answer to a filter tried on it."""
    page = answer.content.decode()
    head = re.search(r"<thead>(.*?)</thead>", page, re.S)
    body = re.search(r"<tbody>(.*?)</tbody>", page, re.S)
    if head is None:
        return []
    lines = re.findall(r"<tr>(.*?)</tr>", head[1] + body[1], re.S)
    return [
        [_text(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", line, re.S)] for line in lines
    ]


def shown_on_all_pages(client: Client, address: str, **asked) -> Rows:
    """The same, from the first page to the last."""
    rows = []
    for number in range(1, 100):
        answer = client.post(address, {**asked, "page": number}, headers={"HX-Request": "true"})
        found = shown(answer)
        rows += found if number == 1 else found[1:]
        if not answer.context["page"].has_next():
            return rows
    raise AssertionError("more than a hundred pages")


def in_csv(answer) -> Rows:
    """The rows of a CSV file, without the last line, which says who made it."""
    text = answer.content.decode("utf-8-sig")
    *rows, mark = csv.reader(io.StringIO(text))
    assert mark[0].startswith(MARK_SIGN)
    return [[from_csv_text(cell) for cell in row] for row in rows]


def in_xlsx(answer) -> Rows:
    """The rows of a workbook, dates written as on the page."""
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    return [[_plain(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]


def _text(cell: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", cell))


def _plain(value) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.date()
    return value.isoformat() if isinstance(value, date) else from_xlsx_text(str(value))
