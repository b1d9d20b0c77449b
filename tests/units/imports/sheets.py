"""Spreadsheets as offices have them, and as somebody sends them who means harm."""

import io
import zipfile
from collections.abc import Callable, Iterable

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

MEGABYTE = 1024 * 1024


def xlsx(rows: Iterable[Iterable], change: Callable | None = None) -> bytes:
    """A workbook of one sheet with ``rows``; ``change`` may do something to the sheet first."""
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    if change:
        change(sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def upload(content: bytes, name: str = "名册.xlsx") -> SimpleUploadedFile:
    """The file as a browser sends it."""
    return SimpleUploadedFile(name, content)


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The workbook with one part put in the place of its own."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, part)
    return file.getvalue()


def sheet_xml(rows: bytes) -> bytes:
    """The XML of a sheet around the XML of its rows."""
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return (
        b'<?xml version="1.0"?><worksheet xmlns="'
        + space
        + b'"><sheetData>'
        + rows
        + b"</sheetData></worksheet>"
    )
