"""What bringing in a roster costs, beside openpyxl's bare reading of the same workbook.

    .venv/bin/python bench/imports.py [--rows 5000 10000]

Works on a throw-away SQLite file. Each step is timed by its processor seconds, the processes that
read the file included; ``ratio`` is to openpyxl in read-only mode in this very process. What the
numbers mean is written down in bench/README.md.
"""

import argparse
import io
import os
import resource
import secrets
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

HEADINGS = ["工号", "姓名", "性别", "出生年月", "党派", "参加党派时间", "在职/退休", "现状起始时间"]
HEADINGS += ["部门", "职称", "学历", "学位"]
LINE = "{:>7}  {:<28}{:>10}{:>10}{:>10}"


def main() -> None:
    """Print a line for each step and each number of rows."""
    parser = argparse.ArgumentParser(description="Time the import of rosters.")
    parser.add_argument("--rows", type=int, nargs="+", default=[5000, 10_000])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="imports-bench-") as name:
        _set_up(Path(name))
        print(LINE.format("rows", "step", "cpu s", "ratio", "wall s"))
        for number in options.rows:
            _measure(number)
    print(f"Load average: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


def _set_up(folder: Path):
    """An empty, migrated database, and the pinyin dictionary loaded."""
    os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'imports.sqlite3'}"
    os.environ.update(VAR_DIR=str(folder), SECRET_KEY=secrets.token_hex(32))
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import translation

    from members.pinyin import sort_key_of

    call_command("migrate", verbosity=0)
    translation.activate("zh-hans")
    sort_key_of("王")


def _measure(number: int):
    from openpyxl import load_workbook

    from units.models import Unit, User
    from units.scoping import scope_of_unit

    content = _workbook(number)

    def bare():
        sheet = load_workbook(io.BytesIO(content), read_only=True).active
        return sum(1 for _row in sheet.iter_rows(values_only=True))

    beside = _timed(number, "openpyxl alone", bare)
    unit = Unit.objects.create(code=f"u{number}", name="学校", short_name="学校", kind="school")
    user = User.objects.create_user(f"clerk{number}", full_name="陈静")
    with scope_of_unit(unit):
        spent = _import(content, number, unit, user, beside)
    print(LINE.format(number, "checked and stored", f"{spent:.1f}", f"{spent / beside:.1f}", ""))


def _import(content: bytes, number: int, unit, user, beside: float) -> float:
    """Processor seconds from the file to the stored rows; prints those of each step."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.utils import timezone

    from members.importing import PEOPLE_FROM_SHEETS
    from units.imports import files, planning, plans, storing, undoing
    from units.models import SheetImport

    kind = {"kind": PEOPLE_FROM_SHEETS}
    now, spent, made = timezone.now(), [], {}
    planning.MOST_ROWS = max(number, planning.MOST_ROWS)
    row = SheetImport(
        unit=unit, kind="people", file_name="a", file_digest="0" * 64, made_by=user, made_at=now
    )

    def read():
        upload = SimpleUploadedFile("a.xlsx", content)
        made["sheet"] = files.read_sheet(upload, most_rows=number)

    def plan():
        made["plan"] = planning.plan_of(made["sheet"], unit=unit, day=now.date(), **kind)

    spent.append(_timed(number, "read apart", read, beside))
    spent.append(_timed(number, "planned", plan, beside))
    spent.append(_timed(number, "plan kept", lambda: plans.keep_plan(row, made["plan"]), beside))
    spent.append(_timed(number, "stored", lambda: storing.store(row.pk, **kind), beside))
    _timed(number, "same file planned again", plan, beside)
    _timed(number, "undone", lambda: undoing.undo(row.pk, **kind), beside)
    return sum(spent)


def _timed(number: int, step: str, deed: Callable, beside: float = 0) -> float:
    """Processor seconds, this process's and those of processes that have ended."""
    before, began = _processor_seconds(), time.perf_counter()
    deed()
    spent, wall = _processor_seconds() - before, time.perf_counter() - began
    ratio = f"{spent / beside:.1f}" if beside else "1"
    print(LINE.format(number, step, f"{spent:.2f}", ratio, f"{wall:.1f}"), flush=True)
    return spent


def _processor_seconds() -> float:
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    used = [resource.getrusage(each) for each in whose]
    return sum(each.ru_utime + each.ru_stime for each in used)


def _workbook(number: int) -> bytes:
    """A roster of so many people with a party, a post in life, a title and a degree each."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(HEADINGS)
    for place in range(number):
        given = chr(0x4E00 + place % 200) + chr(0x5E00 + place // 200)
        sheet.append(
            [
                *(f"{place:05}", f"何{given}", "女" if place % 2 else "男", "1975.3", "民盟"),
                *(
                    "1993.06.10",
                    "在职",
                    "2000.9",
                    f"部门{place % 20}",
                    "高级教师",
                    "大学本科",
                    "学士",
                ),
            ]
        )
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


if __name__ == "__main__":
    main()
