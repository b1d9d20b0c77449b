"""How a file that a browser sends is received: to the disk, piece by piece, and not without end.

Refusing a file here keeps the rest of the form. What was refused stands in
``request.files_refused``, for the page to say it.
"""

import contextlib
import errno
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import (
    FileUploadHandler,
    SkipFile,
    TemporaryFileUploadHandler,
)

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
TOO_LARGE, DISK_FULL = "too_large", "disk_full"


@dataclass(frozen=True)
class NotReceived:
    """A file of which nothing was kept, and why: :data:`TOO_LARGE` or :data:`DISK_FULL`."""

    name: str
    reason: str


def not_received(request) -> list[NotReceived]:
    """The files of this request that were refused while they came in."""
    return getattr(request, "files_refused", [])


class IncomingFile(TemporaryUploadedFile):
    """A file on its way in, in ``INCOMING``; gone when it is closed. Its path holds no name."""

    def __init__(self, name: str, content_type: str, charset: str | None):
        settings.INCOMING.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = tempfile.NamedTemporaryFile(suffix=".upload", dir=settings.INCOMING)  # noqa: SIM115
        UploadedFile.__init__(self, file, name, content_type, 0, charset)


class LimitedUploadHandler(TemporaryFileUploadHandler):
    """Streams every file into ``INCOMING``; drops one that is too large, or finds no room.

    Django's own keep small files in memory and write large ones until the disk is full.
    """

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):  # noqa: N803
        """RequestDataTooBig, before anything is read, for more than any form of the site takes."""
        self.request.files_refused = []
        if content_length > settings.UPLOAD_MOST_BYTES_TOGETHER:
            raise RequestDataTooBig("more than any form takes")

    def new_file(self, *arguments, **options):
        """Begin a file. SkipFile where there is no room for one."""
        self._received = 0
        with self._dropped_without_room():
            FileUploadHandler.new_file(self, *arguments, **options)
            self.file = IncomingFile(self.file_name, self.content_type, self.charset)

    def receive_data_chunk(self, raw_data, start):
        """Add a piece to the file. SkipFile where it is too large by now, or there is no room."""
        self._received += len(raw_data)
        if self._received > settings.UPLOAD_MOST_BYTES:
            self._drop(TOO_LARGE)
        with self._dropped_without_room():
            super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size):
        """The file, all of it on the disk; None where its last piece found no room."""
        with contextlib.suppress(SkipFile), self._dropped_without_room():
            return super().file_complete(file_size)
        return None

    @contextlib.contextmanager
    def _dropped_without_room(self) -> Iterator[None]:
        try:
            yield
        except OSError as failure:
            if failure.errno not in NO_ROOM:
                raise
            self._drop(DISK_FULL)

    def _drop(self, reason: str):
        self.request.files_refused.append(NotReceived(self.file_name, reason))
        with contextlib.suppress(AttributeError, OSError):
            # What is still in its buffer finds no room either; closing removes the file all the
            # same.
            self.file.close()
        raise SkipFile
