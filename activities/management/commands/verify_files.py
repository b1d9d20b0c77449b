"""``manage.py verify_files``: are all files of evidence there, unchanged, and no others?"""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from activities.file_check import FileFault, faults, remove

MINUTES = 60


class Command(BaseCommand):
    """Exit status 0 if all is well, 1 with one line per file if it is not."""

    help = "Check the files of evidence; with --clean, remove those that belong to no record."

    def add_arguments(self, parser):
        parser.add_argument(
            "--clean", action="store_true", help="remove what uploads that were cut off left behind"
        )
        parser.add_argument(
            "--older-than",
            type=int,
            default=MINUTES,
            metavar="MINUTES",
            help="remove only what nobody has written for so long",
        )

    def handle(self, *args, clean: bool, older_than: int, **options):
        wrong = 0
        for fault in faults():
            removed = clean and remove(fault, older_than=older_than * 60)
            wrong += not removed
            line = _line(fault)
            self.stdout.write(_("%(line)s (removed)") % {"line": line} if removed else line)
        if wrong:
            message = _("%(number)s files are not as they should be.") % {"number": wrong}
            raise CommandError(message, returncode=1)
        self.stdout.write(_("All files of evidence are there and unchanged."))


def _line(fault: FileFault) -> str:
    if fault.row is None:
        return _("%(path)s: %(wrong)s") % {"path": fault.path, "wrong": fault.wrong.label}
    return _("%(path)s: %(wrong)s (unit %(unit)s, evidence %(row)s)") % {
        "path": fault.path,
        "wrong": fault.wrong.label,
        "unit": fault.unit,
        "row": fault.row,
    }
