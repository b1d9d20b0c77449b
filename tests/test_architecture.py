"""The house itself: who imports whom, how long a file may be, what is explained.

The code is read as syntax trees, so a rule holds for lines that no test runs.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
ROOMS = ("units", "members", "activities", "consultations", "reports", "cases")
GROUND = {
    *("models", "scoping", "recording", "events", "dates", "statistic", "statistics"),
    *("working_days",),
    # To which years a record belongs, and what is written once.
    *("dating", "permanent", "year_records"),
    # What the law on personal data asks of every room that holds any.
    *("encryption", "retention", "blanking", "field_register"),
    # Records in words, to compare two of them; why something is done.
    *("row_words", "acting"),
    # Files that come in, forms that are sent twice or too late, and work that takes turns.
    *("upload_handler", "editing", "drafts", "turns"),
    # Strangers' files: looked into apart, scanned, refused for a reason; spreadsheets read in.
    *("apart", "office_files", "refused_files", "scanning", "imports"),
    # What every room lets be found, and what charts count.
    *("search", "groups"),
    # How every room's tables leave the house, and how dates come into it.
    *("spreadsheets", "sheet_columns", "written_dates"),
    # Amounts of money, as they are typed, stored and worded.
    *("money", "yuan"),
}
# What the rooms above people need of them: who they are, fields in which one is chosen, and a place
# to tell what they know of somebody.
OF_PEOPLE = {"models", "pickers", "timeline"}
EVERYTHING = None

# The table of who may import what, by first module below the room.
ALLOWED = {
    "units": {},
    "members": {"units": GROUND},
    # Who closes an account of aid is asked for the right whatever door it comes through.
    "activities": {"units": GROUND | {"roles"}, "members": OF_PEOPLE},
    "consultations": {
        "units": GROUND,
        "members": OF_PEOPLE,
        "activities": {"models", "kinds", "entry_sections", "names", "searchables"},
    },
    "reports": {
        # A signature asks for rights whatever door it comes through.
        "units": GROUND | {"roles", "acting"},
        "members": {"statistics", "models", "ages", "codes"},
        "activities": {
            *("statistics", "kinds", "missing", "evidence_checklist", "aims"),
            "talk_dates",
        },
        # Promising: the one deed by which a sealed report's words become records below. The ledger
        # is printed here, where the one engine that lays out PDFs is.
        "consultations": {"statistics", "promising", "ledger", "waiting"},
    },
    "cases": dict.fromkeys(ROOMS, EVERYTHING),
}
# Pages and admin ask for rights; the statistics and models below them never do.
FACING_PEOPLE = ("admin", "views", "forms", "urls", "filters", "columns")
FOR_PEOPLE = {
    *("roles", "scoped_admin", "export_admin", "editing", "exports", "recent_sign_in"),
    # The frame of pages on which records are entered and listed.
    *("desk", "lists", "careful_page", "page_forms", "written_dates", "picking"),
}

# Within a room: what must not be known by the module on the left.
ABOVE = {
    "models": {"statistics", "forms", "spreadsheets", "views", "urls", "admin"},
    "statistics": {"forms", "spreadsheets", "views", "urls", "admin"},
    "forms": {"spreadsheets", "views", "urls", "admin"},
    "admin": {"views", "urls"},
}

# What takes long to load is imported when it is first used: WeasyPrint (which also needs the fonts'
# folder in the environment first), python-docx, the pinyin dictionary.
# An app's models can be imported only once Django has loaded all apps, in ``ready()``.
LATE_IMPORTS = {
    ("reports/rendering.py", "reports"),
    ("reports/engine.py", "reports.justification"),
    *((f"{room}/apps.py", room) for room in ROOMS[:5]),
    ("members/pinyin.py", "pypinyin"),
    ("reports/annual.py", "reports.docx"),
}

# What Django calls by name and documents itself; ``value`` is what a statistic's class explains.
HOOKS = {
    *("clean", "save", "handle", "add_arguments", "get_queryset", "value", "ready"),
    *("get_form", "lookups", "queryset", "has_permission", "process_request"),
}


class Import(NamedTuple):
    """One import of a module by a file; both as dotted or slashed names from the root."""

    importer: str
    module: str

    @property
    def room(self) -> str:
        """The room of the importer."""
        return self.importer.split("/")[0]

    @property
    def importing(self) -> str:
        """The importer's own module below its room: models, statistics, admin."""
        return self.importer.split("/")[1].removesuffix(".py")


def files(*folders: str) -> list[Path]:
    """Every file of ours below ``folders``, migrations aside."""
    found = (path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))
    return [path for path in found if "migrations" not in path.parts]


def name_of(path: Path) -> str:
    """The path from the root, with slashes on every system."""
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    """The syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def modules(node: ast.stmt) -> Iterator[str]:
    """The modules that an import names; ``from members import statistics`` is that module."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        own_room = node.module in ROOMS
        yield from (
            f"{node.module}.{alias.name}" if own_room else node.module for alias in node.names
        )


def imports() -> list[Import]:
    """Every import of one of our modules, in functions too."""
    return [
        Import(name_of(path), module)
        for path in files(*ROOMS)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for module in modules(node)
        if module.split(".")[0] in ROOMS
    ]


def faces_people(module: str) -> bool:
    """Whether a module shows or takes something: ``admin``, ``admin_links``, ``personal_views``."""
    return module.startswith(FACING_PEOPLE) or module.endswith(FACING_PEOPLE)


def is_views(module: str) -> bool:
    """Whether a dotted name leads into views: ``reports.views``, ``units.account_views``."""
    return any(part.endswith("views") for part in module.split("."))


def is_allowed(row: Import) -> bool:
    """Whether the table lets ``row`` import what it imports."""
    room, _, module = row.module.partition(".")
    if room == row.room:
        return True
    if row.importer == "units/management/commands/prepare.py":
        return room == "cases"
    allowed = ALLOWED[row.room].get(room, set())
    if allowed is EVERYTHING:
        return True
    if faces_people(row.importing) and room == "units":
        allowed = allowed | FOR_PEOPLE
    return module.split(".")[0] in allowed


def test_imports_are_found():
    # Without this, a mistake in the search would make every test here pass.
    assert Import("members/statistics.py", "units.statistic") in imports()
    assert Import("reports/figures/people.py", "members.statistics") in imports()


def test_rooms_import_only_what_the_table_allows():
    assert [row for row in imports() if not is_allowed(row)] == []


def test_nobody_imports_the_cases():
    allowed = ("cases/", "units/management/commands/prepare.py")
    importers = [row for row in imports() if row.module.split(".")[0] == "cases"]
    assert [row for row in importers if not row.importer.startswith(allowed)] == []


def test_nobody_imports_views_but_addresses():
    views = [row for row in imports() if is_views(row.module)]
    outside = [
        row for row in views if not row.importing.endswith("urls") and not is_views(row.importing)
    ]
    assert outside == []


def test_modules_of_a_room_know_only_those_below():
    upwards = [
        row
        for row in imports()
        if row.module.split(".")[0] == row.room
        and row.module.split(".")[1:2]
        and row.module.split(".")[1] in ABOVE.get(row.importing, set())
    ]
    assert upwards == []


def test_imports_are_absolute_and_at_the_top():
    faults = []
    for path in files(*ROOMS, "config"):
        name, tree = name_of(path), tree_of(path)
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.level:
                faults.append(f"{name}:{node.lineno} is relative")
        for scope in ast.walk(tree):
            if not isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                continue
            inner = [n for n in ast.walk(scope) if isinstance(n, ast.Import | ast.ImportFrom)]
            faults += [
                f"{name}:{node.lineno} is not at the top"
                for node in inner
                if (name, getattr(node, "module", None)) not in LATE_IMPORTS
            ]
    assert faults == []


def test_imports_stand_before_everything_else():
    faults = []
    for path in files(*ROOMS, "config"):
        name, begun = name_of(path), False
        for node in tree_of(path).body:
            if isinstance(node, ast.Import | ast.ImportFrom):
                late = begun and (name, getattr(node, "module", None)) not in LATE_IMPORTS
                faults += [f"{name}:{node.lineno}"] if late else []
            elif not isinstance(node, ast.Expr):
                # An environment variable or a ``with`` around imports ends nothing in the engine.
                begun = name != "reports/engine.py" or isinstance(node, ast.FunctionDef)
    assert faults == []


@pytest.mark.parametrize("path", files(*ROOMS, "config", "tests", "bench"), ids=name_of)
def test_file_has_under_300_lines(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines < 300


def undocumented(path: Path) -> Iterator[str]:
    """The public names of a file that explain nothing of themselves."""
    tree = tree_of(path)
    if tree.body and not ast.get_docstring(tree):
        yield name_of(path)
    for owner in [tree, *(node for node in tree.body if isinstance(node, ast.ClassDef))]:
        for node in owner.body:
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                continue
            # A setter is explained by its property.
            setter = any(getattr(d, "attr", "") == "setter" for d in node.decorator_list)
            hidden = node.name.startswith("_") or node.name == "Meta" or setter
            if not hidden and node.name not in HOOKS and not ast.get_docstring(node):
                yield f"{name_of(path)}:{node.lineno} {node.name}"


def test_public_names_have_docstrings():
    assert [name for path in files(*ROOMS, "config") for name in undocumented(path)] == []
