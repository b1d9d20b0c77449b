"""``manage.py retention``: what has been kept long enough, and blanking what needs no decision."""

from datetime import date, datetime, time

from django.core.management.base import BaseCommand
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _

from members.person_rows import held_rows
from units.imports.plans import forget_old_plans
from units.models import Unit
from units.retention import LOG_DAYS, Due, blank_due, due
from units.scoping import scope_of_unit


class Command(BaseCommand):
    """Blanks what is due; records that only people may give up are listed and left alone."""

    help = "List what has been kept long enough on a day, and blank what needs no decision."

    def add_arguments(self, parser):
        parser.add_argument("--on", type=date.fromisoformat, required=True, help="YYYY-MM-DD")
        parser.add_argument("--unit", help="code of one unit; all of them without it")
        parser.add_argument("--dry-run", action="store_true", help="change nothing")

    def handle(self, *args, on: date, unit: str | None, dry_run: bool, **options):
        units = Unit.objects.order_by("path")
        for each in units.filter(code=unit) if unit else units:
            with scope_of_unit(each):
                self._one_unit(each, on, dry_run)
        self.stdout.write(
            _("The change log is kept for at least %(days)s days; nothing is deleted from it.")
            % {"days": LOG_DAYS}
        )

    def _one_unit(self, unit: Unit, day: date, dry_run: bool):
        held = held_rows(unit=unit, day=day)
        for item in due(unit=unit, day=day):
            self.stdout.write(f"{unit.code} {self._line(item, item.key in held)}")
        if not dry_run:
            done = blank_due(unit=unit, day=day, held=held)
            forget_old_plans(unit=unit, now=make_aware(datetime.combine(day, time.min)))
            self.stdout.write(
                _("%(unit)s: blanked %(number)s records.")
                % {"unit": unit.code, "number": len(done)}
            )

    def _line(self, item: Due, held: bool) -> str:
        """One due row: when, by which rule, which record, what happens to it; never a name."""
        label, key = item.key
        what = _("on hold") if held else _("blank") if item.fields else _("decide")
        return f"{item.due_on} {item.rule.key} {label} {key} {what} {' '.join(item.fields)}".strip()
