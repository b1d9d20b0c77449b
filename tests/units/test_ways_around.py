"""No module gets around the scope and the change log (security check 66; house rule)."""

import re
from pathlib import Path

from django.conf import settings

ROOMS = ("units", "members", "activities", "consultations", "reports", "cases", "config")
WAYS_AROUND = re.compile(
    r"_base_manager|_all_recorded|_raw_delete|\.raw\(|\.cursor\(|RawSQL|\.extra\("
)
# Each of these has to: the log and its triggers themselves, erasing within versions, the rights
# of a database role, the journal mode of SQLite, when the database looks at rows that must not
# overlap, what keeps closed accounts of aid, what closes that very way for rows written once, and
# what deletes many rows with an event and a version for each.
ALLOWED = {
    "activities/booked.py",
    "units/append_only.py",
    "units/blanking.py",
    "units/deleting_together.py",
    "units/database_role.py",
    "units/events.py",
    "units/management/commands/prepare.py",
    "units/overlaps.py",
    "units/permanent.py",
    "units/recording.py",
    "units/write_once.py",
}


def modules_that_match(root: Path) -> set[str]:
    return {
        str(path.relative_to(root))
        for room in ROOMS
        for path in (root / room).rglob("*.py")
        if "migrations" not in path.parts and WAYS_AROUND.search(path.read_text(encoding="utf-8"))
    }


def test_only_the_named_modules_get_around():
    """Checks 30 and 66."""
    assert modules_that_match(Path(settings.BASE_DIR)) == ALLOWED


def test_planted_way_around_is_found(tmp_path):
    (tmp_path / "members").mkdir()
    (tmp_path / "members" / "sly.py").write_text("Member._base_manager.update(name='x')\n")
    assert modules_that_match(tmp_path) == {"members/sly.py"}


def modules_that_import(name: str) -> set[str]:
    root = Path(settings.BASE_DIR)
    return {
        str(path.relative_to(root))
        for room in ROOMS
        for path in (root / room).rglob("*.py")
        if re.search(rf"import .*\b{name}\b", path.read_text(encoding="utf-8"))
    }


def test_nothing_but_blanking_claims_what_the_law_demands():
    """It opens closed years and signed texts; nothing else may (check 76)."""
    assert modules_that_import("as_the_law_demands") == {"units/blanking.py"}
