"""Private files have no address, and are on the disk or not at all."""

import resource
import stat

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


def test_stored_file_has_no_address():
    """Check 27."""
    path = default_storage.save("evidence/ab/file.pdf", ContentFile(b"%PDF-"))
    with pytest.raises(ValueError, match="no address"):
        default_storage.url(path)


def test_stored_file_is_for_this_account_alone(settings):
    path = default_storage.path(default_storage.save("evidence/ab/f.pdf", ContentFile(b"%PDF-")))
    folder = settings.MEDIA_ROOT / "evidence"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "ab" / "f.pdf").stat().st_mode) == 0o600
    assert path == str(folder / "ab" / "f.pdf")


def test_full_disk_leaves_no_beginning_of_a_file(settings):
    """Check 84: no file may grow beyond 500 bytes, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (500, before[1]))
    try:
        with pytest.raises(OSError, match="too large"):
            default_storage.save("evidence/ab/file.pdf", ContentFile(b"x" * 600))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list((settings.MEDIA_ROOT / "evidence" / "ab").iterdir()) == []
