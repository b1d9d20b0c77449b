"""What makes a PDF one to keep: files inside it, and the two standards it meets named in it.

PDF/A-3 (ISO 19005-3) lets a file carry the data it was made from; PDF/UA-1 (ISO 14289-1) says that
it can be read aloud. Both are claimed in the XMP metadata, where PDF/A asks for a description of
every schema that it does not know itself, and that the metadata are not compressed.
"""

import io
from collections.abc import Mapping
from datetime import UTC, datetime

import pikepdf
from pikepdf import AttachedFileSpec, Name

_UA = """
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
_TYPES = {"json": "application/json", "csv": "text/csv"}


def with_files(pdf: bytes, files: Mapping[str, bytes], *, moment: datetime) -> bytes:
    """``pdf``, a tagged PDF/A-3, with ``files`` by their ASCII names: the data it was made from.

    Claims PDF/UA-1 beside PDF/A-3. The same arguments give the same bytes.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for name, content in files.items():
            _attach(document, name, content, moment=moment)
        _scope_headers(document)
        xmp = bytes(document.Root.Metadata.read_bytes())
        document.Root.Metadata.write(xmp.replace(b"</rdf:RDF>", _UA.encode() + b"</rdf:RDF>"))
        made = io.BytesIO()
        document.save(made, deterministic_id=True)
    return made.getvalue()


def _scope_headers(document: pikepdf.Pdf):
    """Say of each head of a table that it heads a column (ISO 14289-1, 7.5), as all of ours do."""
    for each in document.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/TH":
            each.A.Scope = Name.Column


def files_in(pdf: bytes) -> dict[str, bytes]:
    """The files that a PDF carries, by their names. pikepdf.PdfError for what is no PDF."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return {name: spec.get_file().read_bytes() for name, spec in document.attachments.items()}


def _attach(document: pikepdf.Pdf, name: str, content: bytes, *, moment: datetime):
    written = f"D:{moment.astimezone(UTC):%Y%m%d%H%M%S}Z"
    spec = AttachedFileSpec(
        document,
        content,
        filename=name,
        mime_type=_TYPES[name.rpartition(".")[2]],
        creation_date=written,
        mod_date=written,
        relationship=Name.Source,
    )
    document.attachments[name] = spec
