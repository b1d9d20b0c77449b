"""Why a spreadsheet is not read, and what people are told of it: the reason and what to do."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from units.refused_files import MEGABYTE, Reason

MOST_BYTES = 10 * MEGABYTE
MOST_UNPACKED = 100 * MEGABYTE
MOST_ROWS = 5000
MOST_COLUMNS = 60


class SheetReason(StrEnum):
    """What is wrong with a spreadsheet that would be no fault of another file."""

    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    NO_ROWS = "no_rows"
    NO_HEADINGS = "no_headings"
    NO_TEXT = "no_text"
    OTHER_KIND = "other_kind"


_TOO_LARGE = _(
    "The spreadsheet is too large: at most 10 MB, 100 MB unpacked, 5,000 rows and 60 columns. "
    "Remove pictures and other sheets, or split it, and send the parts one after the other."
)
_SAVE_AS = _(
    "This is not an .xlsx file of Excel or WPS, whatever it is called. Open it, choose “Save as”, "
    "“Excel workbook (.xlsx)”, and send that; or save it as CSV."
)
WORDS = {
    Reason.EMPTY: _("The file is empty. Choose it again."),
    Reason.TOO_LARGE: _TOO_LARGE,
    Reason.UNPACKS_TOO_LARGE: _TOO_LARGE,
    Reason.UNREADABLE: _(
        "The spreadsheet cannot be read: it is damaged or far larger than a list of people. Copy "
        "the list into a new workbook, save that as .xlsx, and send it."
    ),
    Reason.OLD_OFFICE: _(
        "This is the old .xls format, or a file locked by a password. Open it in Excel or WPS, "
        "choose “Save as”, “Excel workbook (.xlsx)”, without a password, and send that."
    ),
    Reason.NOT_WHAT_IT_SAYS: _SAVE_AS,
    Reason.INCOMPLETE: _(
        "The file breaks off or is damaged. Check that it opens on your machine, and send it again."
    ),
    Reason.PASSWORD: _("The file is locked by a password. Save it without one, and send that."),
    Reason.MACROS: _(
        "The file holds macros (small programs). Save it as .xlsx without macros, and send that."
    ),
    Reason.FOREIGN_TEMPLATE: _SAVE_AS,
    Reason.VIRUS: _("The virus scanner refuses this file."),
    Reason.SCANNER_DOWN: _(
        "The virus scanner does not answer, so nothing is taken in. Try again later, and tell the "
        "administrator."
    ),
    Reason.DISK_FULL: _(
        "There is no room left on the server. Tell the administrator; your file was not read."
    ),
    SheetReason.TOO_MANY_ROWS: _TOO_LARGE,
    SheetReason.TOO_MANY_COLUMNS: _TOO_LARGE,
    SheetReason.NO_ROWS: _("There is no row in the first sheet of the file."),
    SheetReason.NO_HEADINGS: _(
        "No row of headings was found in the first rows: it must name the column “%(needed)s”. "
        "Download the template to see the headings that are known."
    ),
    SheetReason.NO_TEXT: _(
        "The characters of this CSV file cannot be read: they are neither UTF-8 nor GBK. Open it "
        "in Excel or WPS, save it as .xlsx, and send that."
    ),
    SheetReason.OTHER_KIND: _(
        "Only .xlsx and .csv can be read. Open the file in Excel or WPS, choose “Save as”, “Excel "
        "workbook (.xlsx)”, and send that."
    ),
}
