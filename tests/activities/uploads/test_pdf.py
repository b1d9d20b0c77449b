"""PDF files that show something are taken; those that do something are not."""

import pikepdf
import pytest

from activities.uploads import pdf
from activities.uploads.kinds import KINDS, Reason, RefusedFile
from tests.activities.uploads import samples

PDF = KINDS[".pdf"]


def verdict(folder, content: bytes) -> str:
    """The content type, or why the file is not taken."""
    source = folder / "source"
    source.write_bytes(content)
    try:
        return pdf.take_in(source, PDF)
    except RefusedFile as refused:
        return refused.reason


def with_links(document: pikepdf.Pdf):
    """What an honest PDF has: a link to a page, one to a web site, an outline, a title."""
    page = document.pages[0]
    target = pikepdf.Array([page.obj, pikepdf.Name.Fit])
    to_web = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.org/")
    link = pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=to_web)
    page.Annots = pikepdf.Array([document.make_indirect(link)])
    document.Root.OpenAction = target
    document.docinfo["/Title"] = "会议通知 /JavaScript"
    with document.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Launch", 0))


@pytest.mark.parametrize(
    "content",
    [
        samples.pdf(),
        samples.pdf(with_links),
        samples.pdf(encryption=pikepdf.Encryption(owner="x", user="")),
        samples.pdf(object_stream_mode=pikepdf.ObjectStreamMode.generate),
        samples.pdf() + b"\r\n" * 100,
    ],
    ids=["plain", "links", "restricted", "compressed", "trailing lines"],
)
def test_honest_pdf_is_taken(tmp_path, content):
    assert verdict(tmp_path, content) == "application/pdf"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (samples.with_script, Reason.SCRIPT),
        (samples.with_script_on_a_page, Reason.SCRIPT),
        (samples.with_program, Reason.LAUNCH),
        (samples.with_attachment, Reason.ATTACHMENTS),
    ],
)
@pytest.mark.parametrize("mode", list(pikepdf.ObjectStreamMode)[:3:2])
def test_pdf_that_does_something_is_refused(tmp_path, change, reason, mode):
    """Checks 41 and 46: also where the words are compressed and cannot be searched for."""
    content = samples.pdf(change, object_stream_mode=mode)
    assert verdict(tmp_path, content) == reason


def test_script_under_another_spelling_is_found(tmp_path):
    content = samples.pdf(samples.with_script).replace(b"/JavaScript", b"/JavaScr#69pt")
    assert b"#69" in content
    assert verdict(tmp_path, content) == Reason.SCRIPT


def test_locked_pdf_is_refused(tmp_path):
    content = samples.pdf(encryption=pikepdf.Encryption(owner="x", user="geheim"))
    assert verdict(tmp_path, content) == Reason.PASSWORD


def test_pdf_that_breaks_off_is_refused(tmp_path):
    content = samples.pdf(lambda document: [document.add_blank_page() for _ in range(200)])
    assert len(content) > 8000
    assert verdict(tmp_path, content[: len(content) // 2]) == Reason.INCOMPLETE


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<html>%PDF-1.7</html>" + samples.pdf(), Reason.NOT_WHAT_IT_SAYS),
        (b"MZ" + samples.pdf(), Reason.NOT_WHAT_IT_SAYS),
        (samples.picture(), Reason.NOT_WHAT_IT_SAYS),
        (samples.pdf() + samples.packed({"virus.exe": b"MZ"}), Reason.NOT_WHAT_IT_SAYS),
        (b"%PDF-1.7\n%%EOF", Reason.UNREADABLE),
        (b"%PDF-1.7\n" + bytes(5000) + b"%%EOF", Reason.UNREADABLE),
    ],
    ids=["html", "exe", "photo", "also a zip", "empty", "rubbish"],
)
def test_what_is_no_pdf_is_refused(tmp_path, content, reason):
    """Check 41: also a file that is two things at once."""
    assert verdict(tmp_path, content) == reason
