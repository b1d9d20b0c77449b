"""What this room tells of a person: the suggestions they signed. An unsigned one is nobody's."""

from django.db.models import QuerySet
from django.db.models.functions import Substr
from django.utils.translation import gettext_lazy as _

from consultations.models import Suggestion
from members.models import Member
from members.timeline import Source, add_source

_SHOWN = 60


def _signed(member: Member) -> QuerySet[Suggestion]:
    return Suggestion.objects.filter(proposers=member, signature=Suggestion.Signature.PERSONS)


def _words(_member, year: str, number: str, beginning: str) -> str:
    more = "…" if len(beginning) > _SHOWN else ""
    return f"{year}-{number} {beginning[:_SHOWN]}{more}"


def source() -> Source:
    """What this room tells."""
    columns = ("year", "number", Substr("wording", 1, _SHOWN + 1))
    return Source("suggestion", _("suggestion"), _signed, columns, _words, on="registered_on")


def connect():
    """Add this source to every timeline; called once, when the app is ready."""
    add_source(source())
