"""The course of a suggestion: which step fits where, and how things stood on any day."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultations import process
from consultations.deadlines import Deadlines
from consultations.models import OPEN, Reply, State, Step, Suggestion
from tests import factories
from units.models import Event

MADE_ON = date(2017, 3, 15)
KIND = Step.Kind
DETAILS = {
    KIND.DECLINED: {"words": "不属于本单位职责"},
    KIND.EXTENDED: {"due_on": date(2017, 6, 30), "words": "需要财务部门核算"},
    KIND.INSTRUCTED: {"words": "请总务处研究"},
    KIND.NOTE: {"words": "已与总务处沟通"},
    KIND.RESULT: {"result": Step.Result.PLANNED, "words": "列入下学期计划"},
    KIND.FED_BACK: {"way": Reply.Way.FACE, "satisfaction": Step.Satisfaction.SATISFIED},
    KIND.REOPENED: {"words": "提出人不满意"},
    KIND.FOLLOWED_UP: {"outcome": Step.Outcome.DONE},
}


@pytest.fixture
def suggestion(in_scope):
    return factories.suggestion(in_scope, registered_on=MADE_ON)


def take(suggestion, kind, day=MADE_ON):
    """One step of ``kind``, or a reply, with whatever its kind needs."""
    if kind == process.REPLY:
        given = Reply(suggestion=suggestion, replied_on=day, wording="已列入计划。")
        return process.reply(given)
    return process.take(Step(suggestion=suggestion, kind=kind, on=day, **details(suggestion, kind)))


def details(suggestion, kind) -> dict:
    if kind == KIND.ASSIGNED:
        return {"department": department(suggestion.unit), "due_on": MADE_ON + timedelta(days=30)}
    if kind == KIND.MERGED:
        other = factories.suggestion(suggestion.unit, registered_on=MADE_ON)
        return {"merged_into": other}
    return DETAILS.get(kind, {})


def department(unit):
    return factories.department(unit, f"部门{factories.next_number()}")


def state(suggestion, day=date(2018, 12, 31)) -> str:
    return Suggestion.objects.with_course(day=day).get(pk=suggestion.pk).state


WAYS = {
    State.REGISTERED: [],
    State.ACCEPTED: [KIND.ACCEPTED],
    State.DECLINED: [KIND.DECLINED],
    State.MERGED: [KIND.MERGED],
    State.IN_HAND: [KIND.ACCEPTED, KIND.ASSIGNED],
    State.ANSWERED: [KIND.ACCEPTED, process.REPLY],
    State.FED_BACK: [KIND.ACCEPTED, process.REPLY, KIND.RESULT, KIND.FED_BACK],
    State.CLOSED: [KIND.ACCEPTED, process.REPLY, KIND.RESULT, KIND.FED_BACK, KIND.CLOSED],
}


@pytest.mark.parametrize("kind", [*KIND.values, process.REPLY])
@pytest.mark.parametrize("start", State.values)
def test_every_step_from_every_state(suggestion, start, kind):
    for each in WAYS[start]:
        take(suggestion, each)
    assert state(suggestion) == start
    before = (suggestion.steps.count(), suggestion.replies.count())
    if kind in process.ALLOWED[start]:
        take(suggestion, kind)
        assert sum(before) + 1 == suggestion.steps.count() + suggestion.replies.count()
    else:
        with pytest.raises(ValidationError, match="不能办理"):
            take(suggestion, kind)
        assert (suggestion.steps.count(), suggestion.replies.count()) == before


def test_the_state_of_each_day_stays_what_it_was(suggestion):
    take(suggestion, KIND.ACCEPTED, date(2017, 3, 16))
    take(suggestion, KIND.ASSIGNED, date(2017, 3, 20))
    take(suggestion, process.REPLY, date(2017, 4, 10))
    take(suggestion, KIND.FED_BACK, date(2017, 4, 12))
    take(suggestion, KIND.REOPENED, date(2017, 4, 20))
    days = [date(2017, 3, 15), date(2017, 3, 16), date(2017, 3, 31), date(2017, 4, 10)]
    days += [date(2017, 4, 12), date(2017, 4, 19), date(2017, 4, 20)]
    assert [state(suggestion, day) for day in days] == [
        *("registered", "accepted", "in_hand", "answered"),
        *("fed_back", "fed_back", "in_hand"),
    ]


def test_a_paper_typed_late_is_put_in_its_place(suggestion):
    take(suggestion, KIND.ACCEPTED, date(2017, 3, 16))
    take(suggestion, KIND.ASSIGNED, date(2017, 3, 20))
    take(suggestion, process.REPLY, date(2017, 4, 10))
    # The extension of 1 April turns up in December: it fits before the reply.
    take(suggestion, KIND.EXTENDED, date(2017, 4, 1))
    with pytest.raises(ValidationError, match="2017-05-01"):
        take(suggestion, KIND.EXTENDED, date(2017, 5, 1))
    # Declining it on 2 April would leave the reply of the 10th without sense.
    with pytest.raises(ValidationError, match="不能办理"):
        take(suggestion, KIND.DECLINED, date(2017, 4, 2))


def test_a_mistaken_step_is_taken_back_with_a_reason_and_stays_in_the_log(suggestion):
    accepted = take(suggestion, KIND.ACCEPTED)
    assigned = take(suggestion, KIND.ASSIGNED)
    with pytest.raises(ValidationError, match="理由"):
        process.take_back(assigned, reason=" ")
    with pytest.raises(ValidationError, match="不能办理"):
        process.take_back(accepted, reason="录错")
    key = str(assigned.pk)
    process.take_back(assigned, reason="录错了部门")
    assert state(suggestion) == State.ACCEPTED
    event = Event.objects.get(model="consultations.step", object_id=key, action="delete")
    assert event.reason == "录错了部门"


def test_merged_suggestions_do_not_run_in_a_ring(in_scope):
    first, second, third = (
        factories.suggestion(in_scope, registered_on=MADE_ON) for _each in range(3)
    )
    for one, other in ((first, second), (second, third)):
        process.take(Step(suggestion=one, kind=KIND.MERGED, on=MADE_ON, merged_into=other))
    with pytest.raises(ValidationError, match="互相并入"):
        process.take(Step(suggestion=third, kind=KIND.MERGED, on=MADE_ON, merged_into=first))
    assert process.merged_into(first) == second
    assert process.merged_into(third) is None


@pytest.mark.parametrize(
    ("kind", "missing"),
    [
        (KIND.DECLINED, {"words"}),
        (KIND.MERGED, {"merged_into"}),
        (KIND.ASSIGNED, {"department", "due_on"}),
        (KIND.EXTENDED, {"due_on", "words"}),
        (KIND.RESULT, {"result"}),
        (KIND.FED_BACK, {"way"}),
        (KIND.REOPENED, {"words"}),
        (KIND.FOLLOWED_UP, {"outcome"}),
    ],
)
def test_a_step_has_what_its_kind_needs(suggestion, kind, missing):
    with pytest.raises(ValidationError) as refused:
        process.take(Step(suggestion=suggestion, kind=kind, on=MADE_ON))
    assert missing <= set(refused.value.message_dict)


def test_a_step_has_nothing_that_does_not_belong_to_it(suggestion):
    with pytest.raises(ValidationError) as refused:
        process.take(
            Step(
                suggestion=suggestion,
                kind=KIND.ACCEPTED,
                on=MADE_ON,
                result=Step.Result.SOLVED,
                due_on=MADE_ON,
            )
        )
    assert {"result", "due_on"} <= set(refused.value.message_dict)


def test_planned_or_noted_says_why(suggestion):
    take(suggestion, process.REPLY)
    with pytest.raises(ValidationError) as refused:
        process.take(Step(suggestion=suggestion, kind=KIND.RESULT, on=MADE_ON, result="noted"))
    assert list(refused.value.message_dict) == ["words"]


def test_only_what_was_planned_is_followed_up(suggestion):
    take(suggestion, process.REPLY)
    solved = Step(suggestion=suggestion, kind=KIND.RESULT, on=MADE_ON, result="solved")
    process.take(solved)
    take(suggestion, KIND.FED_BACK)
    take(suggestion, KIND.CLOSED)
    assert KIND.FOLLOWED_UP not in process.possible(suggestion)
    take(suggestion, KIND.REOPENED)
    take(suggestion, process.REPLY)
    take(suggestion, KIND.RESULT)
    take(suggestion, KIND.FED_BACK)
    take(suggestion, KIND.CLOSED)
    assert KIND.FOLLOWED_UP in process.possible(suggestion)


# --- deadlines ---


def overdue(unit, day) -> set[int]:
    rows = Suggestion.objects.filter(unit=unit).overdue(**Deadlines.of(unit).late(day))
    return set(rows.values_list("pk", flat=True))


def test_undecided_is_late_after_five_working_days(in_scope, suggestion):
    # Wed 15 March 2017: Thu, Fri, Mon, Tue, Wed 22 is the fifth working day.
    assert overdue(in_scope, date(2017, 3, 22)) == set()
    assert overdue(in_scope, date(2017, 3, 23)) == {suggestion.pk}


def test_an_extension_moves_the_deadline(in_scope, suggestion):
    take(suggestion, KIND.ACCEPTED)
    take(suggestion, KIND.ASSIGNED)  # due on 14 April
    assert overdue(in_scope, date(2017, 4, 14)) == set()
    assert overdue(in_scope, date(2017, 4, 15)) == {suggestion.pk}
    take(suggestion, KIND.EXTENDED, date(2017, 4, 13))  # to 30 June
    assert overdue(in_scope, date(2017, 6, 30)) == set()
    assert overdue(in_scope, date(2017, 7, 1)) == {suggestion.pk}


def test_accepted_without_a_deadline_is_late_after_the_usual_time(in_scope, suggestion):
    take(suggestion, KIND.ACCEPTED)
    # 30 days after 15 March is Fri 14 April.
    assert overdue(in_scope, date(2017, 4, 14)) == set()
    assert overdue(in_scope, date(2017, 4, 15)) == {suggestion.pk}


def test_what_is_answered_is_never_late(in_scope, suggestion):
    take(suggestion, process.REPLY, date(2017, 8, 1))
    assert overdue(in_scope, date(2017, 7, 31)) == {suggestion.pk}
    assert overdue(in_scope, date(2018, 1, 1)) == set()


# --- whatever order ---


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.tuples(st.sampled_from([*KIND.values, "reply"]), st.integers(0, 60)), max_size=9)
)
def test_no_order_of_steps_loses_a_reply_or_confuses_the_state(in_scope, course):
    suggestion = factories.suggestion(in_scope, registered_on=MADE_ON)
    replies = []
    for kind, days in course:
        if kind == KIND.MERGED:
            continue  # it would make a second suggestion in each example
        try:
            taken = take(suggestion, kind, MADE_ON + timedelta(days=days))
        except ValidationError:
            continue
        if kind == "reply":
            replies.append((taken.pk, taken.replied_on))
    stored = [(row.pk, row.replied_on) for row in suggestion.replies.order_by("pk")]
    assert stored == replies
    # The database's state and the table's agree: from where it stands, exactly these are possible.
    possible = process.possible(suggestion)
    stands = state(suggestion, MADE_ON + timedelta(days=60))
    assert possible | {KIND.FOLLOWED_UP} == process.ALLOWED[stands] | {KIND.FOLLOWED_UP}
    waiting = Suggestion.objects.open_on(MADE_ON + timedelta(days=60))
    assert (stands in OPEN) == waiting.filter(pk=suggestion.pk).exists()
