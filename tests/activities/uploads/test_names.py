"""What is left of the names that files come with."""

import unicodedata

import pytest
from django.utils.http import content_disposition_header

from activities.uploads.names import LONGEST, shown_name

# the name as it came → as it is shown, as a PDF
HOSTILE = {
    "../../../etc/passwd": "passwd.pdf",
    "..\\..\\windows\\system32\\cmd.exe": "cmd.pdf",
    "/etc/cron.d/x.pdf": "x.pdf",
    "C:\\Users\\陈\\桌面\\通知.pdf": "通知.pdf",
    "a\x00.php\x00.pdf": "a.php.pdf",
    "x.pdf\r\nSet-Cookie: a=b": "x.pdf",
    'x"; filename="y.html.pdf': "x＂; filename=＂y.html.pdf",
    "\u202efdp.exe": "fdp.pdf",
    "通\u200b知\ufeff\u2066.pdf": "通知.pdf",
    ".htaccess": "htaccess.pdf",
    "...": "pdf.pdf",
    "": "pdf.pdf",
    "<script>alert(1)</script>.pdf": "script＞.pdf",
    "a\ud800b.pdf": "ab.pdf",
    "通知" * 2500 + ".pdf": "通知" * 58 + ".pdf",
    "a|b?c*.pdf": "a｜b？c＊.pdf",
    "  两  个   空格 .pdf": "两 个 空格.pdf",
    "签到表.docx.exe": "签到表.docx.pdf",
}
HONEST = {
    "通知.pdf": "通知.pdf",
    "2017.6.19 座谈会签到表（扫描）.PDF": "2017.6.19 座谈会签到表（扫描）.pdf",
    "阿卜杜拉·买买提 𠮷.pdf": "阿卜杜拉·买买提 𠮷.pdf",
    "e\u0301tude.pdf": "\u00e9tude.pdf",
}


@pytest.mark.parametrize(("raw", "shown"), [*HOSTILE.items(), *HONEST.items()])
def test_shown_name(raw, shown):
    """Check 40."""
    assert shown_name(raw, ".pdf") == shown


@pytest.mark.parametrize("raw", HOSTILE)
def test_hostile_name_stays_harmless_in_a_header_and_in_an_archive(raw):
    """Check 40."""
    name = shown_name(raw, ".pdf")
    assert 5 <= len(name) <= LONGEST
    assert not set('/\\\0\r\n"<>:|?*') & set(name)
    assert not name.startswith(".")
    assert all(unicodedata.category(each) not in {"Cc", "Cf", "Cs", "Zl", "Zp"} for each in name)
    assert content_disposition_header(True, name).isprintable()
