"""Killed in the middle of the work, the server comes back, and has all that it confirmed."""

import os
import random
import signal
import subprocess
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from http.cookiejar import CookieJar
from pathlib import Path

import psycopg2
import pytest
from django.db import connection

from tests.html_forms import forms_on
from tests.units.installations import finished, manage
from tests.units.test_serve import free_port

ROUNDS, WRITERS, BACK_WITHIN = 3, 4, 10
PASSWORD = "ein-langer-Satz-2017"  # noqa: S105 - of an account that lives for one test
ACCOUNT = f"""
from units.models import RoleGrant, Unit, User
unit = Unit.objects.create(code="school", name="学校", short_name="学校", kind="school")
user = User.objects.create_user("clerk", "{PASSWORD}", full_name="陈静")
RoleGrant.objects.create(user=user, unit=unit, role="clerk")
"""
NAMES = """
from units.models import Department, Unit
from units.scoping import scope_of_unit
with scope_of_unit(Unit.objects.get()):
    print("stored:", *Department.objects.values_list("name", flat=True))
"""
ADD = "/admin/units/department/add/"


@pytest.fixture
def environment(var) -> Iterator[dict[str, str]]:
    """Where the installation keeps its rows: its file, or a database beside the suite's own."""
    if connection.vendor == "sqlite":
        yield {"RECORDS_TRIAL": "false"}
        return
    known, name = connection.settings_dict, f"crash_{os.getpid()}"
    login = known["USER"] + (f":{known['PASSWORD']}" if known["PASSWORD"] else "")
    address = f"postgres://{login}@{known['HOST']}:{known['PORT'] or 5432}/{name}"
    beside = psycopg2.connect(address.replace(f"/{name}", "/postgres"))
    beside.autocommit = True
    with closing(beside), beside.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
        yield {"RECORDS_TRIAL": "false", "DATABASE_URL": address}
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


class Writer(threading.Thread):
    """Somebody who fills in one form after the other; ``confirmed`` are those that were saved."""

    def __init__(self, site: str, number: int):
        super().__init__(daemon=True)
        self.site, self.number = site, number
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.tried: list[str] = []
        self.confirmed: list[str] = []
        self.stopped = threading.Event()

    def send(self, page: str, **words: str) -> str:
        """Fill in the main form of a page and send it; where that leads."""
        text = self.opener.open(self.site + page, timeout=20).read().decode()
        form = next(f for f in forms_on(text, page, {}.get) if {*words} <= {*f.data})
        token = text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        data = {**form.data, **words, "csrfmiddlewaretoken": token}
        body = urllib.parse.urlencode(data, doseq=True).encode()
        return self.opener.open(self.site + form.action, body, timeout=20).url

    def sign_in(self):
        """Through the form, as a person does."""
        self.send("/sign-in/", username="clerk", password=PASSWORD)

    def run(self):
        """Save rows until stopped; whatever breaks off was not confirmed."""
        while not self.stopped.is_set():
            name = f"室{self.number}-{len(self.tried)}-{os.urandom(3).hex()}"
            self.tried.append(name)
            try:
                if self.send(ADD, name=name).endswith("/admin/units/department/"):
                    self.confirmed.append(name)
            except (OSError, urllib.error.URLError, ConnectionError):
                time.sleep(0.05)


def started(var: Path, port: int, environment: dict[str, str]) -> tuple[subprocess.Popen, float]:
    """The server, once it answers, and how many seconds that took."""
    began = time.monotonic()
    process = manage(var, "serve", "--bind", f"127.0.0.1:{port}", **environment)
    while time.monotonic() < began + 60:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in/", timeout=5)  # noqa: S310
            return process, time.monotonic() - began
        except OSError:
            time.sleep(0.1)
    raise AssertionError(process.communicate(timeout=5))


def kill(process: subprocess.Popen):
    """All of the server at once, as a power cut or the kernel would."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    for pid in (process.pid, *map(int, children)):
        os.kill(pid, signal.SIGKILL)
    process.communicate(timeout=10)


def test_killed_under_load_it_comes_back_with_every_row_it_confirmed(var, environment):
    """Check 81: three times at a moment that nobody chose; each row once, the log whole."""
    finished(manage(var, "prepare", **environment))
    finished(manage(var, "shell", "-c", ACCOUNT, **environment))
    port, writers, took = free_port(), [], []
    for round_ in range(ROUNDS):
        process, seconds = started(var, port, environment)
        took.append(seconds)
        team = [Writer(f"http://127.0.0.1:{port}", round_ * WRITERS + n) for n in range(WRITERS)]
        team[0].sign_in()
        for writer in team:
            writer.opener = team[0].opener
            writer.start()
        time.sleep(random.uniform(1, 3))  # noqa: S311 - any moment will do
        kill(process)
        for writer in team:
            writer.stopped.set()
        for writer in team:
            writer.join(30)
        writers += team
    confirmed = [name for writer in writers for name in writer.confirmed]
    tried = {name for writer in writers for name in writer.tried}
    said = finished(manage(var, "shell", "-c", NAMES, **environment))
    stored = Counter(said.split("stored:")[1].split())
    assert len(confirmed) > ROUNDS * WRITERS
    assert [name for name in confirmed if stored[name] != 1] == []
    assert [name for name, times in stored.items() if times > 1 or name not in tried] == []
    assert max(took) < BACK_WITHIN
    finished(manage(var, "verify_log", **environment))
