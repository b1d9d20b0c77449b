"""PDF files that only show something: no script, no program, nothing attached."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf

from activities.uploads.kinds import FileKind, Reason, RefusedFile

_NOT_TAKEN = {
    "/JS": Reason.SCRIPT,
    "/JavaScript": Reason.SCRIPT,
    "/XFA": Reason.SCRIPT,
    "/Launch": Reason.LAUNCH,
    "/ImportData": Reason.LAUNCH,
    "/SubmitForm": Reason.LAUNCH,
    "/GoToE": Reason.ATTACHMENTS,
    "/EmbeddedFile": Reason.ATTACHMENTS,
    "/EmbeddedFiles": Reason.ATTACHMENTS,
    "/FileAttachment": Reason.ATTACHMENTS,
    "/RichMedia": Reason.ATTACHMENTS,
}
"""Names that ask a reader to do more than show pages, as keys or as the kind of a thing."""
_END = 2048
"""Bytes at the end of the file within which it must say that it ends."""


def take_in(source: Path, kind: FileKind, **places: Path) -> str:
    """The content type of a PDF that may be stored as it is. RefusedFile for any other."""
    _refuse_wrong_ends(source)
    try:
        with pikepdf.open(source) as document:
            if not len(document.pages):
                raise RefusedFile(Reason.UNREADABLE)
            found = {_NOT_TAKEN[name] for name in _names(document) if name in _NOT_TAKEN}
    except pikepdf.PasswordError as failure:
        raise RefusedFile(Reason.PASSWORD) from failure
    except pikepdf.PdfError as failure:
        raise RefusedFile(Reason.UNREADABLE) from failure
    if found:
        raise RefusedFile(min(found))
    return kind.content_type


def _refuse_wrong_ends(source: Path):
    with source.open("rb") as file:
        if not file.read(5) == b"%PDF-":
            raise RefusedFile(Reason.NOT_WHAT_IT_SAYS)
        file.seek(max(0, source.stat().st_size - _END))
        if b"%%EOF" not in file.read():
            raise RefusedFile(Reason.INCOMPLETE)
    if zipfile.is_zipfile(source):
        raise RefusedFile(Reason.NOT_WHAT_IT_SAYS)


def _names(document: pikepdf.Pdf) -> Iterator[str]:
    """Every key, and every name that stands as a value, of everything in the document."""
    for thing in [document.trailer, *document.objects]:
        waiting = [thing]
        while waiting:
            each = waiting.pop()
            if isinstance(each, pikepdf.Name):
                yield str(each)
            elif isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
                yield from each.keys()
                waiting += [value for value in _values(each) if not _is_elsewhere(value)]
            elif isinstance(each, pikepdf.Array):
                waiting += [value for value in each if not _is_elsewhere(value)]


def _values(thing: pikepdf.Object) -> list:
    return [thing[key] for key in thing.keys()]  # noqa: SIM118 - it is no dict


def _is_elsewhere(value) -> bool:
    """Whether a thing has a number of its own, under which the document lists it too."""
    return getattr(value, "is_indirect", False)
