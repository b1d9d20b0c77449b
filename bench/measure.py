"""What a command costs, with all the processes it starts: time, processor time, memory."""

import ctypes
import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36  # prctl(2)
LINGERING = 5  # seconds given to processes that outlive the command


class CommandFailed(Exception):  # noqa: N818 - it names what happened
    """The command ended with an error; the message holds the end of what it printed."""


@dataclass(frozen=True)
class Cost:
    """Seconds on the clock, processor seconds, and MiB of the largest process."""

    wall: float
    cpu: float
    peak: float


def adopt_orphans() -> None:
    """Become the parent of processes whose own parent is gone: a browser's would go uncounted."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def cost_of(command: list[str], *, environment: dict[str, str], log: Path) -> Cost:
    """Run ``command`` to its end; what it prints goes to ``log``. CommandFailed on an error."""
    with log.open("wb") as output:
        begun = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603 - the bench's own commands
            command, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        end = log.read_text(errors="replace")[-1000:]
        raise CommandFailed(f"{' '.join(command)} ended with {process.returncode}: {end}")
    usages = [usage, *_orphans()]
    cpu = sum(used.ru_utime + used.ru_stime for used in usages)
    return Cost(wall, cpu, max(used.ru_maxrss for used in usages) / 1024)


def _orphans() -> list:
    """What the processes used that outlived the command, once they have ended too."""
    usages = []
    deadline = time.monotonic() + LINGERING
    while time.monotonic() < deadline:
        try:
            pid, _, usage = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            break
        if pid:
            usages.append(usage)
        else:
            time.sleep(0.01)
    return usages
