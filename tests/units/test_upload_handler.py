"""Files that a browser sends: to the disk, not too large, and gone again."""

import resource

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from units.upload_handler import DISK_FULL, TOO_LARGE, NotReceived, not_received


def sent(**files: bytes):
    """A request with a field and files of these contents."""
    given = {key: SimpleUploadedFile(f"{key}.pdf", content) for key, content in files.items()}
    return RequestFactory().post("/", {"caption": "通知", **given})


def test_file_is_received_on_the_disk(settings):
    request = sent(a=b"x" * 3_000_000, b=b"small")
    files = request.FILES
    assert {key: file.size for key, file in files.items()} == {"a": 3_000_000, "b": 5}
    on_disk = sorted(settings.INCOMING.iterdir())
    assert sorted(file.temporary_file_path() for file in files.values()) == [
        str(path) for path in on_disk
    ]
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in on_disk)
    assert "pdf" not in "".join(path.name for path in on_disk)
    request.close()
    assert list(settings.INCOMING.iterdir()) == []


def test_too_large_a_file_is_dropped_and_the_rest_is_kept(settings):
    """Check 47."""
    settings.UPLOAD_MOST_BYTES = 100_000
    request = sent(a=b"x" * 100_001, b=b"y" * 100_000)
    assert list(request.FILES) == ["b"]
    assert request.POST["caption"] == "通知"
    assert not_received(request) == [NotReceived("a.pdf", TOO_LARGE)]
    assert len(list(settings.INCOMING.iterdir())) == 1
    request.close()


def test_too_much_together_is_refused_unread(settings):
    """Check 47: before a byte of it is on the disk."""
    settings.UPLOAD_MOST_BYTES_TOGETHER = 100_000
    with pytest.raises(RequestDataTooBig):
        sent(a=b"x" * 60_000, b=b"y" * 60_000).FILES  # noqa: B018
    assert not settings.INCOMING.exists()


def test_too_much_together_answers_in_chinese(settings, db):
    """Check 47."""
    settings.UPLOAD_MOST_BYTES_TOGETHER = 1000
    answer = Client().post("/sign-in/", {"a": SimpleUploadedFile("a.pdf", b"x" * 2000)})
    assert answer.status_code == 400
    assert "请求" in answer.content.decode()


def test_too_many_files_at_once_are_refused(settings, db):
    """Check 47."""
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2
    files = {f"f{number}": SimpleUploadedFile("a.pdf", b"x") for number in range(3)}
    assert Client().post("/sign-in/", files).status_code == 400


# Fewer bytes than a file's buffer holds, and more: the disk says no at different moments.
@pytest.mark.parametrize("size", [1000, 300_000])
def test_full_disk_drops_the_file_and_keeps_the_rest(settings, size):
    """Check 84: no file may grow beyond 500 bytes, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    request = sent(a=b"x" * size, b=b"y")
    resource.setrlimit(resource.RLIMIT_FSIZE, (500, before[1]))
    try:
        files = list(request.FILES)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert files == ["b"]
    assert not_received(request) == [NotReceived("a.pdf", DISK_FULL)]
    assert len(list(settings.INCOMING.iterdir())) == 1
    request.close()


def test_upload_that_breaks_off_leaves_nothing(settings):
    request = sent(a=b"x" * 300_000)
    body = request.body
    cut = RequestFactory().generic(
        "POST", "/", body[: len(body) // 2], content_type=request.content_type + "; boundary=B"
    )
    cut.META["CONTENT_TYPE"] = request.META["CONTENT_TYPE"]
    list(cut.FILES)
    cut.close()
    assert list(settings.INCOMING.iterdir()) == []
