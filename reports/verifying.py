"""Is a sealed report what was signed? Three things can differ, and each is told apart.

The *file* in hand may not be the sealed file; the *seal* in the database may have been altered; the
*records* may give other figures today. The change log's event about the signing vouches for the
seal, as long as the log has not been purged up to there.
"""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntFlag

import pikepdf
from django.utils.translation import gettext as _

from reports.archival import files_in
from reports.drift import drift_of
from reports.layout import layout_version
from reports.models import Seal
from reports.models.seal import sha256
from reports.sealed import CONTENT_FILE, MARK, sealed_file, sealed_pdf
from units.events import Action, Event
from units.models import LogPurge


class Differs(IntFlag):
    """What differs; the values add up to the exit status of ``manage.py verify_report``."""

    FILE = 4
    SEAL = 8
    RECORDS = 16


@dataclass(frozen=True)
class Finding:
    """One difference: where, and in words."""

    where: Differs
    words: str


def findings(seal: Seal, file: bytes | None = None) -> list[Finding]:
    """Every difference; none if all is as it was signed. In the scope of the seal's unit."""
    found = [Finding(Differs.SEAL, words) for words in _faults_of(seal)]
    if file is not None and sha256(file) != seal.pdf_digest:
        found.insert(0, Finding(Differs.FILE, _difference_of_files(sealed_pdf(seal), file)))
    if not any(finding.where is Differs.SEAL for finding in found):
        found += [Finding(Differs.RECORDS, words) for words in _changes_of_records(seal)]
    return found


def seal_of_file(file: bytes) -> Seal | None:
    """The seal that a file is of, or says it is of; None where it says nothing we know.

    In the scope of every unit that may have signed it.
    """
    same = Seal.objects.filter(pdf_digest=sha256(file)).first()
    if same is not None:
        return same
    try:
        mark = _mark_of(file)
    except pikepdf.PdfError:
        return None
    return Seal.objects.filter(digest=mark.removeprefix(MARK)).first()


def findings_in_file(file: bytes) -> list[Finding] | None:
    """What differs between a sealed file's pages and the content that lies in it; no database.

    The content must have the checksum that the file names, and printed once more it must give these
    very bytes. None where the file carries no content, or was made by another version of the
    layout, so that nothing can be said.
    """
    try:
        written = files_in(file).get(CONTENT_FILE)
        mark = _mark_of(file)
    except pikepdf.PdfError:
        return None
    if written is None:
        return None
    if sha256(written) != mark.removeprefix(MARK):
        return [Finding(Differs.SEAL, _("The register inside the file is not what was signed."))]
    content = json.loads(written)
    if content["layout"] != layout_version():
        return None
    if sealed_file(content, written.decode(), sha256(written)) == file:
        return []
    return [Finding(Differs.FILE, _("The pages are not those that the register inside gives."))]


def _mark_of(file: bytes) -> str:
    with pikepdf.open(io.BytesIO(file)) as pdf:
        return str(pdf.docinfo.get("/Keywords", ""))


def _faults_of(seal: Seal) -> Iterator[str]:
    if sha256(seal.content.encode()) != seal.digest:
        yield _("The sealed register is not what was signed: its checksum differs.")
    if sha256(sealed_pdf(seal)) != seal.pdf_digest:
        yield _("The sealed PDF in the database is not what was signed: its checksum differs.")
    yield from _faults_by_the_log(seal)


def _faults_by_the_log(seal: Seal) -> Iterator[str]:
    """What the change log says against the seal; nothing where it was purged up to there."""
    purged = LogPurge.objects.order_by("-number").values_list("number", flat=True).first() or 0
    head = Event.objects.filter(number=seal.log_number).first()
    if seal.log_number > purged and (head is None or head.digest != seal.log_digest):
        yield _("The change log does not have the head that the seal names.")
    event = Event.objects.filter(
        action=Action.SIGN, model="reports.report", object_id=str(seal.report_id)
    ).first()
    if event is None:
        if seal.log_number >= purged:
            yield _("The change log knows of no signature of this report.")
        return
    detail = getattr(event, "detail", None)
    said = detail.content if detail and event.sealed() == event.digest else {}
    intact = detail is not None and detail.digest() == event.detail_digest
    if not intact or (said.get("digest"), said.get("pdf")) != (seal.digest, seal.pdf_digest):
        yield _("The seal's checksums are not those that the change log noted at the signing.")


def _difference_of_files(sealed: bytes, file: bytes) -> str:
    pairs = zip(sealed, file, strict=False)
    shorter = min(len(sealed), len(file))
    place = next((at for at, (one, other) in enumerate(pairs) if one != other), shorter)
    return _(
        "The file is not the sealed file: it differs from byte %(place)s on (%(size)s bytes, "
        "sealed %(sealed)s)."
    ) % {"place": place + 1, "size": len(file), "sealed": len(sealed)}


def _changes_of_records(seal: Seal) -> Iterator[str]:
    drift = drift_of(seal)
    for line in drift.lines:
        yield _("%(name)s (%(key)s): sealed %(sealed)s, today %(present)s.") % {
            "name": line.name,
            "key": line.key,
            "sealed": line.sealed,
            "present": line.present,
        }
    for record in drift.records_behind_no_figure:
        yield _("%(kind)s %(words)s (%(key)s): %(became)s since.") % {
            "kind": record.kind,
            "words": record.words,
            "key": record.key[1],
            "became": record.became.value,
        }
