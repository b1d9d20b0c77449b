"""``manage.py unlock_account``: open a name or an address that was locked by wrong passwords."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from units.acting import Act, acting
from units.lockout import unlock, unlock_address
from units.models import User


class Command(BaseCommand):
    """For the day when the administrator's own account is locked."""

    help = "Unlock an account, or an address from which too many wrong passwords came."

    def add_arguments(self, parser):
        parser.add_argument("username", nargs="?")
        parser.add_argument("--address", help="unlock this network address")

    def handle(self, *args, username: str | None, address: str | None = None, **options):
        if not username and not address:
            raise CommandError(_("Give a user name, or --address."), returncode=2)
        with acting(Act(source="command unlock_account")), transaction.atomic():
            opened = [*self._unlock_name(username), *self._unlock_address(address)]
        for name, was_locked in opened:
            text = _("%(name)s is unlocked.") if was_locked else _("%(name)s was not locked.")
            self.stdout.write(text % {"name": name})

    def _unlock_name(self, username: str | None):
        if username:
            user = User.objects.filter(username=username).first()
            if user is None:
                raise CommandError(
                    _("There is no account %(name)s.") % {"name": username}, returncode=2
                )
            yield username, unlock(user)

    def _unlock_address(self, address: str | None):
        if address:
            yield address, unlock_address(address)
