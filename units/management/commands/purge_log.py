"""``manage.py purge_log``: old events of the change log go to a sealed file."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from units.acting import Act, acting
from units.log_check import read_anchors
from units.log_purge import USUAL_DAYS, PurgeRefused, purge


class Command(BaseCommand):
    """Exit status 2, and nothing purged, where the law or the log itself forbids it."""

    help = "Move events older than three years (or --keep-days, at least 184) to a sealed file."

    def add_arguments(self, parser):
        parser.add_argument("--keep-days", type=int, default=USUAL_DAYS)
        parser.add_argument("--folder", type=Path, default=settings.VAR_DIR / "log-archive")
        parser.add_argument("--anchors", type=Path, default=settings.VAR_DIR / "log-anchors.txt")

    def handle(self, *args, keep_days: int, folder: Path, anchors: Path, **options):
        try:
            with acting(Act(source="command purge_log")):
                archive = purge(
                    keep_days=keep_days,
                    now=timezone.now(),
                    folder=folder,
                    anchors=read_anchors(anchors),
                )
        except PurgeRefused as refused:
            raise CommandError(str(refused), returncode=2) from refused
        except OSError as failure:
            message = _("The file cannot be written: %(why)s") % {"why": failure}
            raise CommandError(message, returncode=2) from failure
        self.stdout.write(
            _("Events %(first)s to %(last)s are in %(folder)s; checksum %(digest)s.")
            % {**vars(archive), "folder": folder}
        )
