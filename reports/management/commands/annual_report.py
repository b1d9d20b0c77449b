"""``manage.py annual_report``: a unit's yearly report as a file."""

import errno
import os
import tempfile
from pathlib import Path

from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from reports.annual import CONTENT_TYPES, NoSuchYear, annual_report
from reports.rendering import RenderingUnavailableError
from reports.text import TextErrors
from units.models import Unit
from units.scoping import scope_of_unit


class Command(BaseCommand):
    """Writes one file, whole or not at all. Errors are one clear line and exit status 2."""

    help = "Write a unit's yearly report as PDF, DOCX, HTML or JSON."
    # The others load every page, form and command of the site: longer than the report takes.
    requires_system_checks = (Tags.database,)

    def add_arguments(self, parser):
        parser.add_argument("--unit", required=True, help="code of the unit")
        parser.add_argument("--year", required=True, type=int)
        parser.add_argument("--format", choices=sorted(CONTENT_TYPES), default="pdf")
        parser.add_argument("--output", required=True, type=Path)

    def handle(self, *args, unit: str, year: int, output: Path, **options):
        found = Unit.objects.filter(code=unit).first()
        if found is None:
            known = "、".join(Unit.objects.values_list("code", flat=True)) or "–"
            refuse(
                _("There is no unit with the code %(code)s. Known codes: %(known)s.")
                % {"code": unit, "known": known}
            )
        with scope_of_unit(found):
            content = self.content(found, year, options["format"])
        try:
            write_whole(output, content)
        except OSError as error:
            refuse(
                _("%(path)s cannot be written: %(reason)s.")
                % {"path": output, "reason": error.strerror}
            )
        self.stdout.write(str(output))

    def content(self, unit: Unit, year: int, file_format: str) -> bytes:
        """The bytes of the report; every expected failure becomes one line."""
        try:
            return annual_report(unit, year).render(file_format)
        except NoSuchYear as missing:
            refuse(
                _("%(unit)s has no records for %(year)s. Years with records: %(known)s.")
                % {
                    "unit": unit,
                    "year": year,
                    "known": "、".join(map(str, missing.known)) or "–",
                }
            )
        except (TextErrors, RenderingUnavailableError) as faults:
            refuse(" ".join(str(faults).splitlines()))


def refuse(message: str):
    """End the command with one line and exit status 2."""
    raise CommandError(message, returncode=2)


def write_whole(path: Path, content: bytes):
    """Replace ``path`` by ``content`` at once: a reader sees the old file or the new one.

    OSError where that cannot be done, also where ``path`` is a folder or a device: /dev/null must
    not be replaced.
    """
    if path.exists() and not path.is_file():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".report.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
