"""A stranger's file is looked into by a process of its own, before anything is stored."""

import resource
import sys
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from activities.uploads import words
from activities.uploads.checking import checked
from activities.uploads.kinds import KINDS, MEGABYTE, Reason, RefusedFile
from tests.activities.uploads import samples


def verdict(name: str, content: bytes) -> str:
    """The name under which the file is stored, or why it is not taken."""
    try:
        with checked(SimpleUploadedFile(name, content)) as file:
            return file.name
    except RefusedFile as refused:
        return refused.reason


def test_photo_is_made_anew(settings):
    content = samples.photo(orientation=6)
    with checked(SimpleUploadedFile("IMG_2017.JPEG", content, "text/html")) as file:
        assert (file.name, file.kind) == ("IMG_2017.jpg", KINDS[".jpg"])
        assert samples.GPS not in file.content.read_bytes()
        assert Image.open(file.content).size == (400, 600)
        assert Image.open(file.thumbnail).size == (267, 400)
    assert list(settings.INCOMING.iterdir()) == []


def test_document_is_kept_as_it_came(settings):
    content = samples.office("docx", {"word/a.xml": b"a"})
    with checked(SimpleUploadedFile("通知.docx", content)) as file:
        assert (file.name, file.kind, file.thumbnail) == ("通知.docx", KINDS[".docx"], None)
        assert file.content.read_bytes() == content
    assert list(settings.INCOMING.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "content", "stored"),
    [
        ("a.jpg", samples.picture(), "a.jpg"),
        ("a.JPG", samples.picture("WEBP"), "a.jpg"),
        ("a.webp", samples.picture("PNG"), "a.png"),
        ("a.pdf", samples.pdf(), "a.pdf"),
        ("a.xlsx", samples.office("xlsx"), "a.xlsx"),
        ("a.pptx", samples.office("pptx"), "a.pptx"),
        ("a.txt", "通知".encode("gbk"), "a.txt"),
    ],
)
def test_files_of_every_kind_are_taken(name, content, stored):
    assert verdict(name, content) == stored


# Check 41: everything that is no honest file, and why.
@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.jpg", b"", Reason.EMPTY),
        ("photo.jpg", b"MZ\x90\x00" + bytes(900), Reason.NOT_WHAT_IT_SAYS),
        ("photo.jpg", b"<html><script>alert(1)</script>", Reason.NOT_WHAT_IT_SAYS),
        ("photo.jpg", b"<svg onload='alert(1)'/>", Reason.NOT_WHAT_IT_SAYS),
        ("photo.png", samples.png_that_claims(50_000, 50_000), Reason.TOO_MANY_PIXELS),
        ("photo.jpg", samples.photo()[:700], Reason.INCOMPLETE),
        ("photo.heic", b"", Reason.HEIC),
        ("photo.svg", b"<svg/>", Reason.KIND),
        ("page.html", b"<html/>", Reason.KIND),
        ("page.jpg.html", samples.picture(), Reason.KIND),
        ("virus.exe", b"MZ", Reason.KIND),
        ("photo", samples.picture(), Reason.KIND),
        (".htaccess", b"x", Reason.KIND),
        ("a.doc", samples.OLE, Reason.OLD_OFFICE),
        ("a.docx", samples.OLE, Reason.OLD_OFFICE),
        ("a.wps", samples.OLE, Reason.OLD_OFFICE),
        ("a.xlsm", samples.office("xlsx"), Reason.MACROS),
        ("a.docx", samples.office("docx", {"word/vbaProject.bin": b"x"}), Reason.MACROS),
        ("a.docx", samples.office("xlsx"), Reason.NOT_WHAT_IT_SAYS),
        ("a.docx", samples.zip_bomb(megabytes=300), Reason.UNPACKS_TOO_LARGE),
        ("a.pdf", samples.pdf(samples.with_script), Reason.SCRIPT),
        ("a.pdf", samples.pdf(samples.with_program), Reason.LAUNCH),
        ("a.pdf", samples.pdf(samples.with_attachment), Reason.ATTACHMENTS),
        ("a.pdf", samples.picture(), Reason.NOT_WHAT_IT_SAYS),
        ("a.zip", samples.packed({"a": b"b"}), Reason.ARCHIVE),
        ("a.mp4", b"\x00\x00\x00\x18ftypmp42", Reason.FILM),
        ("a.ofd", samples.packed({"OFD.xml": b"<a/>"}), Reason.OFD),
        ("a.csv", b"=cmd|'/c calc'!A1", Reason.TABLE_AS_TEXT),
        ("a.txt", b"<script>alert(1)</script>", Reason.NOT_WHAT_IT_SAYS),
    ],
)
def test_hostile_and_unfit_files_are_refused(settings, name, content, reason):
    """Checks 41, 43 and 46."""
    assert verdict(name, content) == reason
    assert list(settings.INCOMING.glob("*")) == []


@pytest.mark.parametrize(
    ("name", "most"), [("a.jpg", 10), ("a.png", 10), ("a.pdf", 20), ("a.docx", 20), ("a.txt", 1)]
)
def test_size_is_limited(name, most):
    """Check 43: the limit, and a byte more."""
    content = bytes(most * MEGABYTE)
    assert verdict(name, content) != Reason.TOO_LARGE
    assert verdict(name, content + b"x") == Reason.TOO_LARGE


def stream_bomb(megabytes: int) -> bytes:
    """A PDF whose list of objects unpacks to so much."""
    packer, spaces = zlib.compressobj(1), b" " * MEGABYTE
    packed = packer.compress(b"1 0 ") + b"".join(packer.compress(spaces) for _ in range(megabytes))
    packed += packer.flush()
    objects = (
        b"%%PDF-1.5\n5 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>\nstream\n"
        b"%s\nendstream\nendobj\n" % (len(packed), packed)
    )
    table = b"\x01\x00\x09\x00\x02\x00\x05\x00"
    return (
        b"%s6 0 obj\n<</Type/XRef/Size 7/W[1 2 1]/Index[5 1 1 1]/Root 1 0 R/Length 8>>\nstream\n"
        b"%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % (objects, table, len(objects))
    )


def peak_of_children() -> int:
    """The most memory, in megabytes, that a process started from here has ever had."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit // MEGABYTE


def test_memory_is_bounded():
    """Check 43: of this process it stays as it is, whatever comes in; the other is stopped."""
    bomb, picture = stream_bomb(1200), samples.blank_png(8000, 5000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert verdict("a.pdf", bomb) == Reason.UNREADABLE
    assert verdict("a.png", picture) == "a.png"
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024 < 50
    assert 160 < peak_of_children() < 1100


def test_every_reason_has_words_that_say_what_to_do():
    assert set(words.WORDS) == set(Reason)
