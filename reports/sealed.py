"""What a seal keeps, read again: the content, the document as it was signed, its files."""

import json
from dataclasses import replace
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from reports.annex import records_csv
from reports.document import Document
from reports.document_json import read_document
from reports.models import Seal
from reports.readings import DOCUMENT_LANGUAGE
from reports.register_json import as_file
from reports.rendering import render_archival

MARK = "sha256:"
"""Before the checksum of the content, among a sealed PDF's keywords: by it the seal is found."""


CONTENT_FILE = "content.json"
RECORDS_FILE = "records.csv"


def canonical(content: dict) -> str:
    """The one way in which a content is written down."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def content_of(seal: Seal) -> dict:
    """The sealed content, as :mod:`reports.sealing` wrote it."""
    return json.loads(seal.content)


def sealed_document(seal: Seal) -> Document:
    """The document as it was signed, with the small lines by which it can be checked."""
    content = content_of(seal)
    return with_note(read_document(content["document"]), content, seal.digest)


def sealed_file(content: dict, written: str, digest: str) -> bytes:
    """The PDF of a content: text, annex, and inside it the content itself and the records as CSV.

    ``written`` is ``content`` as :func:`canonical` writes it, ``digest`` its SHA-256. The same
    content gives the same bytes as long as the layout and the fonts are the same.
    """
    document = with_note(read_document(content["document"]), content, digest)
    files = {CONTENT_FILE: written.encode(), RECORDS_FILE: records_csv(document)}
    moment = datetime.fromisoformat(content["signature"]["at"])
    return render_archival(document, files, moment=moment)


def sealed_pdf(seal: Seal) -> bytes:
    """The very bytes that were sealed."""
    return bytes(seal.pdf)


def sealed_register(seal: Seal) -> bytes:
    """The figures as they were sealed, as a JSON file."""
    return as_file(content_of(seal)["register"])


def with_note(document: Document, content: dict, digest: str) -> Document:
    """``document`` with what is printed below it once it is signed, in the document's language."""
    signed = datetime.fromisoformat(content["signature"]["at"])
    facts = {
        "name": content["signature"]["by"],
        "day": f"{signed.year}年{signed.month}月{signed.day}日",
        "time": f"{signed:%H:%M}",
        "digest": digest,
        "number": content["log"]["number"],
        "head": content["log"]["digest"],
    }
    with translation.override(DOCUMENT_LANGUAGE):
        note = (
            _("Signed and sealed by %(name)s on %(day)s at %(time)s.") % facts,
            _("SHA-256 of the content: %(digest)s") % facts,
            _("Change log, head before signing: no. %(number)s, %(head)s") % facts,
        )
    return replace(document, note=note, mark=f"{MARK}{digest}")
