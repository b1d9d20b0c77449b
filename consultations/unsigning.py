"""A suggestion that was signed and is not to be: every trace of who spoke is taken out.

Not only the link goes, but also what the history and the log know of it, so that nobody can find
out afterwards, an administrator included.
"""

from django.db import transaction

from consultations.models import Suggestion
from units.blanking import forget_details, overwrite_versions
from units.drafts import leave_out
from units.events import Action, hold_chain, record

_TRACES = frozenset({"proposers", "organisation_id", "signature"})
_WHO = frozenset({"proposers", "organisation"})


@transaction.atomic
def forget_proposers(suggestion: Suggestion):
    """Make ``suggestion`` unsigned, and forget who had signed it."""
    hold_chain()
    suggestion.proposers.clear()
    suggestion.organisation = None
    suggestion.signature = Suggestion.Signature.UNSIGNED
    suggestion.save()
    versions = Suggestion.history.filter(id=suggestion.pk)
    overwrite_versions(versions, {"organisation": None, "signature": suggestion.signature})
    key = str(suggestion.pk)
    forgotten = forget_details(
        unit=suggestion.unit,
        says=lambda model, object_id, content: (
            (model, object_id) == ("consultations.suggestion", key)
            and not _TRACES.isdisjoint(content)
        ),
    )
    record(Action.ERASE, row=suggestion, events=forgotten, fields=sorted(_TRACES))


def without_who(fields: list[list[str]]) -> list[list[str]]:
    """The typed ``fields`` of a form as they may be kept for a session that ended: whoever was
    chosen before it was said to be unsigned is left out.
    """
    is_unsigned = ["signature", Suggestion.Signature.UNSIGNED] in [row[:2] for row in fields]
    return [row for row in fields if not (is_unsigned and row[0] in _WHO)]


def connect():
    """Have every draft leave them out; called once, when the app is ready."""
    leave_out(without_who)
