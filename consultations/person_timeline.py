"""What this room tells of a person: the suggestions they signed. An unsigned one is nobody's."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from consultations.models import Suggestion
from members.models import Member
from members.timeline import Entry, Source, add_source

_SHOWN = 60


def signed(member: Member) -> Iterator[Entry]:
    """The suggestions that ``member`` signed in person, with the beginning of their wording."""
    rows = Suggestion.objects.filter(proposers=member, signature=Suggestion.Signature.PERSONS)
    for row in rows:
        more = "…" if len(row.wording) > _SHOWN else ""
        yield Entry(f"{row} {row.wording[:_SHOWN]}{more}", row.registered_on)


def connect():
    """Add this source to every timeline; called once, when the app is ready."""
    add_source(Source("suggestion", _("suggestion"), signed))
