"""``manage.py create_trial_accounts --unit CODE``: one account per role, one-time passwords."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from cases.accounts import create_trial_accounts
from units.models import Unit


class Command(BaseCommand):
    """Makes the accounts that are missing; existing ones keep their passwords."""

    help = "Create one account per role in a unit, and print their one-time passwords."

    def add_arguments(self, parser):
        parser.add_argument("--unit", required=True, help="code of the unit")

    def handle(self, *args, unit: str, **options):
        found = Unit.objects.filter(code=unit).first()
        if found is None:
            raise CommandError(
                _("There is no unit with the code %(code)s.") % {"code": unit}, returncode=2
            )
        for account in create_trial_accounts(found):
            self.stdout.write(f"{account.role}  {account.username}  {account.password}")
