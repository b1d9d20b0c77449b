"""``manage.py person_file``: everything stored about one person, as a JSON file."""

import json
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from members.models import Member
from members.own_sheet import own_sheet
from units.events import Action, record
from units.models import Unit
from units.scoping import scope_of_unit


class Command(BaseCommand):
    """The same as the page offers for download; that it was made is in the change log."""

    help = "Write what is stored about one person, and about nobody else, to a JSON file."

    def add_arguments(self, parser):
        parser.add_argument("--unit", required=True, help="code of the unit")
        parser.add_argument("--person", required=True, type=int, help="key of the person")
        parser.add_argument("--output", required=True, type=Path)

    def handle(self, *args, unit: str, person: int, output: Path, **options):
        found = Unit.objects.filter(code=unit).first()
        if found is None:
            raise CommandError(_("There is no unit with that code."), returncode=2)
        with scope_of_unit(found):
            content = self._content(person, day=timezone.localdate())
        output.touch(mode=0o600)
        output.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
        self.stdout.write(str(output))

    def _content(self, person: int, *, day: date) -> dict:
        member = Member.objects.select_related("unit").filter(pk=person).first()
        if member is None:
            raise CommandError(_("This unit has no person with that key."), returncode=2)
        record(Action.EXPORT, row=member, file="own sheet", format="json", rows=1, full=True)
        return own_sheet(member, day=day, full=True).as_json()
