"""``manage.py verify_report``: is a sealed report, on paper and in the records, what was signed?"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from reports.models import Seal
from reports.verifying import Differs, findings, findings_in_file, seal_of_file
from units.models import Unit
from units.scoping import scope_of_unit, scope_of_units


class Command(BaseCommand):
    """Exit status 0 if nothing differs; else the sum of 4 (the file), 8 (the seal) and 16 (the
    records). 2 where there is nothing to compare. One line for each difference.
    """

    help = "Compare a sealed report, and a file of it, with what was signed."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, metavar="FILE.pdf")
        parser.add_argument("--unit", help="code of the unit, where no file names the seal")
        parser.add_argument("--year", type=int)
        parser.add_argument(
            "--offline",
            action="store_true",
            help="compare the file's pages with the register inside it, without any records",
        )

    def handle(
        self, *args, file: Path | None, unit: str | None, year: int | None, offline: bool, **options
    ):
        content = self.content_of(file) if file is not None else None
        if offline:
            self.compare_within(content)
            return
        with scope_of_units(Unit.objects.all()):
            seal = self.seal_of(content, unit, year)
        with scope_of_unit(seal.unit):
            found = findings(seal, content)
            facts = {"report": seal.report, "digest": seal.digest}
        if found:
            status = sum({finding.where for finding in found})
            raise CommandError("\n".join(finding.words for finding in found), returncode=status)
        self.stdout.write(
            _("%(report)s: nothing differs from what was signed (%(digest)s).") % facts
        )

    def compare_within(self, content: bytes | None):
        """Compare a file with itself: its pages with the register that lies in it."""
        if content is None:
            refuse(_("Name the file to be checked: FILE.pdf --offline."))
        found = findings_in_file(content)
        if found is None:
            refuse(
                _(
                    "The file carries no register of ours, or was printed by another version of "
                    "this program: it cannot be checked without the records."
                )
            )
        if found:
            status = sum({finding.where for finding in found})
            raise CommandError("\n".join(finding.words for finding in found), returncode=status)
        self.stdout.write(_("The pages are what the register inside the file gives."))

    def content_of(self, file: Path) -> bytes:
        """The bytes of the file; what cannot be read ends the command."""
        try:
            return file.read_bytes()
        except OSError as error:
            refuse(
                _("%(path)s cannot be read: %(reason)s.") % {"path": file, "reason": error.strerror}
            )

    def seal_of(self, content: bytes | None, unit: str | None, year: int | None) -> Seal:
        """The seal that is asked about: by unit and year, or by what the file says of itself."""
        if unit and year:
            seal = Seal.objects.filter(unit__code=unit, report__year=year).first()
            if seal is None:
                refuse(
                    _("No report of %(unit)s for %(year)s is sealed.")
                    % {"unit": unit, "year": year}
                )
            return seal
        if content is None:
            refuse(_("Name a file, or a unit and a year: FILE.pdf, or --unit CODE --year YEAR."))
        seal = seal_of_file(content)
        if seal is None:
            raise CommandError(
                _(
                    "The file is not a sealed file of this installation, and does not say of which "
                    "report it is. Name the report: --unit CODE --year YEAR."
                ),
                returncode=int(Differs.FILE),
            )
        return seal


def refuse(message: str):
    """End the command with one line and exit status 2."""
    raise CommandError(message, returncode=2)
