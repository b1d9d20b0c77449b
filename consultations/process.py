"""Moving a suggestion on: which steps are possible where it stands, and taking one.

The table is the whole rule. A step of June that is typed in December is put in its place among what
is there already, and the whole course must still be possible after it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from consultations.models import Reply, State, Step, Suggestion
from consultations.models.course import STATE_AFTER
from units.acting import because
from units.events import hold_chain

REPLY = "reply"
"""Stands for a reply in the table, beside the kinds of steps."""

_K = Step.Kind
_WORDS = {_K.INSTRUCTED, _K.NOTE}
"""What is only said about it, as long as somebody works on it."""
ALLOWED: dict[str, frozenset[str]] = {
    State.REGISTERED: frozenset({_K.ACCEPTED, _K.DECLINED, _K.MERGED, REPLY, *_WORDS}),
    State.ACCEPTED: frozenset({_K.ASSIGNED, _K.DECLINED, _K.MERGED, REPLY, *_WORDS}),
    State.IN_HAND: frozenset({_K.ASSIGNED, _K.EXTENDED, _K.MERGED, REPLY, *_WORDS}),
    State.ANSWERED: frozenset({_K.RESULT, _K.FED_BACK, _K.NOTE, _K.ASSIGNED, REPLY}),
    State.FED_BACK: frozenset({_K.RESULT, _K.REOPENED, _K.CLOSED, _K.NOTE, _K.FED_BACK, REPLY}),
    State.DECLINED: frozenset({_K.FED_BACK, _K.REOPENED, _K.NOTE}),
    State.MERGED: frozenset({_K.REOPENED, _K.NOTE}),
    State.CLOSED: frozenset({_K.REOPENED, _K.FOLLOWED_UP, _K.NOTE}),
}


@dataclass(frozen=True, order=True)
class _Happening:
    """One step or reply in the order in which they took place."""

    on: date
    place: int
    kind: str
    result: str = ""


def possible(suggestion: Suggestion) -> frozenset[str]:
    """The kinds of steps, and :data:`REPLY`, that ``suggestion`` can take now."""
    state, result = State.REGISTERED, ""
    for each in _happenings(suggestion):
        state, result = _after(state, result, each)
    return _allowed(state, result)


def check(step: Step):
    """ValidationError, in words, where ``step`` is not whole or does not fit. Stores nothing."""
    step.unit = step.suggestion.unit
    step.full_clean()
    place = step.suggestion.next_place()
    _refuse_unless_possible(
        [*_happenings(step.suggestion), _Happening(step.on, place, step.kind, step.result)]
    )
    if step.kind == _K.MERGED:
        _refuse_ring(step)


def check_reply(given: Reply):
    """The same for a reply."""
    given.unit = given.suggestion.unit
    given.full_clean()
    place = given.suggestion.next_place()
    _refuse_unless_possible(
        [*_happenings(given.suggestion), _Happening(given.replied_on, place, REPLY)]
    )


@transaction.atomic
def take(step: Step) -> Step:
    """Store one step. ValidationError, in words, where it does not fit."""
    hold_chain()
    check(step)
    step.save()
    return step


@transaction.atomic
def reply(given: Reply) -> Reply:
    """Store one reply. ValidationError, in words, where it does not fit."""
    hold_chain()
    check_reply(given)
    given.save()
    return given


@transaction.atomic
def take_back(step: Step, *, reason: str):
    """Undo a step that was entered by mistake; it stays in the log and in the history.

    ValidationError where what is left would not be possible, or no reason is given.
    """
    hold_chain()
    if not reason.strip():
        raise ValidationError(_("Give the reason."))
    left = [each for each in _happenings(step.suggestion) if each.place != step.place]
    _refuse_unless_possible(left)
    with because(reason):
        step.delete()


def _happenings(suggestion: Suggestion) -> list[_Happening]:
    steps = suggestion.steps.values_list("on", "place", "kind", "result")
    replies = suggestion.replies.values_list("replied_on", "place")
    found = [_Happening(*step) for step in steps]
    return sorted(found + [_Happening(on, place, REPLY) for on, place in replies])


def _after(state: str, result: str, each: _Happening) -> tuple[str, str]:
    """State and result after one more happening."""
    if each.kind == REPLY:
        return State.ANSWERED, result
    return STATE_AFTER.get(each.kind, state), each.result or result


def _allowed(state: str, result: str) -> frozenset[str]:
    allowed = ALLOWED[state]
    return allowed if result == Step.Result.PLANNED else allowed - {_K.FOLLOWED_UP}


def _refuse_unless_possible(course: Iterable[_Happening]):
    """Walk the whole course; ValidationError at the first thing that does not fit."""
    state, result = State.REGISTERED, ""
    for each in sorted(course):
        if each.kind not in _allowed(state, result):
            raise ValidationError(
                _("On %(day)s it was “%(state)s”: “%(step)s” does not fit there.")
                % {"day": each.on, "state": State(state).label, "step": _label(each.kind)}
            )
        state, result = _after(state, result, each)


def _label(kind: str) -> str:
    return str(Reply._meta.verbose_name if kind == REPLY else _K(kind).label)


def _refuse_ring(step: Step):
    """Merged suggestions must lead to one that is not merged itself."""
    seen, target = {step.suggestion_id}, step.merged_into
    while target is not None:
        if target.pk in seen:
            raise ValidationError({"merged_into": _("They would be merged into each other.")})
        seen.add(target.pk)
        target = merged_into(target)


def merged_into(suggestion: Suggestion) -> Suggestion | None:
    """The suggestion into which this one is merged now; None where it is not."""
    last = suggestion.steps.filter(kind__in=STATE_AFTER).order_by("on", "place").last()
    return last.merged_into if last is not None and last.kind == _K.MERGED else None
