"""Strangers' files are read in a process of its own, which limits itself before it opens any.

A decoder that runs out of memory or time, or falls over, takes nothing of the site along, and the
process is told none of our keys.
"""

import os
import subprocess
import sys

from django.conf import settings

if sys.platform != "win32":
    import resource

_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR")
"""What such a process is told of our environment."""


def limit_this_process(*, memory: int, seconds: int, written: int):
    """Take away memory (bytes), processor time and room on the disk (bytes) beyond what an honest
    file needs. Where the system knows no such limits, nothing."""
    if sys.platform == "win32":
        return
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, written),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def printed_apart(command: list[str], *, seconds: float) -> bytes:
    """What a process of its own prints that is told none of our keys; nothing if it takes longer
    than ``seconds``, and is then stopped."""
    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    try:
        return subprocess.run(  # noqa: S603 - our own command; a file's name is no part of it
            command,
            cwd=settings.BASE_DIR,
            env=environment,
            capture_output=True,
            timeout=seconds,
        ).stdout
    except subprocess.TimeoutExpired:
        return b""
