"""What reads strangers' files runs apart: stopped in time, and told no key."""

import sys

from units.apart import printed_apart


def test_process_that_takes_too_long_is_stopped():
    sleeper = [sys.executable, "-c", "import time; time.sleep(30)"]
    assert printed_apart(sleeper, seconds=0.2) == b""


def test_process_that_reads_files_is_told_no_key(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "geheim" * 10)
    teller = [sys.executable, "-c", "import os; print(sorted(os.environ))"]
    printed = printed_apart(teller, seconds=30)
    assert b"PATH" in printed
    assert b"SECRET_KEY" not in printed
