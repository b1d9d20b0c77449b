"""``manage.py create_administrator``: the first account of an installation that starts empty."""

import secrets

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from units.models import RoleGrant, Unit, User
from units.roles import Role


class Command(BaseCommand):
    """Makes a system administrator, and the unit where it does not exist yet."""

    help = "Create a system administrator with a random one-time password, printed once."

    def add_arguments(self, parser):
        parser.add_argument("username")
        parser.add_argument("--name", required=True, help="the person's name")
        parser.add_argument("--unit", required=True, help="code of the unit: a-z, 0-9 and -")
        parser.add_argument("--unit-name", help="full name, for a unit that does not exist yet")

    def handle(self, *args, username: str, name: str, unit: str, unit_name: str | None, **options):
        password = secrets.token_urlsafe(12)
        try:
            with transaction.atomic():
                user = User.objects.create_user(
                    username, password, full_name=name, must_change_password=True
                )
                grant = RoleGrant(
                    user=user, unit=self.unit(unit, unit_name), role=Role.ADMINISTRATOR
                )
                grant.full_clean()
                grant.save()
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages), returncode=2) from refused
        self.stdout.write(
            _("Account %(name)s, one-time password: %(password)s")
            % {"name": username, "password": password}
        )

    def unit(self, code: str, name: str | None) -> Unit:
        """The unit of that code, made if a name is given and it does not exist."""
        found = Unit.objects.filter(code=code).first()
        if found:
            return found
        if not name:
            raise CommandError(
                _("There is no unit %(code)s yet: give its full name with --unit-name.")
                % {"code": code},
                returncode=2,
            )
        made = Unit(code=code, name=name, short_name=name)
        made.full_clean(exclude=["path"])
        made.save()
        return made
