"""Plain text is taken in the encodings of Chinese offices."""

import pytest

from activities.uploads import text
from activities.uploads.kinds import KINDS, Reason, RefusedFile
from tests.activities.uploads import samples

NOTICE = "关于召开座谈会的通知\r\n\t时间：6月19日\r\n"


def verdict(folder, content: bytes) -> str:
    """The content type, or why the file is not taken."""
    source = folder / "source"
    source.write_bytes(content)
    try:
        return text.take_in(source, KINDS[".txt"])
    except RefusedFile as refused:
        return refused.reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_text_is_taken(tmp_path, encoding):
    assert verdict(tmp_path, NOTICE.encode(encoding)) == "text/plain"


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00\x03\x00",
        samples.picture(),
        samples.packed({"a": b"b"}),
        b"\n <html><script>alert(1)</script>",
        b"\xef\xbb\xbf<svg onload=alert(1)>",
        b"\x1b[2J",
        b"\xff\xfe\x00\xd8\x00\xd8",
    ],
    ids=["exe", "photo", "zip", "html", "svg", "terminal codes", "half characters"],
)
def test_what_is_no_text_is_refused(tmp_path, content):
    """Check 41."""
    assert verdict(tmp_path, content) == Reason.NOT_WHAT_IT_SAYS
