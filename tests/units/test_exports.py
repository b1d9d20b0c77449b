"""Files that are handed out: counted, noted, marked, and all by one way."""

import csv
import io
import re
import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings as site
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from tests import factories
from tests.test_leaks import browser_of
from tests.units.signing_in import account, signed_in
from units.events import Action, Event
from units.exports import mark_of
from units.roles import Role
from units.spreadsheets import MARK_SIGN, write_csv, write_xlsx

NINE = datetime.fromisoformat("2026-03-02T09:00:00+08:00")


def at(**later):
    """Nine o'clock and so much later, with the clock standing still."""
    return time_machine.travel(NINE + timedelta(**later), tick=False)


@pytest.fixture
def file(school) -> str:
    """The address of a file of one row for each figure."""
    factories.unit_year(school)
    return reverse("report-file", args=[school.code, 2017, "json"])


def counted(action: str) -> int:
    return Event.objects.filter(action=action).count()


# --- a large file asks for the password ---


@pytest.mark.parametrize("spare", [0, -1])
def test_large_file_asks_for_the_password_again(school, file, settings, spare):
    """Checks 11 and 64: at the limit it is given, one row above it asks; nothing is noted then."""
    account(Role.CLERK, school, username="kept")
    with at():
        browser = signed_in("kept")
        assert browser.get(file).status_code == 200
    rows = Event.objects.get(action=Action.EXPORT).detail.content["rows"]
    settings.EXPORT_ROWS = rows + spare
    with at(minutes=11):
        answer = browser.get(file)
    if spare == 0:
        assert (answer.status_code, counted(Action.EXPORT)) == (200, 2)
    else:
        assert answer.url.startswith(reverse("confirm-sign-in"))
        assert counted(Action.EXPORT) == 1


# --- not without end ---


def test_too_many_files_within_an_hour_are_refused(cast, file, settings):
    """Check 64: the third is the last; an hour after the first there is one more."""
    settings.EXPORTS_PER_HOUR = 3
    with at():
        browser = browser_of(cast.clerk)
        assert browser.get(file).status_code == 200
    with at(minutes=20):
        assert [browser.get(file).status_code for _ in range(3)] == [200, 200, 429]
        refused = browser.get(file)
        assert "10:00" in refused.content.decode()
        assert refused["Retry-After"] == str(40 * 60)
        assert browser_of(cast.secretary).get(file).status_code == 200
    assert (counted(Action.EXPORT), counted(Action.REFUSED)) == (4, 2)
    with at(minutes=59, seconds=59):
        assert browser_of(cast.clerk).get(file).status_code == 429
    with at(hours=1):
        codes = [browser_of(cast.clerk).get(file).status_code for _ in range(2)]
    assert codes == [200, 429]


@pytest.mark.django_db(transaction=True)
def test_two_files_at_the_same_instant_are_two(cast, file, settings):
    """Check 64: of two that ask for the last one at once, one gets it."""
    settings.EXPORTS_PER_HOUR = 1
    browsers = [browser_of(cast.clerk), browser_of(cast.clerk)]
    start, codes = threading.Barrier(2), []

    def ask(browser: Client):
        try:
            start.wait()
            codes.append(browser.get(file).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask, args=[browser]) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == [200, 429]


# --- who made it ---


def test_mark_says_who_and_when(cast):
    """Check 64."""
    line = mark_of(cast.clerk, NINE)
    assert [word in line for word in (cast.clerk.full_name, "clerk", "2026-03-02 09:00")] == [
        *(True, True, True)
    ]


def test_tables_carry_the_mark_and_no_row_more():
    """Check 64: at the foot of a workbook's pages, and alone in the last line of a CSV file."""
    columns, rows, mark = ["姓名"], [["徐文清"]], "由A&B导出"
    sheet = load_workbook(io.BytesIO(write_xlsx(columns, rows, title="x", mark=mark))).active
    assert (sheet.oddFooter.left.text, sheet.max_row) == ("由A&&B导出", 2)
    text = write_csv(columns, rows, mark=mark).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text))) == [*([columns, *rows]), [f"{MARK_SIGN}{mark}"]]


def test_printed_page_says_who_printed_it(cast, file):
    """Check 64: on paper alone."""
    page = browser_of(cast.clerk).get(reverse("account")).content.decode()
    (mark,) = re.findall(r'<p class="print-mark">(.*?)</p>', page)
    assert cast.clerk.full_name in mark
    assert timezone.localdate().isoformat() in mark


# --- by one way ---

ROOMS = ("units", "members", "activities", "consultations", "reports", "cases", "config")
HANDS_OUT = re.compile(r"content_disposition_header\(|Content-Disposition|FileResponse")
NOTES = re.compile(r"Action\.EXPORT")
# The one way, a person's sheet (which counts them), and the command for it.
NOTE_THEMSELVES = {
    "units/exports.py",
    "members/own_sheet.py",
    "members/management/commands/person_file.py",
}


def modules_that(matches) -> set[str]:
    root = Path(site.BASE_DIR)
    files = (path for room in ROOMS for path in (root / room).rglob("*.py"))
    return {str(path.relative_to(root)) for path in files if matches(path.read_text("utf-8"))}


def test_every_file_goes_by_the_one_way():
    """Check 64: on a failure, let the page answer through ``units.exports.hand_out``."""
    assert modules_that(lambda text: HANDS_OUT.search(text) and "hand_out(" not in text) == set()
    assert modules_that(NOTES.search) == NOTE_THEMSELVES
