"""``manage.py send_reminders``: mails each unit how much waits to be done; meant for every day."""

from datetime import date

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.digest import digest
from consultations.models import Policy
from consultations.reminding import begin, send
from units.models import Unit
from units.scoping import scope_of_unit
from units.working_days import WorkingCalendar


class Command(BaseCommand):
    """Exit status 0 if nothing failed, 1 with a line for each unit whose mail could not be sent.

    Run twice for a day, it sends once; what failed is sent by the next run for that day.
    """

    help = "Mail each unit's reminders of a day to the mailbox set among its deadlines."

    def add_arguments(self, parser):
        parser.add_argument(
            "--day", type=date.fromisoformat, help="YYYY-MM-DD; without it, the present day"
        )

    def handle(self, *args, day: date | None, **options):
        day = day or timezone.localdate()
        if not settings.MAIL_IS_SET_UP:
            self.stdout.write(_("Mail is not set up (EMAIL_URL): nothing was sent."))
            return
        if not WorkingCalendar.stored().works_on(day):
            self.stdout.write(_("%(day)s is no working day: nothing was sent.") % {"day": day})
            return
        failed = []
        for unit in Unit.objects.order_by("path"):
            with scope_of_unit(unit):
                try:
                    self.stdout.write(f"{unit.code}: {self._remind(unit, day)}")
                except OSError as fault:
                    failed.append(f"{unit.code}: {type(fault).__name__} {fault}")
        if failed:
            head = _("Not sent, to be tried again:")
            raise CommandError("\n".join([head, *failed]), returncode=1)

    def _remind(self, unit: Unit, day: date) -> str:
        """What came of it, in a few words. OSError where the mail could not be sent."""
        if not Policy.of(unit).remind_to:
            return _("no mailbox is set")
        found = digest(unit, day=day)
        if not found.total:
            return _("nothing to remind of")
        reminder = begin(found, unit=unit, moment=timezone.now())
        if reminder is None:
            return _("sent before")
        send(reminder, found, moment=timezone.now())
        return _("sent, %(number)s things to do") % {"number": found.total}
