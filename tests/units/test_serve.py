"""``manage.py serve``, run as script/server runs it."""

import re
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.units.installations import manage


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answer(url: str | urllib.request.Request) -> tuple[int, str]:
    """Status and text of one page."""
    try:
        with urllib.request.urlopen(url, timeout=20) as response:  # noqa: S310 - our own server
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


@contextmanager
def serving(var: Path, said: list[str], **environment: str) -> Iterator[str]:
    """A server over the data folder; its address. What it prints is added to ``said``."""
    address = f"127.0.0.1:{free_port()}"
    process = manage(var, "serve", "--bind", address, RECORDS_TRIAL="false", **environment)
    try:
        for line in process.stdout:
            said.append(line)
            if "Listening at" in line:
                break
        yield f"http://{address}"
    finally:
        process.terminate()
        said.append(process.communicate(timeout=30)[0])
    assert process.returncode == 0


def test_serve_prepares_answers_and_ends_on_a_signal(var):
    said = []
    with serving(var, said) as address:
        status, page = answer(f"{address}/")
        static = re.search(r'/static/[^"]+\.css', page)
        stylesheet = answer(f"{address}{static.group()}")
    assert f"{address}/" in "".join(said)
    assert status == 200
    assert stylesheet[0] == 200


def test_no_query_reaches_a_log(var, tmp_path):
    """Checks 61 and 63: what was looked for, the page before, and the browser are left out."""
    said, log = [], tmp_path / "access.log"
    with serving(var, said, RECORDS_ACCESS_LOG=str(log)) as address:
        for path in (
            "/admin/members/member/?q=",
            "/nowhere/?page=",
            "/sign-in/?next=/people/%3Fq=",
        ):
            asked = urllib.request.Request(  # noqa: S310 - our own server
                f"{address}{path}%E5%BC%A0%E4%B8%89%E4%B8%B0-13912345678",
                headers={"Referer": f"{address}/?q=13912345678", "User-Agent": "13912345678"},
            )
            answer(asked)
        answer(f"{address}/x%0A127.0.0.1%20forged/")
    lines = log.read_text(encoding="utf-8").splitlines()
    # A line is written after its answer is sent, so two may change places.
    assert sorted(re.sub(r" \[.*?\]| \d+ [\d.]+$", "", line) for line in lines) == [
        '127.0.0.1 "GET /admin/members/member/" 302',
        '127.0.0.1 "GET /nowhere/" 302',
        *['127.0.0.1 "GET /sign-in/" 200'] * 3,
        '127.0.0.1 "GET /x⟨U+000A⟩127.0.0.1 forged/" 404',
    ]
    assert [word for word in ("139", "%E5", "张三丰") if word in "".join(said)] == []
