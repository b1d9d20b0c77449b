"""Word, Excel and PowerPoint files are taken without macros, old formats and bombs."""

import zipfile

import pytest

from activities.uploads import office
from activities.uploads.kinds import KINDS, Reason, RefusedFile
from tests.activities.uploads import samples

RELATIONSHIP = (
    '<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/'
    '2006/relationships/attachedTemplate" Target="{target}" TargetMode="External"/></Relationships>'
)
REVERSED = (
    '<Relationships><Relationship TargetMode="External" Target="{target}" Type="http://schemas.'
    'openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/></Relationships>'
)


def verdict(folder, content: bytes, extension: str = ".docx") -> str:
    """The content type, or why the file is not taken."""
    source = folder / "source"
    source.write_bytes(content)
    try:
        return office.take_in(source, KINDS[extension])
    except RefusedFile as refused:
        return refused.reason


@pytest.mark.parametrize("kind", ["docx", "xlsx", "pptx"])
def test_office_file_is_taken(tmp_path, kind):
    extension = f".{kind}"
    assert verdict(tmp_path, samples.office(kind), extension) == KINDS[extension].content_type


@pytest.mark.parametrize("kind", ["docx", "xlsx", "pptx"])
def test_office_file_under_the_wrong_name_is_refused(tmp_path, kind):
    for other in {".docx", ".xlsx", ".pptx"} - {f".{kind}"}:
        assert verdict(tmp_path, samples.office(kind), other) == Reason.NOT_WHAT_IT_SAYS


@pytest.mark.parametrize(
    "parts",
    ["word/vbaProject.bin", "word/vbaData.xml", "word/activeX/activeX1.bin", "WORD/VBAPROJECT.BIN"],
)
def test_macros_are_refused(tmp_path, parts):
    """Check 46."""
    assert verdict(tmp_path, samples.office("docx", {parts: b"x"})) == Reason.MACROS


@pytest.mark.parametrize(
    "types",
    [
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        "application/vnd.ms-office.vbaProject",
    ],
)
def test_renamed_macro_file_is_refused(tmp_path, types):
    """Check 46: a .docm under the name of a .docx."""
    assert verdict(tmp_path, samples.office("docx", types=types)) == Reason.MACROS


def test_old_and_locked_files_are_refused(tmp_path):
    """Check 46: a .doc under another name, and a .docx with a password, both begin as OLE."""
    assert verdict(tmp_path, samples.OLE) == Reason.OLD_OFFICE


@pytest.mark.parametrize("words", [RELATIONSHIP, REVERSED])
@pytest.mark.parametrize(
    "target", ["http://evil.example/a.dotm", "HTTPS://evil.example/a", "\\\\evil\\a.dotm"]
)
def test_template_from_elsewhere_is_refused(tmp_path, words, target):
    """Check 46: Word would fetch the macros from there."""
    parts = {"word/_rels/settings.xml.rels": words.format(target=target).encode()}
    assert verdict(tmp_path, samples.office("docx", parts)) == Reason.FOREIGN_TEMPLATE


def test_template_on_the_writers_own_machine_is_taken(tmp_path):
    """Word and WPS write this into every document that is based on a template."""
    target = "file:///C:\\Users\\chen\\Normal.dotm"
    parts = {"word/_rels/settings.xml.rels": RELATIONSHIP.format(target=target).encode()}
    assert verdict(tmp_path, samples.office("docx", parts)) == KINDS[".docx"].content_type


def test_bomb_is_refused_before_it_is_unpacked(tmp_path):
    """Check 44, for files that are kept."""
    content = samples.zip_bomb(megabytes=201)
    assert len(content) < 300_000
    assert verdict(tmp_path, content) == Reason.UNPACKS_TOO_LARGE


def test_bomb_that_lies_about_its_size_is_refused(tmp_path):
    """Check 44: the sizes in the list of contents are made small."""
    content = samples.zip_bomb(megabytes=60)
    size = (60 * 1024 * 1024).to_bytes(4, "little")
    assert content.count(size) == 2
    assert verdict(tmp_path, content.replace(size, b"\x10\0\0\0")) == Reason.INCOMPLETE


def test_thousands_of_parts_are_refused(tmp_path):
    parts = {f"word/part{number}.xml": b"" for number in range(5000)}
    assert verdict(tmp_path, samples.office("docx", parts)) == Reason.UNPACKS_TOO_LARGE


def test_locked_archive_is_refused(tmp_path):
    """The first bit of a part's flags says that it is encrypted."""
    content = bytearray(samples.office("docx"))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        content[at + offset] |= 1
    assert verdict(tmp_path, bytes(content)) == Reason.PASSWORD


def test_file_that_breaks_off_or_is_damaged_is_refused(tmp_path):
    content = samples.office("docx", {"word/a.xml": bytes(range(256)) * 40})
    assert verdict(tmp_path, content[: len(content) // 2]) == Reason.INCOMPLETE
    with zipfile.ZipFile(tmp_path / "source", "w") as whole:
        whole.writestr("[Content_Types].xml", "<Types/>")
        whole.writestr("word/document.xml", "A" * 1000)
    stored = (tmp_path / "source").read_bytes()
    assert verdict(tmp_path, stored) == KINDS[".docx"].content_type
    assert verdict(tmp_path, stored.replace(b"A" * 9, b"B" * 9, 1)) == Reason.INCOMPLETE


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK",
        b"MZ" + samples.office("docx"),
        samples.picture() + samples.office("docx"),
        samples.packed({"virus.exe": b"MZ"}),
        b"<html><script>alert(1)</script></html>",
    ],
    ids=["empty", "two letters", "exe and zip", "photo and zip", "zip", "html"],
)
def test_what_is_no_office_file_is_refused(tmp_path, content):
    """Check 41: also a file that is two things at once."""
    assert verdict(tmp_path, content) == Reason.NOT_WHAT_IT_SAYS
