"""Signing a report: the exact content is kept, printed, and closed, in one transaction.

What is signed is the *body*: the text with its tokens, the document as it reads, the register
(every figure with value, wordings, definition, base, day or period, and the keys of its evidence),
a fingerprint of every record of the year, and the version of the layout. The *content* is the body
together with the head of the change log, who signed, and when. Its SHA-256 is printed below the
report, and the content itself lies in the PDF as a file: so the paper can be checked against what
was signed with no database at hand. A checksum that is printed cannot be over the paper it stands
on; so the SHA-256 of the PDF's bytes is kept beside the content, and both stand in the log's event
about the signing.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.annex import with_annex
from reports.annual import AnnualReport, annual_report
from reports.document import Document
from reports.document_json import written_document
from reports.layout import layout_version
from reports.models import Report, Seal
from reports.models.seal import sha256
from reports.models.step import DeedRefused
from reports.register_json import register_of
from reports.rendering import pdf_engine
from reports.sealed import canonical, sealed_file
from units.dating import YearOfUnit
from units.events import Action, head, hold_chain, record
from units.models import ClosedYear, User
from units.year_records import fingerprints

FORMAT = "seal/1"


def body_of(annual: AnnualReport) -> dict:
    """What a signature would be over now, as plain JSON values. TextErrors as for the document."""
    year = annual.year
    return {
        "format": FORMAT,
        "unit": {"code": year.unit.code, "name": year.unit.name},
        "year": year.year,
        "text": _text_of(annual),
        "document": written_document(_annexed(annual)),
        "register": register_of(annual.document, annual.figures),
        "records": fingerprints(YearOfUnit(year.unit.pk, year.year, year.period)),
        "layout": layout_version(),
    }


def digest_of(body: dict) -> str:
    """The checksum by which a page and its form know that they show the same body."""
    return sha256(canonical(body).encode())


def sign(report: Report, *, by: User, moment: datetime, shown: str) -> Seal:
    """Sign ``report`` as ``by`` has read it: ``shown`` is the checksum of the body they were shown.

    All or nothing: the seal, the closed year, the report's last step. DeedRefused, also where the
    content has changed since; RenderingUnavailableError where no PDF can be made.
    """
    pdf_engine()  # Loaded before anybody has to wait for this to be written.
    with transaction.atomic():
        hold_chain()
        annual = annual_report(report.unit, report.year)
        body = body_of(annual)
        _refuse_unless_complete(annual, shown=shown, body=body)
        seal = _seal(annual, {**body, **_signature(by, moment)}, by=by, moment=moment)
        seal.save()
        record(
            Action.SIGN,
            row=seal.report,
            digest=seal.digest,
            pdf=seal.pdf_digest,
            year=seal.report.year,
        )
    return seal


def _refuse_unless_complete(annual: AnnualReport, *, shown: str, body: dict):
    if annual.document.gaps:
        raise DeedRefused(_("The report still states what is missing: it cannot be signed."))
    if digest_of(body) != shown:
        raise DeedRefused(
            _(
                "Text, figures or records changed since you opened this page: nothing was signed. "
                "Read the report once more, then sign."
            )
        )


def _seal(annual: AnnualReport, content: dict, *, by: User, moment: datetime) -> Seal:
    written = canonical(content)
    digest = sha256(written.encode())
    pdf = sealed_file(content, written, digest)
    return Seal(
        unit=annual.report.unit,
        report=annual.report,
        closed_year=_closed(annual, by=by, moment=moment),
        content=written,
        digest=digest,
        pdf=pdf,
        pdf_digest=sha256(pdf),
        layout=content["layout"],
        log_number=content["log"]["number"],
        log_digest=content["log"]["digest"],
        signed_by=by,
        signed_at=moment,
    )


def _annexed(annual: AnnualReport) -> Document:
    """The document with the records behind its figures; people stand in it by one character."""
    return with_annex(annual.document, annual.figures, with_names=False)


def _closed(annual: AnnualReport, *, by: User, moment: datetime) -> ClosedYear:
    closed = ClosedYear(
        unit=annual.year.unit,
        year=annual.year.year,
        first_on=annual.year.first,
        last_on=annual.year.last,
        closed_at=moment,
        closed_by=by,
    )
    closed.save()
    return closed


def _signature(by: User, moment: datetime) -> dict:
    number, digest = head()
    return {
        "log": {"number": number, "digest": digest},
        "signature": {
            "by": str(by),
            "account": by.username,
            "at": timezone.localtime(moment).isoformat(timespec="seconds"),
        },
    }


def _text_of(annual: AnnualReport) -> dict:
    """The author's words, tokens and all."""
    report = annual.report
    heads = {name: getattr(report, name) for name in ("name", "title", "subtitle", "signatory")}
    sections = [
        {"level": row.level, "heading": row.heading, "body": row.body} for row in annual.sections
    ]
    return {**heads, "sections": sections}
