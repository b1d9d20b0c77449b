"""``manage.py prepare``: everything between an installed program and the first page.

One process does it all, because each start of Python costs about as long as a second start of the
server may take. Every step looks first whether it is needed, so the command may be run again at
any time, also after it was interrupted.
"""

import hashlib
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from units.database_role import may_change_tables
from units.models import Unit, User

# Whoever opens the browser's developer tools can do without them; they outweigh all the rest.
NOT_SERVED = ["*.map"]

TRIAL_CASE = "2017"
TRIAL_UNIT = "putuo-jiaoyu"
TRIAL_REPORT_NAME = "普陀区教育学院2017年统战工作总结.pdf"


class Command(BaseCommand):
    """Bring database, static files and, in a trial, the first records up to date."""

    help = "Bring database, static files and, in a trial, the first records up to date."

    def add_arguments(self, parser):
        parser.add_argument("--bind", default="127.0.0.1:8000", help="the address to print")

    def handle(self, *args, bind, **options):
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        self._run(_("Collecting static files"), static_files_are_stale, collect_static_files)
        set_journal_mode()
        self._run(_("Preparing the database"), migrations_are_missing, migrate)
        if settings.TRIAL:
            self._run(_("Loading the 2017 case"), database_is_empty, self._load_trial)
            self._render_trial_report()
        elif not User.objects.exists():
            self.stdout.write(
                _("No account yet: manage.py create_administrator makes the first one.")
            )
        self.stdout.write(_("Address: %(address)s") % {"address": f"http://{bind}/"})

    def _run(self, title, is_needed, deed):
        """Do ``deed`` if ``is_needed`` says so, and tell it beforehand."""
        if is_needed():
            self.stdout.write(f"{title} …")
            self.stdout.flush()
            deed()

    def _load_trial(self):
        """Load the case and its accounts, both or neither.

        The passwords are printed before the transaction ends: whoever interrupts here has seen
        passwords of accounts that do not exist, and the next start prints the true ones.
        """
        with transaction.atomic():
            call_command("load_case", TRIAL_CASE, stdout=self.stdout)
            self.stdout.write(_("Accounts, shown this once (role, user name, one-time password):"))
            call_command("create_trial_accounts", unit=TRIAL_UNIT, stdout=self.stdout)
            self.stdout.flush()

    def _render_trial_report(self):
        """Write the case's summary once, and say where it lies."""
        path = settings.VAR_DIR / TRIAL_REPORT_NAME
        if not Unit.objects.filter(code=TRIAL_UNIT).exists():
            return
        if not path.exists():
            report = {"unit": TRIAL_UNIT, "year": int(TRIAL_CASE), "format": "pdf", "output": path}
            call_command("annual_report", **report, stdout=StringIO())
        self.stdout.write(_("The 2017 summary: %(path)s") % {"path": path})


def database_is_empty() -> bool:
    """Whether neither a unit nor an account exists."""
    return not Unit.objects.exists() and not User.objects.exists()


def migrations_are_missing() -> bool:
    """Whether the database is behind the code."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrate():
    """Bring the database's tables up to date; CommandError where that is another role's work."""
    if not may_change_tables():
        raise CommandError(
            _(
                "The tables are older than the program, and this database role may not change "
                "them. With the owner's DATABASE_URL: manage.py migrate, then manage.py "
                "grant_database_role."
            ),
            returncode=2,
        )
    call_command("migrate", interactive=False, verbosity=0)


def set_journal_mode():
    """Give an SQLite file the journal that is safe with the SQLite library in use.

    The mode is kept in the file, so that this writes once; a database in memory has its own.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        (current,) = cursor.fetchone()
        if current not in (settings.SQLITE_JOURNAL_MODE, "memory"):
            cursor.execute(f"PRAGMA journal_mode={settings.SQLITE_JOURNAL_MODE}")


def static_files_are_stale() -> bool:
    """Whether a source changed since the files were collected, or they are not there at all."""
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    stamp = _static_stamp()
    return not (manifest.exists() and stamp.exists() and stamp.read_text() == _static_fingerprint())


def collect_static_files():
    """Copy, hash and compress the static files; stamped last, so a broken run is done again."""
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=NOT_SERVED)
    _static_stamp().write_text(_static_fingerprint())


def _static_stamp() -> Path:
    return settings.STATIC_ROOT.with_name("static.sha256")


def _static_fingerprint() -> str:
    """A checksum over path, size and time of every source file, and over the way of storing."""
    lines = [str(settings.STORAGES["staticfiles"])]
    for finder in get_finders():
        for name, storage in finder.list(NOT_SERVED):
            file = Path(storage.path(name)).stat()
            lines.append(f"{name} {file.st_size} {file.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()
