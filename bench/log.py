"""How fast the auditor's pages answer, and the chain is checked, with a million events in the log.

    .venv/bin/python bench/log.py [--events 1000000] [--rounds 5]

Works on a throw-away SQLite file, or on the empty database named by BENCH_DATABASE_URL. The events
are of two schools, forty accounts and three years; each page is asked for as a browser does, and
the slowest of the rounds is what counts. What the numbers mean is written down in bench/README.md.
"""

import argparse
import os
import re
import secrets
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

A_TIME = 500
YEARS = 3
LIMIT = 2.0
ROW = "{:<44}{:>8}{:>10}{:>10}"


def main() -> None:
    """Fill a database and time the pages; exit status 1 if one takes two seconds or more."""
    parser = argparse.ArgumentParser(description="Time the auditor's pages with many events.")
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="log-bench-") as name:
        _set_up(Path(name))
        began = time.perf_counter()
        auditor = _fill(options.events)
        print(f"{options.events} events written in {time.perf_counter() - began:.0f} s")
        slowest = _time_pages(auditor, options.rounds)
        _time_check()
        print(f"Load average: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    sys.exit(0 if slowest < LIMIT else 1)


def _set_up(folder: Path):
    """An empty, migrated database."""
    os.environ["DATABASE_URL"] = os.environ.get(
        "BENCH_DATABASE_URL", f"sqlite:///{folder / 'log.sqlite3'}"
    )
    os.environ.update(VAR_DIR=str(folder), SECRET_KEY=secrets.token_hex(32))
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    (folder / "static").mkdir()
    call_command("migrate", verbosity=0, interactive=False)


def _fill(number: int):
    """So many events, and the auditor of the first school."""
    import time_machine
    from django.utils import timezone

    from tests import factories
    from units.acting import Act, acting
    from units.events import Action, Entry, append
    from units.roles import Role

    now = timezone.now()
    with time_machine.travel(now - timedelta(days=365 * YEARS), tick=False):
        schools = [factories.unit(code=code) for code in ("first", "second")]
        people = [factories.user(Role.CLERK, unit=school) for school in schools for _ in range(20)]
        auditor = factories.user(Role.AUDITOR, unit=schools[0], username="auditor")
        with acting(Act(user=people[0], source="/rare/")):
            append([Entry(Action.LOCKED, schools[0].pk, "units.unit", "1", {"rare": True})])
    for first in range(0, number, A_TIME):
        at = now - timedelta(days=365 * YEARS) * (1 - (first + A_TIME) / (number + A_TIME))
        person = 1 + first // A_TIME % (len(people) - 1)
        school = schools[0 if person < 20 else 1]
        with time_machine.travel(at, tick=False), acting(Act(user=people[person], source="/x/")):
            append(
                Entry(
                    Action.VIEW if key % 4 == 0 else Action.CHANGE,
                    school.pk,
                    "members.member",
                    str(key % 2000),
                    {"name": ["徐文清", f"徐文清{key}"]},
                )
                for key in range(first, min(first + A_TIME, number))
            )
    return auditor


def _questions(auditor) -> dict[str, dict]:
    """What is asked for, by its name."""
    from units.events import Event

    first, last = Event.objects.last(), Event.objects.first()
    rare = Event.objects.get(source="/rare/").actor_id
    busy = Event.objects.filter(unit=first.unit_id or 1, action="change").first().actor_id
    old = (first.at + timedelta(days=30)).date().isoformat()
    unit = auditor.units_with_log().first().pk
    return {
        "everything": {},
        "one account": {"actor": busy},
        "an account with one event, the oldest": {"actor": rare},
        "one unit": {"unit": unit},
        "what seldom happened": {"action": "locked"},
        "what never happened": {"action": "erase"},
        "one record": {"model": "members.member", "object_id": "8"},
        "one kind of record": {"model": "members.member"},
        "a kind of which there is none": {"model": "members.title"},
        "one day, three years ago": {"since": old, "until": old},
        "up to a day three years ago": {"until": old},
        "one account on that day": {"actor": busy, "since": old, "until": old},
        "looks of an account at a record": {
            **{"actor": busy, "action": "view", "model": "members.member", "object_id": "8"},
        },
        "a page in the middle": {"before": last.number // 2},
        "a page near the beginning": {"before": 200},
    }


def _time_pages(auditor, rounds: int) -> float:
    """Print a line for each question; the seconds of the slowest."""
    from django.db import connection
    from django.test import Client
    from django.urls import reverse

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as autovacuum does; an SQLite file in use has no statistics
    browser = Client()
    browser.force_login(auditor)
    print(ROW.format(f"page of the log ({connection.vendor})", "rows", "median s", "slowest s"))
    slowest = 0.0
    for name, asked in _questions(auditor).items():
        seconds = []
        for _ in range(rounds):
            began = time.perf_counter()
            answer = browser.get(reverse("log"), asked)
            seconds.append(time.perf_counter() - began)
        rows = len(set(re.findall(r"/log/events/\d+/", answer.content.decode())))
        middle = sorted(seconds)[len(seconds) // 2]
        print(ROW.format(name, rows, f"{middle:.3f}", f"{max(seconds):.3f}"), flush=True)
        slowest = max(slowest, *seconds)
    return slowest


def _time_check():
    """Print how long it takes to go through the whole chain, and how much memory at most."""
    import resource
    from io import StringIO

    from django.core.management import call_command

    before = resource.getrusage(resource.RUSAGE_SELF)
    began = time.perf_counter()
    call_command("verify_log", stdout=StringIO())
    after = resource.getrusage(resource.RUSAGE_SELF)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(
        f"verify_log: {time.perf_counter() - began:.0f} s, {processor:.0f} s of processor time, "
        f"at most {after.ru_maxrss // 1024} MiB"
    )


if __name__ == "__main__":
    main()
