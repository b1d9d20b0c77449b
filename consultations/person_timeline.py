"""What this room tells of a person: suggestions they signed, and what they proposed elsewhere.

An unsigned suggestion is nobody's.
"""

from django.db.models import QuerySet
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations.models import Proposal, Suggestion
from members.models import Member
from members.timeline import Source, add_source

_SHOWN = 60


def _signed(member: Member) -> QuerySet[Suggestion]:
    return Suggestion.objects.filter(proposers=member, signature=Suggestion.Signature.PERSONS)


def _words(_member, year: str, number: str, beginning: str) -> str:
    more = "…" if len(beginning) > _SHOWN else ""
    return f"{year}-{number} {beginning[:_SHOWN]}{more}"


def _proposed(member: Member) -> QuerySet[Proposal]:
    return Proposal.objects.filter(proposers=member)


def _proposal(member: Member, kind: str, title: str, key: str) -> tuple[str, str]:
    words = f"{Proposal.Kind(kind).label} {title}"
    return words, reverse("proposal", args=[member.unit.code, key])


def sources() -> list[Source]:
    """What this room tells."""
    columns = ("year", "number", Substr("wording", 1, _SHOWN + 1))
    of_proposals = ("kind", "title", "pk")
    return [
        Source("suggestion", _("suggestion"), _signed, columns, _words, on="registered_on"),
        Source("proposal", _("proposal"), _proposed, of_proposals, _proposal, on="submitted_on"),
    ]


def connect():
    """Add these sources to every timeline; called once, when the app is ready."""
    for source in sources():
        add_source(source)
