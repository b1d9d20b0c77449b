"""``manage.py rotate_keys``: seal every telephone number anew with the first key of FIELD_KEYS."""

from collections.abc import Iterator

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from members.models import Contact
from units.blanking import overwrite_versions, scrub_free_space
from units.encryption import SealBroken, is_sealed_with_current_key, key_ring
from units.models import Unit
from units.scoping import scope_of_unit


class Command(BaseCommand):
    """Put the new key first, run this, then take the old key away.

    Exit status 1 if a value does not open; it stays as it is, and all others are sealed anew.
    """

    help = "Seal every encrypted field anew, earlier versions included, with the first key."

    def handle(self, *args, **options):
        broken = []
        number = 0
        for unit in Unit.objects.order_by("path"):
            with scope_of_unit(unit), transaction.atomic():
                for contact in Contact.objects.order_by("pk"):
                    number += self._reseal(contact, broken)
                for version in Contact.history.order_by("history_id"):
                    self._reseal_version(version, broken)
        scrub_free_space()
        self.stdout.write(
            _("Sealed anew with key %(id)s: %(number)s.")
            % {"id": key_ring()[0].id, "number": number}
        )
        if broken:
            raise CommandError("\n".join(broken), returncode=1)

    def _reseal(self, contact: Contact, broken: list[str]) -> int:
        for opened in self._opened(contact, contact.pk, broken):
            contact.phone = opened
            contact.save()
            return 1
        return 0

    def _reseal_version(self, version, broken: list[str]):
        contact = version.instance
        for opened in self._opened(contact, f"{contact.pk}/{version.history_id}", broken):
            contact.phone = opened
            overwrite_versions(
                Contact.history.filter(history_id=version.history_id),
                {"phone_sealed": contact.phone_sealed, "phone_index": contact.phone_index},
            )

    def _opened(self, contact: Contact, key, broken: list[str]) -> Iterator[str]:
        """The number, if it has to be sealed anew and opens."""
        if is_sealed_with_current_key(contact.phone_sealed):
            return
        try:
            yield contact.phone
        except SealBroken as error:
            broken.append(f"{Contact._meta.label} {key}: {error}")
