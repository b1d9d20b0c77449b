"""``manage.py verify_log``: is the change log whole?"""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from units.events import head
from units.log_archive import NotAnArchive, read_archive
from units.log_check import faults, read_anchors, write_anchor

SHOWN = 20


class Command(BaseCommand):
    """Exit status 0 if the log is whole, 1 with the first faults named if it is not."""

    help = "Check the change log's chain and compare it with the anchors written earlier."

    def add_arguments(self, parser):
        parser.add_argument("--anchors", type=Path, default=settings.VAR_DIR / "log-anchors.txt")
        parser.add_argument(
            "--anchor", action="store_true", help="when the log is whole, note today's head"
        )

        parser.add_argument("--archive", type=Path, help="look at a file of purged events instead")

    def handle(self, *args, anchors: Path, anchor: bool, archive: Path | None, **options):
        if archive is not None:
            self._look_at(archive)
            return
        found = []
        for fault in faults(read_anchors(anchors)):
            found.append(fault)
            if len(found) == SHOWN:
                break
        if found:
            lines = [_("Event %(number)s %(what)s.") % vars(fault) for fault in found]
            raise CommandError("\n".join(lines), returncode=1)
        number, digest = head()
        self.stdout.write(
            _("The log is whole up to event %(number)s, head %(digest)s.")
            % {"number": number, "digest": digest}
        )
        if anchor:
            write_anchor(anchors, day=timezone.localdate())

    def _look_at(self, path: Path):
        try:
            archive = read_archive(path)
        except (NotAnArchive, OSError) as fault:
            raise CommandError(f"{path}: {fault}", returncode=1) from fault
        self.stdout.write(
            _("The file is whole: events %(first)s to %(last)s, checksum %(digest)s.")
            % vars(archive)
        )
