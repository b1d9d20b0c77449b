"""``manage.py grant_database_role ROLE``: what the program's own PostgreSQL role may do."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from units.database_role import RoleRefused, grant_rights


class Command(BaseCommand):
    """Run as the role that owns the tables, after each ``migrate``. All rights or none."""

    help = "Grant a PostgreSQL role what the running program needs, and take away all else."

    def add_arguments(self, parser):
        parser.add_argument("role")

    def handle(self, *args, role: str, **options):
        try:
            with transaction.atomic():
                number = grant_rights(role)
        except RoleRefused as refused:
            raise CommandError(str(refused), returncode=2) from refused
        self.stdout.write(
            _("%(role)s may work with the rows of %(number)s tables, and only add to the log.")
            % {"role": role, "number": number}
        )
