"""``manage.py verify_log``: is the change log whole?"""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from units.events import head
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

    def handle(self, *args, anchors: Path, anchor: bool, **options):
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
            _("The log is whole: %(number)s events, head %(digest)s.")
            % {"number": number, "digest": digest}
        )
        if anchor:
            write_anchor(anchors, day=timezone.localdate())
