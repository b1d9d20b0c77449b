"""The programs that are timed beside each other, each as the command it is started with."""

import importlib.util
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORKER = str(ROOT / "bench" / "worker.py")
CHROMIUM = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pdf-header-footer",
]
PLAIN_WEASYPRINT = """
import sys
from weasyprint import HTML
HTML(filename=sys.argv[1]).write_pdf(sys.argv[2])
"""
TYPST = """
import sys, typst
typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]])
"""


@dataclass(frozen=True)
class Work:
    """A document to make: its name, its made-up rows, and the folder it is made in."""

    name: str
    roster_rows: int
    ledger_rows: int
    folder: Path

    @property
    def rows(self) -> list[str]:
        """The arguments of ``worker.py`` that say which document is meant."""
        return ["--roster-rows", str(self.roster_rows), "--ledger-rows", str(self.ledger_rows)]

    def file(self, ending: str) -> Path:
        """A file of this document, e.g. ``file("html")``."""
        return self.folder / f"{self.name}.{ending}"


@dataclass(frozen=True)
class Contender:
    """A program, and its command for one document; ``output`` is where the PDF then is."""

    name: str
    command: list[str]
    output: Path


def absent() -> list[str]:
    """One line for each program that is not on this machine, and is therefore left out."""
    lines = []
    if not shutil.which("chromium"):
        lines.append("Chromium is not installed: left out.")
    if not importlib.util.find_spec("typst"):
        lines.append("The Python package typst cannot be imported: left out.")
    return lines


def cold(work: Work, *, fonts: Path, plain: bool) -> Iterator[Contender]:
    """A new process for each PDF; ``plain`` adds WeasyPrint without any preparation."""
    yield _ours(work)
    source = work.file("html")
    if chromium := shutil.which("chromium"):
        pdf = work.file("chromium.pdf")
        profile = f"--user-data-dir={work.folder / 'chromium'}"
        printing = [f"--print-to-pdf={pdf}", source.as_uri()]
        yield Contender("Chromium", [chromium, *CHROMIUM, profile, *printing], pdf)
    if plain:
        pdf = work.file("plain.pdf")
        script = [sys.executable, "-c", PLAIN_WEASYPRINT, str(source), str(pdf)]
        yield Contender("plain WeasyPrint", script, pdf)
    if importlib.util.find_spec("typst"):
        pdf = work.file("typst.pdf")
        files = [str(work.file("typ")), str(pdf), str(fonts / "faces")]
        yield Contender("Typst", [sys.executable, "-c", TYPST, *files], pdf)


def _ours(work: Work) -> Contender:
    pdf = work.file("pdf")
    if not work.roster_rows and not work.ledger_rows:
        report = ["--unit", "putuo-jiaoyu", "--year", "2017", "--output", str(pdf)]
        command = [sys.executable, str(ROOT / "manage.py"), "annual_report", *report]
    else:
        command = [sys.executable, WORKER, "typeset", *work.rows, "--output", str(pdf)]
    return Contender("ours", command, pdf)
