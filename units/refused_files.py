"""Why a file that somebody sends is not taken in; the rooms say it to people in their own words."""

from enum import StrEnum

MEGABYTE = 1024 * 1024


class Reason(StrEnum):
    """Why a file is not taken in: one of evidence, or a spreadsheet whose rows are read."""

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

    def __init__(self, reason: StrEnum):
        super().__init__(reason)
        self.reason = reason
