"""``manage.py serve``, run as script/server runs it."""

import re
import socket
import urllib.error
import urllib.request

from tests.units.installations import manage


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answer(url: str) -> tuple[int, str]:
    """Status and text of one page."""
    try:
        with urllib.request.urlopen(url, timeout=20) as response:  # noqa: S310 - our own server
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_serve_prepares_answers_and_ends_on_a_signal(var):
    address = f"127.0.0.1:{free_port()}"
    process = manage(var, "serve", "--bind", address, RECORDS_TRIAL="false")
    try:
        before = []
        for line in process.stdout:
            if "Listening at" in line:
                break
            before.append(line)
        status, page = answer(f"http://{address}/")
        static = re.search(r'/static/[^"]+\.css', page)
        stylesheet = answer(f"http://{address}{static.group()}")
    finally:
        process.terminate()
        process.communicate(timeout=30)

    assert f"http://{address}/" in "".join(before)
    assert status == 200
    assert stylesheet[0] == 200
    assert process.returncode == 0
