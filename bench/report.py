"""How fast a report becomes a PDF, beside other programs, in one run: prints a table of ratios.

    .venv/bin/python bench/report.py [--quick] [--rounds N]

The programs take turns, so that whatever else the machine does falls on all of them. Each number
is the median of the rounds. ``--quick`` makes one round of very short documents, which shows that
the bench works and nothing else. What the numbers mean is written down in bench/README.md.
"""

import argparse
import json
import os
import secrets
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from statistics import median

import pikepdf

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.contenders import WORKER, Contender, Work, absent, cold  # noqa: E402 (needs the path)
from bench.measure import Cost, adopt_orphans, cost_of  # noqa: E402

# Rows of roster and ledger: the documents of about 6, 50 and 400 pages.
FULL = {"2017 report": (0, 0), "long": (2000, 0), "very long": (2000, 4000)}
QUICK = {"2017 report": (0, 0), "long": (20, 0), "very long": (20, 20)}
WARM_TIMES = 5
NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"
HEADS = ("pages", "wall s", "ratio", "cpu s", "ratio", "MiB", "kB")
COLUMNS = "{:<14}{:<18}{:>6}{:>9}{:>9}{:>9}{:>9}{:>9}{:>10}"


def main() -> None:
    """Make the database, let the programs take their turns, print the table."""
    parser = argparse.ArgumentParser(description="Time a report beside other programs.")
    parser.add_argument("--quick", action="store_true", help="one round of very short documents")
    parser.add_argument("--rounds", type=int, default=5, help="for the 2017 report (default: 5)")
    options = parser.parse_args()
    adopt_orphans()
    with tempfile.TemporaryDirectory(prefix="report-bench-") as name:
        folder = Path(name)
        environment = _environment(folder, compile_anew=not options.quick)
        _prepare_database(environment)
        sizes = QUICK if options.quick else FULL
        rounds = 1 if options.quick else options.rounds
        print(f"Load average before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        for line in absent():
            print(line)
        print(COLUMNS.format("document", "program", *HEADS))
        for title, rows in sizes.items():
            work = Work(title.replace(" ", "-"), *rows, folder)
            _compare(title, work, _rounds_for(work, rounds), environment)
        print(f"Load average after: {os.getloadavg()[0]:.1f}")


def _rounds_for(work: Work, rounds: int) -> int:
    """Fewer rounds for what takes minutes: a third, and one."""
    if work.ledger_rows:
        return 1
    return max(1, rounds // 3) if work.roster_rows else rounds


def _compare(title: str, work: Work, rounds: int, environment: dict[str, str]) -> None:
    """Time every program on one document, and print its lines."""
    log = work.file("log")
    prepare = ["prepare", *work.rows, "--output", str(work.folder / work.name)]
    cost_of([sys.executable, WORKER, *prepare], environment=environment, log=log)
    fonts = Path(environment["FONTCONFIG_FILE"]).parent
    contenders = list(cold(work, fonts=fonts, plain=not work.ledger_rows))
    if not work.roster_rows and rounds > 1:
        # One turn that does not count: Python compiles what it imports, the disk is read.
        for contender in contenders:
            cost_of(contender.command, environment=environment, log=log)
    costs = defaultdict(list)
    for turn in range(rounds):
        for contender in contenders if turn % 2 == 0 else contenders[::-1]:
            cost = cost_of(contender.command, environment=environment, log=log)
            costs[contender.name].append(cost)
        if not work.roster_rows:
            costs["ours, warm"] += _warm(environment, log, times=min(rounds, WARM_TIMES))
    medians = {name: _median(values) for name, values in costs.items()}
    files = {contender.name: contender for contender in contenders}
    for name, cost in medians.items():
        _print_line(title, name, cost, medians, files.get(name, files["ours"]))


def _warm(environment: dict[str, str], log: Path, *, times: int) -> list[Cost]:
    """The 2017 report several times in one process, its start not counted."""
    command = [sys.executable, WORKER, "warm", "--times", str(times)]
    peak = cost_of(command, environment=environment, log=log).peak
    return [Cost(wall, cpu, peak) for wall, cpu in json.loads(log.read_text().splitlines()[-1])]


def _median(costs: list[Cost]) -> Cost:
    return Cost(
        *(median(getattr(cost, part) for cost in costs) for part in ("wall", "cpu", "peak"))
    )


def _print_line(title: str, name: str, cost: Cost, medians: dict, made: Contender) -> None:
    """One line; the ratios are to Chromium where there is one, else to our own cold process."""
    base = medians.get("Chromium", medians["ours"])
    print(
        COLUMNS.format(
            title,
            name,
            _pages(made.output),
            f"{cost.wall:.2f}",
            f"{cost.wall / base.wall:.2f}",
            f"{cost.cpu:.2f}",
            f"{cost.cpu / base.cpu:.2f}",
            f"{cost.peak:.0f}",
            f"{made.output.stat().st_size / 1000:.0f}",
        ),
        flush=True,
    )


def _pages(pdf: Path) -> int:
    with pikepdf.open(pdf) as file:
        return len(file.pages)


def _environment(folder: Path, *, compile_anew: bool) -> dict[str, str]:
    """The caller's, with a database and a key that are thrown away, and the report's own fonts."""
    var = Path(os.environ.get("VAR_DIR", ROOT / "var")).resolve()
    fonts = var / "fonts" / "fonts.conf"
    if not fonts.is_file():
        sys.exit("The fonts of the report are missing: run script/fonts.")
    callers = {name: value for name, value in os.environ.items() if name != NO_BYTECODE}
    if compile_anew:
        # Once, as on an installed machine, but not beside the sources.
        callers["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")
    return {
        **callers,
        "DATABASE_URL": f"sqlite:///{folder / 'records.sqlite3'}",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "EVENT_KEY": secrets.token_urlsafe(50),
        "VAR_DIR": str(var),
        "FONTCONFIG_FILE": str(fonts),
    }


def _prepare_database(environment: dict[str, str]) -> None:
    for command in (["migrate", "-v0"], ["load_case", "2017"]):
        subprocess.run(  # noqa: S603 - our own commands
            [sys.executable, str(ROOT / "manage.py"), *command],
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )


if __name__ == "__main__":
    main()
