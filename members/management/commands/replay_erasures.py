"""``manage.py replay_erasures``: after a restore, erase again whoever had been erased."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from members.erasing import erase_again, lines_of
from members.erasure_list import Listed, append_to_list, list_path, read_list
from members.models import Erasure, Member
from units.blanking import scrub_free_space
from units.models import Unit
from units.scoping import scope_of_unit


class Command(BaseCommand):
    """Run it after every restore; run it as often as you like."""

    help = "Erase again the people of the erasure list whom a restored backup brought back."

    def add_arguments(self, parser):
        parser.add_argument("--list", type=Path, help="the list, if not VAR_DIR/erasures.txt")

    def handle(self, *args, **options):
        path = options["list"] or list_path()
        try:
            listed = read_list(path)
        except ValueError as error:
            raise CommandError(
                _("%(path)s is no list of erasures: %(fault)s") % {"path": path, "fault": error}
            ) from error
        number = sum(self._replay(unit, listed) for unit in Unit.objects.order_by("path"))
        scrub_free_space()
        self.stdout.write(_("Erased again: %(number)s.") % {"number": number})

    def _replay(self, unit: Unit, listed: list[Listed]) -> int:
        with scope_of_unit(unit):
            self._note_what_the_list_lacks(unit, listed)
            done = set(Erasure.objects.values_list("person", flat=True))
            due = [each for each in listed if each.unit_code == unit.code]
            number = 0
            for each in due:
                for member in Member.objects.filter(person=each.person).exclude(person__in=done):
                    erase_again(member, each)
                    number += 1
        return number

    def _note_what_the_list_lacks(self, unit: Unit, listed: list[Listed]):
        """Lines for erasures of the database that never reached the list."""
        known = {each.key for each in (*listed, *read_list(list_path()))}
        rows = [
            line
            for erasure in Erasure.objects.order_by("number").select_related("unit", "member")
            for line in lines_of(erasure)
        ]
        append_to_list([row for row in rows if row.key not in known])
