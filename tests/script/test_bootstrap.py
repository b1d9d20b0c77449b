"""script/bootstrap, run for real in a checkout of its own.

Only programs of the system are stood in for, where a test needs a machine that lacks something.
"""

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RUNTIME_PACKAGES = (
    "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk fonts-lxgw-wenkai"
)


class Machine:
    """A checkout with empty requirements, and the system's programs as a test wants them."""

    def __init__(self, folder: Path):
        self.checkout = folder / "checkout"
        self.programs = folder / "programs"
        self.programs.mkdir()
        (self.checkout / "script").mkdir(parents=True)
        shutil.copy(ROOT / "script" / "bootstrap", self.checkout / "script")
        for name in ["requirements-build.txt", "requirements.txt", "requirements-dev.txt"]:
            (self.checkout / name).write_text("")
        self.apt_calls = folder / "apt-calls"
        self.program("apt-get", f'echo "$@" >>"{self.apt_calls}"')
        self.program("dpkg-query", "echo installed")

    def program(self, name: str, script: str):
        """Put a program of that name before the system's own."""
        path = self.programs / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def bootstrap(self, *arguments: str) -> subprocess.CompletedProcess:
        """Run script/bootstrap with nothing in the environment that tells it about this machine."""
        return subprocess.run(  # noqa: S603 - our own script, with arguments of these tests
            [self.checkout / "script" / "bootstrap", *arguments],
            env={
                "PATH": f"{self.programs}:{os.environ['PATH']}",
                "HOME": str(self.checkout.parent),
            },
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
        )


@pytest.fixture
def bare_machine(tmp_path):
    """A checkout nobody has set up yet."""
    return Machine(tmp_path)


@pytest.fixture(scope="module")
def set_up_once(tmp_path_factory) -> Path:
    """A checkout after its first set-up, to be copied: making a virtual environment takes time."""
    machine = Machine(tmp_path_factory.mktemp("machine"))
    assert machine.bootstrap().returncode == 0
    return machine.checkout


@pytest.fixture
def machine(tmp_path, set_up_once):
    """A checkout that has been set up."""
    machine = Machine(tmp_path)
    shutil.copytree(set_up_once, machine.checkout, symlinks=True, dirs_exist_ok=True)
    return machine


def test_bootstrap_first_run_writes_a_private_random_key(bare_machine, set_up_once):
    assert bare_machine.bootstrap().returncode == 0
    env = bare_machine.checkout / ".env"
    key = env.read_text().splitlines()[0].removeprefix("SECRET_KEY=")

    assert len(key) >= 50
    assert stat.S_IMODE(env.stat().st_mode) == 0o600
    assert key not in (set_up_once / ".env").read_text()


def test_bootstrap_second_run_changes_nothing_and_says_nothing(machine):
    before = {
        path: path.stat().st_mtime_ns for path in machine.checkout.rglob("*") if path.is_file()
    }
    again = machine.bootstrap()

    after = {
        path: path.stat().st_mtime_ns for path in machine.checkout.rglob("*") if path.is_file()
    }
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert after == before
    assert not machine.apt_calls.exists()


def test_bootstrap_as_root_installs_exactly_what_is_missing(machine):
    machine.program("id", "echo 0")
    machine.program("dpkg-query", 'case "$*" in *fonts*) ;; *) echo installed ;; esac')

    assert machine.bootstrap().returncode == 0
    update, install = machine.apt_calls.read_text().splitlines()
    assert update.startswith("update")
    assert install.endswith("--no-install-recommends fonts-noto-cjk fonts-lxgw-wenkai")


def test_bootstrap_without_root_prints_one_line_to_run_and_stops(bare_machine):
    machine = bare_machine
    machine.program("id", "echo 1000")
    machine.program("sudo", "exit 1")
    machine.program("dpkg-query", "exit 1")

    result = machine.bootstrap()
    to_run = [line.strip() for line in result.stderr.splitlines() if "apt-get" in line]
    assert result.returncode == 1
    assert to_run == [
        "sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends "
        f"{RUNTIME_PACKAGES}'"
    ]
    assert not machine.apt_calls.exists()
    assert sorted(path.name for path in machine.checkout.iterdir()) == [
        "requirements-build.txt",
        "requirements-dev.txt",
        "requirements.txt",
        "script",
    ]


def test_bootstrap_with_sudo_runs_apt_through_it(machine):
    machine.program("id", "echo 1000")
    machine.program("sudo", 'shift; "$@"')
    machine.program("dpkg-query", "exit 1")

    assert machine.bootstrap().returncode == 0
    assert machine.apt_calls.read_text().splitlines()[-1].endswith(RUNTIME_PACKAGES)


def test_bootstrap_with_old_python_only_says_which_is_needed(machine):
    for name in ["python", "python3", "python3.11", "python3.12", "python3.13"]:
        machine.program(name, "exit 1")

    result = machine.bootstrap()
    assert result.returncode == 1
    assert "Python 3.11 or newer" in result.stderr


def test_bootstrap_changed_requirements_are_installed_again(machine):
    (machine.checkout / "requirements.txt").write_text("# another set\n")

    assert "Installing requirements.txt" in machine.bootstrap().stdout
    assert machine.bootstrap().stdout == ""


def test_bootstrap_failed_installation_is_taken_up_again(machine):
    requirements = machine.checkout / "requirements.txt"
    requirements.write_text("this is no requirement\n")
    assert machine.bootstrap().returncode != 0
    assert machine.bootstrap().returncode != 0

    requirements.write_text("")
    assert machine.bootstrap().returncode == 0
    assert machine.bootstrap().stdout == ""


def test_bootstrap_development_set_serves_the_server_too(machine):
    assert "Installing requirements-dev.txt" in machine.bootstrap("--dev").stdout
    assert machine.bootstrap().stdout == ""
