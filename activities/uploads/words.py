"""What people are told of a file that is not taken in: why, and what to do."""

from django.utils.translation import gettext_lazy as _

from activities.uploads.kinds import Reason

WORDS = {
    Reason.EMPTY: _("The file is empty. Choose it again."),
    Reason.TOO_LARGE: _(
        "The file is too large: photos may have 10 MB, text 1 MB, other files 20 MB. Scan it with "
        "fewer dots, or split it."
    ),
    Reason.KIND: _(
        "Files of this kind are not taken in. Taken in are photos (JPG, PNG, WebP), PDF, Word, "
        "Excel, PowerPoint (docx, xlsx, pptx) and text."
    ),
    Reason.HEIC: _(
        "This is a photo in Apple's HEIC format. On the iPhone choose Settings, Camera, Formats, "
        "Most Compatible, or save the photo as JPG, and send it again."
    ),
    Reason.OLD_OFFICE: _(
        "This is an old format, or it is locked by a password. Open it in WPS or Word, save it "
        "without a password as docx, xlsx or pptx (or PDF), and send that."
    ),
    Reason.MACROS: _(
        "The file holds macros (small programs). Save it as docx, xlsx or pptx without macros, or "
        "as PDF, and send that."
    ),
    Reason.ARCHIVE: _("Unpack the archive and send the files in it one by one."),
    Reason.FILM: _("Films and recordings are not kept here. Send a photo or a text instead."),
    Reason.OFD: _("Open the file in its reader, save or print it as PDF, and send that."),
    Reason.TABLE_AS_TEXT: _("Open the table in WPS or Excel, save it as xlsx, and send that."),
    Reason.NOT_WHAT_IT_SAYS: _(
        "What is in the file does not match its name. Open it, save it again in the right format, "
        "and send that."
    ),
    Reason.INCOMPLETE: _(
        "The file breaks off or is damaged. Check that it opens on your machine, and send it again."
    ),
    Reason.TOO_MANY_PIXELS: _(
        "The picture has more than 40 million pixels. Make it smaller and send it again."
    ),
    Reason.PASSWORD: _("The file is locked by a password. Save it without one, and send that."),
    Reason.SCRIPT: _(
        "The PDF holds a script or a form that runs one. Print it as PDF once more, and send that."
    ),
    Reason.LAUNCH: _(
        "The PDF would start a program or send data. Print it as PDF once more, and send that."
    ),
    Reason.ATTACHMENTS: _(
        "The PDF has other files attached. Print it as PDF once more, and send the attachments one "
        "by one."
    ),
    Reason.UNPACKS_TOO_LARGE: _(
        "Unpacked, the file is larger than 200 MB. Make its pictures smaller, or split it."
    ),
    Reason.FOREIGN_TEMPLATE: _(
        "The document fetches a template from elsewhere. Save it as PDF, and send that."
    ),
    Reason.UNREADABLE: _(
        "The file could not be checked. Save it again in another way, for example as PDF, and send "
        "that."
    ),
    Reason.VIRUS: _(
        "The virus scanner found something in this file. It was not stored. Tell whoever looks "
        "after your computer."
    ),
    Reason.SCANNER_DOWN: _(
        "The virus scanner does not answer, so no file is taken in right now. Try again in a few "
        "minutes, and tell the system administrator if it lasts."
    ),
    Reason.DISK_FULL: _(
        "There is no room left on the server. Nothing was stored; tell the system administrator."
    ),
    Reason.OF_A_TALK: _("No files are kept about a talk."),
    Reason.NO_ACTIVITY: _("The activity is not there any more."),
}
"""For every reason, a sentence that says what to do."""
