"""A person in the unit's records, and who is counted on a day."""

import re
import unicodedata
import uuid
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from members.models.career import Appointment, Employment
from members.models.membership import Membership
from members.pinyin import find_key_of, fits, initials_of, sort_key_of
from units.dates import Precision, first_day_of
from units.scoping import UnitRow, scoped

# Letters of any script with at most the dots of transliterated names (阿卜杜拉·买买提) inside.
NAME = RegexValidator(
    re.compile(r"^[^\W\d_]+(?:[·・‧•\s][^\W\d_]+)*$"),
    _("Enter the name alone: letters or characters, with · between the parts if it has any."),
)


class MemberQuerySet(models.QuerySet):
    """Who counts on a day. Every roster and every figure about people starts here."""

    def of_a_party_on(self, day: date):
        """People of this unit, in service or retired, who belong to a democratic party on ``day``.

        Somebody who belongs to two parties is one person. Somebody who has left the unit, or has
        not come yet, is not counted even where the membership goes on.
        """
        return self.employed_on(day).filter(
            Exists(Membership.objects.on(day).filter(member=OuterRef("pk")))
        )

    def employed_on(self, day: date, **employment):
        """People with an employment here on ``day``, retired ones included.

        ``employment`` narrows it: ``full_time_teacher=True`` or ``status="in_service"``.
        """
        return self.filter(
            Exists(Employment.objects.on(day).filter(member=OuterRef("pk"), **employment))
        )

    def in_service_on(self, day: date, **employment):
        """People in service (在职) on ``day``; a retired veteran (离休) is not."""
        return self.employed_on(day, status=Employment.Status.IN_SERVICE, **employment)

    def with_terms_ending(self, *, day: date, by: date):
        """People who hold a post on ``day`` that ends on ``by`` or before."""
        posts = Appointment.objects.on(day).filter(member=OuterRef("pk"), ended_on__lte=by)
        return self.filter(Exists(posts))

    def found_by(self, words: str):
        """People by part of the name, by pinyin with or without spaces, by initials, or by the
        whole staff number: 文清, xu wen, xuwenqing, xwq."""
        return self.filter(called(words))

    def named_like(self, name: str):
        """People of that name, or of another that is read alike: 陈静, 陈婧."""
        sounds = find_key_of(name).split(" ")[0]
        return self.filter(Q(name=name) | Q(find_key__startswith=f"{sounds} "))


def called(words: str) -> Q:
    """Whether somebody is found by ``words``, as :meth:`MemberQuerySet.found_by` says."""
    typed = unicodedata.normalize("NFKC", words).strip()
    key = "".join(typed.lower().replace("ü", "v").replace("'", "").split())
    if not key:
        return Q()
    return Q(name__contains=typed) | Q(find_key__contains=key) | Q(staff_number__iexact=typed)


class Member(UnitRow):
    """A colleague in this unit's records: a democratic-party member, or a secretary.

    One person may stand in the books of two units: two rows with the same ``person`` key, which
    only a transfer copies. Religion, relatives, identity numbers and opinions have no field here.
    """

    class Sex(models.TextChoices):
        """GB/T 2261.1."""

        FEMALE = "female", _("female")
        MALE = "male", _("male")

    person = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)
    name = models.CharField(pgettext_lazy("person", "name"), max_length=40, validators=[NAME])
    reading = models.CharField(
        _("pinyin"),
        max_length=120,
        blank=True,
        help_text=_("Only where the name is read otherwise than usual: dan li kun."),
    )
    sex = models.CharField(_("sex"), max_length=6, choices=Sex, blank=True)
    staff_number = models.CharField(_("staff number"), max_length=20, blank=True)
    ethnic_group = models.CharField(_("ethnic group"), max_length=20, blank=True)
    born_on = models.DateField(_("born"), null=True, blank=True)
    born_precision = models.CharField(
        _("precision"), max_length=5, choices=Precision, default=Precision.MONTH
    )
    checked_on = models.DateField(
        _("last checked"),
        null=True,
        blank=True,
        help_text=_("When the person last confirmed these entries."),
    )
    source = models.CharField(_("source of the entries"), max_length=100, blank=True)
    note = models.CharField(
        _("note"),
        max_length=200,
        blank=True,
        help_text=_("Nothing about opinions, belief, health or family."),
    )
    sort_key = models.CharField(max_length=200, editable=False, db_index=True)
    initials = models.CharField(max_length=40, editable=False)
    find_key = models.CharField(max_length=400, editable=False)

    dating = ()

    objects = scoped(MemberQuerySet)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_key", "pk"]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        if self.born_on:
            self.born_on = first_day_of(self.born_on, self.born_precision)
        if self.reading and self.name and not fits(self.name, self.reading):
            raise ValidationError(
                {"reading": _("One syllable for each character, with spaces between: dan li kun.")}
            )
        if self.staff_number and self._number_taken():
            raise ValidationError(
                {"staff_number": _("Somebody else of this unit has that staff number.")}
            )

    def derive(self):
        """Keep the keys for sorting and searching by pinyin in step with the name."""
        # A name of forty characters may have a longer key; PostgreSQL would refuse the row.
        self.sort_key = sort_key_of(self.name, self.reading)[
            : self._meta.get_field("sort_key").max_length
        ]
        self.initials = initials_of(self.name, self.reading)
        self.find_key = find_key_of(self.name, self.reading)[
            : self._meta.get_field("find_key").max_length
        ]

    def _number_taken(self) -> bool:
        same = Member.objects.filter(unit=self.unit_id, staff_number=self.staff_number)
        return same.exclude(pk=self.pk).exists()
