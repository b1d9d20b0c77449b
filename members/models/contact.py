"""How a person is reached: one telephone number, sealed."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models.member import Member
from units.encryption import (
    SealBroken,
    SealedColumn,
    index_of,
    indexes_of,
    masked,
    rotates,
    seal,
    unseal,
)
from units.models import Unit
from units.scoping import UnitRow, scoped

_NUMBER = re.compile(r"\+?\d{7,15}")
_SEPARATORS = re.compile(r"[\s\-()]")


def plain_number(written: str) -> str:
    """``written`` without spaces, hyphens and the country code +86, in ASCII digits.

    ValidationError if no telephone number remains.
    """
    number = _SEPARATORS.sub("", unicodedata.normalize("NFKC", written)).removeprefix("+86")
    if number and not _NUMBER.fullmatch(number):
        raise ValidationError(_("Enter a telephone number: digits, spaces and hyphens only."))
    return number


class ContactQuerySet(models.QuerySet):
    """Contacts, found by number without storing it readably."""

    def with_phone(self, number: str, *, unit: Unit):
        """The contacts of ``unit`` with exactly this number, however it is written."""
        indexes = indexes_of(plain_number(number), bound_to=_place(unit.pk))
        return self.filter(unit=unit, phone_index__in=indexes)


class Contact(UnitRow):
    """A person's telephone number, for the office to reach them. Nobody has to give one.

    Tables, history, log and backups hold ciphertext; ``phone`` opens it.
    """

    member = models.OneToOneField(
        Member, verbose_name=_("person"), on_delete=models.PROTECT, related_name="contact"
    )
    phone_sealed = models.CharField(
        _("telephone (sealed)"), max_length=200, blank=True, editable=False
    )
    phone_index = models.CharField(
        _("telephone (search key)"), max_length=64, blank=True, editable=False, db_index=True
    )

    HIDDEN_FIELDS = frozenset({"phone_sealed", "phone_index"})
    ANEW_EACH_TIME = frozenset({"phone_sealed"})
    """The same number is never sealed twice alike: two rows are compared without it."""

    dating = ()

    objects = scoped(ContactQuerySet)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["member__sort_key", "pk"]

    def __str__(self):
        return f"{self.member}: {self.masked_phone}"

    @property
    def phone(self) -> str:
        """The number. ``units.encryption.SealBroken`` if the stored value was altered."""
        return unseal(self.phone_sealed, bound_to=_place(self.unit_id))

    @phone.setter
    def phone(self, written: str):
        number = plain_number(written)
        if self.unit_id is None:
            self.unit_id = self.member.unit_id
        place = _place(self.unit_id)
        self.phone_sealed = seal(number, bound_to=place)
        self.phone_index = index_of(number, bound_to=place)

    @property
    def masked_phone(self) -> str:
        """The number as lists show it, 139****5678; in words that it cannot be opened."""
        try:
            return masked(self.phone)
        except SealBroken as broken:
            return str(broken)


def _place(unit_id: int) -> str:
    """What a number is bound to: it opens in no other field and in no other unit."""
    return f"members.contact/phone/unit {unit_id}"


rotates(
    SealedColumn(
        model="members.contact",
        field="phone_sealed",
        place=lambda contact: _place(contact.unit_id),
        index="phone_index",
    )
)
