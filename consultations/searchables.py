"""What this room lets be found: consultations by their agenda, suggestions, proposals.

An unsigned suggestion is found by what was said and never by who said it.
"""

from django.db.models import F, OuterRef, TextField, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from activities.searchables import THEMES, activities, leave_out
from consultations.models import (
    Adoption,
    AgendaItem,
    Consultation,
    Proposal,
    Reply,
    Suggestion,
)
from consultations.models.consultation import KINDS
from members.models import Member, Organisation
from units.models import Unit, User
from units.search import Around, Found, Searchable, add

_BEGINNING = 32
"""Characters of a suggestion that stand beside its number."""


def _suggestion_at(found: Found, unit: Unit, user: User) -> str:
    return reverse("suggestion", args=[unit.code, found.key])


def _suggestion_label(found: Found) -> str:
    """Its number, and how it begins."""
    return f"{found.more} {Truncator(found.head).chars(_BEGINNING, truncate='…')}"


def _proposal_at(found: Found, unit: Unit, user: User) -> str:
    return reverse("proposal", args=[unit.code, found.key])


CONSULTATIONS = activities(
    "consultations",
    _("Consultations"),
    rows=lambda: Consultation.objects.all(),
    texts=("title", "place", "occasion", "summary"),
    around=(
        Around(("subject",), lambda: AgendaItem.objects.filter(consultation=OuterRef("pk"))),
        THEMES,
    ),
)
SUGGESTIONS = Searchable(
    key="suggestions",
    name=_("Suggestions"),
    rows=lambda: Suggestion.objects.all(),
    head="wording",
    more=Concat(
        Cast("year", TextField()), Value("-"), Cast("number", TextField()), output_field=TextField()
    ),
    texts=("wording", "category"),
    on="registered_on",
    order=(F("year").desc(), F("number").desc()),
    around=(Around(("wording",), lambda: Reply.objects.filter(suggestion=OuterRef("pk"))),),
    label=_suggestion_label,
    address=_suggestion_at,
)
PROPOSALS = Searchable(
    key="proposals",
    name=_("Proposals"),
    rows=lambda: Proposal.objects.all(),
    head="title",
    texts=("title", "channel"),
    on="submitted_on",
    order=(F("submitted_on").desc(),),
    around=(
        Around(("body", "instruction"), lambda: Adoption.objects.filter(proposal=OuterRef("pk"))),
        Around(("name",), lambda: Member.objects.filter(proposals=OuterRef("pk"))),
        Around(("name",), lambda: Organisation.objects.filter(pk=OuterRef("organisation"))),
    ),
    address=_proposal_at,
)


def connect():
    """Let these be found; called once, when the app is ready."""
    leave_out(*KINDS)
    for each in (CONSULTATIONS, SUGGESTIONS, PROPOSALS):
        add(each)
