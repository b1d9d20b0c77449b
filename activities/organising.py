"""Organisations that are typed as organisers before anybody entered them."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from members.models import Organisation, Party
from units.models import Unit

Level = Organisation.Level
_LEVEL_WORDS = (
    ("总支", Level.GENERAL_BRANCH),
    ("小组", Level.GROUP),
    ("支部", Level.BRANCH),
    ("支社", Level.BRANCH),
    ("委员会", Level.COMMITTEE),
    ("党委", Level.COMMITTEE),
)
"""The longest first: a 总支部 is no 支部."""


def organisation_called(name: str, *, unit: Unit) -> Organisation:
    """An unsaved organisation of that name, of the level and party that the name itself says.

    民盟支部 is a branch of 民盟, 第四支部 one of the Communist Party. ValidationError for a name
    without such a word: a trade union or another unit is no party organisation.
    """
    level = next((level for word, level in _LEVEL_WORDS if word in name), None)
    if level is None:
        raise ValidationError(
            _(
                "“%(name)s” does not say what organisation of a party it is (支部, 总支, 小组 …). "
                "Enter others under “partner outside”."
            )
            % {"name": name}
        )
    return Organisation(unit=unit, name=name, level=level, party=_party_in(name))


def _party_in(name: str) -> Party | None:
    for party in Party.objects.all():
        if name.startswith((party.name, party.short_name, party.brief)):
            return party
    return None
