"""The kinds of files that are taken in: by extension, and by what must then be in them."""

from dataclasses import dataclass
from pathlib import PurePath

from units.refused_files import MEGABYTE, Reason, RefusedFile


@dataclass(frozen=True)
class FileKind:
    """One kind of file. ``reader`` is the module that looks into it."""

    extension: str
    content_type: str
    reader: str
    most_bytes: int


_OFFICE = "application/vnd.openxmlformats-officedocument"
_ALL = (
    FileKind(".jpg", "image/jpeg", "pictures", 10 * MEGABYTE),
    FileKind(".png", "image/png", "pictures", 10 * MEGABYTE),
    FileKind(".webp", "image/webp", "pictures", 10 * MEGABYTE),
    FileKind(".pdf", "application/pdf", "pdf", 20 * MEGABYTE),
    FileKind(".docx", f"{_OFFICE}.wordprocessingml.document", "office", 20 * MEGABYTE),
    FileKind(".xlsx", f"{_OFFICE}.spreadsheetml.sheet", "office", 20 * MEGABYTE),
    FileKind(".pptx", f"{_OFFICE}.presentationml.presentation", "office", 20 * MEGABYTE),
    FileKind(".txt", "text/plain", "text", MEGABYTE),
)
KINDS = {kind.extension: kind for kind in _ALL} | {
    ".jpeg": _ALL[0],
    ".jpe": _ALL[0],
    ".jfif": _ALL[0],
}
"""What is taken in, by extension."""

BY_CONTENT_TYPE = {kind.content_type: kind for kind in _ALL}

_REASONS = {
    Reason.HEIC: ".heic .heif .hif .avif",
    Reason.OLD_OFFICE: ".doc .xls .ppt .dot .xlt .pot .pps .rtf .wps .et .dps .odt .ods .odp",
    Reason.MACROS: ".docm .dotm .xlsm .xltm .xlsb .xlam .pptm .potm .ppsm .ppam",
    Reason.ARCHIVE: ".zip .rar .7z .tar .gz .tgz .bz2 .xz",
    Reason.FILM: ".mp4 .mov .avi .mkv .wmv .flv .m4v .webm .mp3 .m4a .wav .amr .aac",
    Reason.OFD: ".ofd .ceb .caj",
    Reason.TABLE_AS_TEXT: ".csv .tsv",
}
REASON_OF = {each: reason for reason, words in _REASONS.items() for each in words.split()}


def extension_of(name: str) -> str:
    """The extension of a file's name in small letters, with its dot."""
    return PurePath(name.strip()).suffix.lower()


def kind_of(name: str) -> FileKind:
    """The kind that a file of this name must be. RefusedFile for one that is not taken in."""
    extension = extension_of(name)
    if extension not in KINDS:
        raise RefusedFile(REASON_OF.get(extension, Reason.KIND))
    return KINDS[extension]
