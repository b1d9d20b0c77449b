"""The bench's own processes: the report and its long versions, made by this program.

``prepare`` writes each document as the other programs read it; ``typeset`` makes one PDF;
``warm`` makes the 2017 report again and again in one process and prints the times as JSON.
"""

import argparse
import json
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django  # noqa: E402 (after the lines that let it find the settings)

django.setup()

from bench.ledgers import with_ledgers  # noqa: E402
from bench.typst_source import typst_source  # noqa: E402
from reports.annual import AnnualReport, annual_report  # noqa: E402
from reports.document import Document  # noqa: E402
from reports.rendering import render_html, render_pdf  # noqa: E402
from units.models import Unit  # noqa: E402
from units.scoping import scope_of_unit  # noqa: E402

UNIT, YEAR = "putuo-jiaoyu", 2017
UNTIMED = 2  # renderings before the first that counts


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("deed", choices=["prepare", "typeset", "warm"])
    parser.add_argument("--roster-rows", type=int, default=0)
    parser.add_argument("--ledger-rows", type=int, default=0)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--output", type=Path, help="file, for prepare without its ending")
    options = parser.parse_args()
    unit = Unit.objects.get(code=UNIT)
    with scope_of_unit(unit):
        if options.deed == "warm":
            print(json.dumps(warm_costs(unit, options.times)))
            return
        document = with_ledgers(
            _report(unit).document,
            roster_rows=options.roster_rows,
            ledger_rows=options.ledger_rows,
        )
    if options.deed == "prepare":
        prepare(document, options.output)
    else:
        options.output.write_bytes(render_pdf(document))


def prepare(document: Document, path: Path) -> None:
    """Write the document as HTML and as Typst's source."""
    path.with_suffix(".html").write_text(render_html(document), encoding="utf-8")
    path.with_suffix(".typ").write_text(typst_source(document), encoding="utf-8")


def warm_costs(unit: Unit, times: int) -> list[tuple[float, float]]:
    """Seconds and processor seconds of each of ``times`` reports, from the records to the PDF."""
    costs = []
    for _ in range(UNTIMED + times):
        wall, cpu = time.perf_counter(), time.process_time()
        _report(unit).render("pdf")
        costs.append((time.perf_counter() - wall, time.process_time() - cpu))
    return costs[UNTIMED:]


def _report(unit: Unit) -> AnnualReport:
    return annual_report(unit, YEAR)


if __name__ == "__main__":
    main()
