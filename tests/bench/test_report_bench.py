"""That the bench of the report runs from end to end; how fast anything is, no test decides."""

import re
import subprocess
import sys

from django.conf import settings

LINE = re.compile(
    r"^(2017 report|long|very long) +(\D+?) +(\d+) +([\d.]+) +([\d.]+) ", re.MULTILINE
)


def test_quick_bench_prints_a_ratio_for_every_document():
    command = [sys.executable, str(settings.BASE_DIR / "bench" / "report.py"), "--quick"]
    run = subprocess.run(command, capture_output=True, text=True, timeout=600)  # noqa: S603
    assert run.returncode == 0, run.stderr
    lines = LINE.findall(run.stdout)
    ours = {document: int(pages) for document, program, pages, _, _ in lines if program == "ours"}
    assert list(ours) == ["2017 report", "long", "very long"]
    assert ours["2017 report"] == 6 < ours["long"] < ours["very long"]
    assert ("2017 report", "ours, warm") in {line[:2] for line in lines}
    assert all(float(wall) > 0 and float(ratio) > 0 for *_, wall, ratio in lines)
