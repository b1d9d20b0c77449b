"""The virus scanner, where there is one: ClamAV's daemon, asked through its socket.

``RECORDS_CLAMD`` is the path of its socket, or ``host:port``. Empty: nothing is scanned.
"""

import socket
import struct
from pathlib import Path

from django.conf import settings

from units.refused_files import Reason, RefusedFile

_PIECE = 64 * 1024
_SECONDS = 30


def refuse_infected(source: Path):
    """RefusedFile if the scanner finds something, and also if it does not answer."""
    if not settings.CLAMD:
        return
    try:
        answer = _answer_about(source)
    except OSError as failure:
        raise RefusedFile(Reason.SCANNER_DOWN) from failure
    if answer.endswith("FOUND"):
        raise RefusedFile(Reason.VIRUS)
    if not answer.endswith("OK"):
        raise RefusedFile(Reason.SCANNER_DOWN)


def _answer_about(source: Path) -> str:
    """What the daemon says of the file, sent to it piece by piece (its command INSTREAM)."""
    with _connection() as scanner, source.open("rb") as file:
        scanner.sendall(b"zINSTREAM\0")
        while piece := file.read(_PIECE):
            scanner.sendall(struct.pack("!I", len(piece)) + piece)
        scanner.sendall(struct.pack("!I", 0))
        answer = b""
        while not answer.endswith(b"\0") and (more := scanner.recv(4096)):
            answer += more
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()


def _connection() -> socket.socket:
    host, colon, port = settings.CLAMD.rpartition(":")
    if colon and port.isdigit():
        return socket.create_connection((host, int(port)), timeout=_SECONDS)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(_SECONDS)
    try:
        connection.connect(settings.CLAMD)
    except OSError:
        connection.close()
        raise
    return connection
