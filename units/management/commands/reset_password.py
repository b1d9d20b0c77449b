"""``manage.py reset_password``: a new one-time password, printed once."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from units.acting import Act, acting
from units.models import User
from units.passwords import give_one_time_password


class Command(BaseCommand):
    """For an administrator who forgot the password. The second factor stays as it is."""

    help = "Give an account a one-time password: it opens once, within 24 hours."

    def add_arguments(self, parser):
        parser.add_argument("username")

    def handle(self, *args, username: str, **options):
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(
                _("There is no account %(name)s.") % {"name": username}, returncode=2
            )
        with acting(Act(source="command reset_password")):
            password = give_one_time_password(user)
            user.save()
        self.stdout.write(
            _("Account %(name)s, one-time password: %(password)s")
            % {"name": username, "password": password}
        )
