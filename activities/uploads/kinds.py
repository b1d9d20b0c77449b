"""The kinds of files that are taken in: by extension, and by what must then be in them."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

MEGABYTE = 1024 * 1024


class Reason(StrEnum):
    """Why a file is not taken in; ``activities.uploads.words`` says it to people."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    KIND = "kind"
    HEIC = "heic"
    OLD_OFFICE = "old_office"
    MACROS = "macros"
    ARCHIVE = "archive"
    FILM = "film"
    OFD = "ofd"
    TABLE_AS_TEXT = "table_as_text"
    NOT_WHAT_IT_SAYS = "not_what_it_says"
    INCOMPLETE = "incomplete"
    TOO_MANY_PIXELS = "too_many_pixels"
    PASSWORD = "password"  # noqa: S105 - a reason
    SCRIPT = "script"
    LAUNCH = "launch"
    ATTACHMENTS = "attachments"
    UNPACKS_TOO_LARGE = "unpacks_too_large"
    FOREIGN_TEMPLATE = "foreign_template"
    UNREADABLE = "unreadable"
    VIRUS = "virus"
    SCANNER_DOWN = "scanner_down"
    DISK_FULL = "disk_full"
    OF_A_TALK = "of_a_talk"
    NO_ACTIVITY = "no_activity"


class RefusedFile(Exception):  # noqa: N818 - it names what happened
    """A file that is not taken in, and why."""

    def __init__(self, reason: Reason):
        super().__init__(reason)
        self.reason = reason


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
