"""What happened to a suggestion, as one list of days in words."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from consultations.models import Reply, Step, Suggestion


@dataclass(frozen=True)
class Entry:
    """One line: the day, what it was, and what is known of it, in parts."""

    day: date
    place: int
    title: str
    parts: tuple[str, ...]
    words: str = ""
    is_reply: bool = False


def timeline(suggestion: Suggestion) -> list[Entry]:
    """Steps and replies in the order in which they happened; two queries."""
    steps = suggestion.steps.select_related("department", "co_department", "merged_into")
    entries = [_of_step(step) for step in steps]
    entries += [_of_reply(reply) for reply in suggestion.replies.all()]
    return sorted(entries, key=lambda entry: (entry.day, entry.place))


def _of_step(step: Step) -> Entry:
    facts = [
        (_("department: %s"), step.department),
        (_("together with: %s"), step.co_department),
        (_("reply due: %s"), step.due_on),
        (_("into %s"), step.merged_into),
        (_("result: %s"), step.get_result_display()),
        ("%s", step.get_way_display()),
        (_("the proposer's word: %s"), step.get_satisfaction_display()),
        ("%s", step.get_outcome_display()),
    ]
    parts = tuple(words % value for words, value in facts if value)
    return Entry(step.on, step.place, str(step.get_kind_display()), parts, step.words)


def _of_reply(reply: Reply) -> Entry:
    return Entry(
        reply.replied_on,
        reply.place,
        str(Reply._meta.verbose_name),
        (str(reply.get_way_display()),),
        reply.wording,
        is_reply=True,
    )
