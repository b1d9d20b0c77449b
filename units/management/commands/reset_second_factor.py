"""``manage.py reset_second_factor``: for the administrator who lost phone and recovery codes."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from units.account_care import reset_second_factor
from units.acting import Act, acting
from units.models import User


class Command(BaseCommand):
    """Takes the second factor away; the password stays as it is."""

    help = "Take away the second factor of an account and end its sessions."

    def add_arguments(self, parser):
        parser.add_argument("username")

    def handle(self, *args, username: str, **options):
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(
                _("There is no account %(name)s.") % {"name": username}, returncode=2
            )
        with acting(Act(source="command reset_second_factor")):
            reset_second_factor(user)
        self.stdout.write(_("%(name)s signs in with the password alone now.") % {"name": username})
