"""``manage.py load_case 2017``: put a ready-made case into an installation."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from cases.loading import CaseError, load
from cases.reading import available_cases


class Command(BaseCommand):
    """Loads a case whole or not at all; a case that is there already is refused."""

    help = "Load a ready-made case (a unit with a year's records)."

    def add_arguments(self, parser):
        parser.add_argument("case", choices=available_cases())

    def handle(self, *args, case: str, **options):
        try:
            unit = load(case)
        except CaseError as refused:
            raise CommandError(str(refused), returncode=2) from refused
        self.stdout.write(
            _("Loaded the case %(case)s: %(unit)s (code %(code)s).")
            % {"case": case, "unit": unit.name, "code": unit.code}
        )
