"""The virus scanner is asked where there is one, and nothing comes in while it is silent."""

import struct
from socketserver import BaseRequestHandler, ThreadingTCPServer, ThreadingUnixStreamServer
from threading import Thread

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from activities.uploads.checking import checked
from activities.uploads.kinds import Reason, RefusedFile
from tests.activities.uploads import samples


class Scanner(BaseRequestHandler):
    """What ClamAV's daemon does with INSTREAM; it knows one virus."""

    def handle(self):
        self.server.asked += 1
        assert self._exactly(10) == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack("!I", self._exactly(4))[0]:
            content += self._exactly(size)
        self.request.sendall(self.server.answer or self._verdict(content))

    def _verdict(self, content: bytes) -> bytes:
        found = samples.EICAR in content
        return b"stream: Eicar-Signature FOUND\0" if found else b"stream: OK\0"

    def _exactly(self, number: int) -> bytes:
        received = b""
        while len(received) < number:
            received += self.request.recv(number - len(received))
        return received


@pytest.fixture(params=["socket", "port"])
def scanner(request, settings, tmp_path):
    """A scanner that runs, and is the one to ask."""
    if request.param == "socket":
        server = ThreadingUnixStreamServer(str(tmp_path / "clamd.ctl"), Scanner)
        settings.CLAMD = str(tmp_path / "clamd.ctl")
    else:
        server = ThreadingTCPServer(("127.0.0.1", 0), Scanner)
        settings.CLAMD = f"127.0.0.1:{server.server_address[1]}"
    server.asked, server.answer = 0, b""
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def verdict(content: bytes, name: str = "eicar.txt") -> str:
    try:
        with checked(SimpleUploadedFile(name, content)) as file:
            return file.name
    except RefusedFile as refused:
        return refused.reason


def test_virus_is_refused_and_the_rest_is_not(scanner):
    """Check 46."""
    assert verdict(samples.EICAR) == Reason.VIRUS
    assert verdict("通知".encode() * 100_000) == "eicar.txt"
    assert verdict(samples.photo(), "a.jpg") == "a.jpg"
    assert scanner.asked == 3


@pytest.mark.parametrize(
    "answer", [b"INSTREAM size limit exceeded. ERROR\0", b"stream: ERROR\0", b"?"]
)
def test_scanner_that_fails_lets_nothing_in(scanner, answer):
    """Check 46."""
    scanner.answer = answer
    assert verdict(b"harmless") == Reason.SCANNER_DOWN


@pytest.mark.parametrize("address", ["/nowhere/clamd.ctl", "127.0.0.1:1"])
def test_scanner_that_is_down_lets_nothing_in(settings, address):
    """Check 46."""
    settings.CLAMD = address
    assert verdict(b"harmless") == Reason.SCANNER_DOWN


def test_without_a_scanner_nothing_is_asked(settings):
    """The text itself does nothing."""
    assert settings.CLAMD == ""
    assert verdict(samples.EICAR) == "eicar.txt"
