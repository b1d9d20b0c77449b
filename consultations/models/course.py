"""How far a suggestion had come on a day: read from its steps and replies, never stored.

A *state* is where it stands; *overdue* and *due soon* follow from the day, the deadline and the
unit's policy. "Closed" is not "done": what was planned goes on being followed up.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """Where a suggestion stands."""

    REGISTERED = "registered", pgettext_lazy("state", "registered")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("not accepted")
    MERGED = "merged", _("merged into another")
    IN_HAND = "in_hand", _("in hand")
    ANSWERED = "answered", _("answered")
    FED_BACK = "fed_back", pgettext_lazy("state", "result told")
    CLOSED = "closed", _("closed")


OPEN = (State.REGISTERED, State.ACCEPTED, State.IN_HAND)
"""States in which somebody waits for an answer."""

STATE_AFTER = {
    "accepted": State.ACCEPTED,
    "declined": State.DECLINED,
    "merged": State.MERGED,
    "assigned": State.IN_HAND,
    "reopened": State.IN_HAND,
    "fed_back": State.FED_BACK,
    "closed": State.CLOSED,
}
"""The state after a step of each kind that changes it."""


class CourseQuerySet(models.QuerySet):
    """Questions about the course of suggestions, each as of a day that is given."""

    def answered(self, *, by: date):
        """Those with at least one reply on or before the day ``by``."""
        return self.filter(Exists(_replies(by)))

    def fed_back(self, *, by: date):
        """Those whose result was told to the proposers on or before the day ``by``."""
        return self.filter(Exists(_steps(by, "fed_back")))

    def accepted(self, *, by: date, decision: str = "accepted"):
        """Those whose latest decision by then was to accept them, or another ``decision``."""
        decided = _steps(by, "accepted", "declined", "merged").order_by("-on", "-place")
        return self.annotate(_decision=Subquery(decided.values("kind")[:1])).filter(
            _decision=decision
        )

    def with_course(self, *, day: date):
        """Each with ``state``, ``due_on``, ``result``, ``first_reply_on`` and so on as of ``day``.

        ``due_on`` is the latest deadline set, None where none was; ``state_since`` the day on which
        the state began, None for the first one; ``outcome`` what became of the latest result.
        """
        main = _steps(day, *STATE_AFTER).order_by("-on", "-place")
        reply = _replies(day).order_by("-replied_on", "-place")
        deadline = _steps(day, "assigned", "extended").order_by("-on", "-place")
        assigned = _steps(day, "assigned").order_by("-on", "-place")
        result = _steps(day, "result").order_by("-on", "-place")
        told = _steps(day, "fed_back").order_by("-on", "-place")
        followed = _steps(day, "followed_up").order_by("-on", "-place")
        return self.annotate(
            _kind=Subquery(main.values("kind")[:1]),
            _kind_on=Subquery(main.values("on")[:1]),
            _kind_place=Subquery(main.values("place")[:1]),
            last_reply_on=Subquery(reply.values("replied_on")[:1]),
            _reply_place=Subquery(reply.values("place")[:1]),
            first_reply_on=Subquery(reply.reverse().values("replied_on")[:1]),
            due_on=Subquery(deadline.values("due_on")[:1]),
            department_name=Subquery(assigned.values("department__name")[:1]),
            result=Subquery(result.values("result")[:1]),
            _result_on=Subquery(result.values("on")[:1]),
            _result_place=Subquery(result.values("place")[:1]),
            fed_back_on=Subquery(told.values("on")[:1]),
            satisfaction=Subquery(told.values("satisfaction")[:1]),
        ).annotate(
            state=_state(),
            state_since=Case(When(_is_answered(), then=F("last_reply_on")), default=F("_kind_on")),
            outcome=Subquery(followed.filter(_after_result()).values("outcome")[:1]),
        )

    def open_on(self, day: date):
        """Those that wait for an answer on ``day``, registered by then."""
        return self.filter(registered_on__lte=day).with_course(day=day).filter(state__in=OPEN)

    def overdue(self, *, day: date, accept_by: date, reply_by: date):
        """Those of ``open_on`` whose deadline lies before ``day``.

        Undecided ones are late when registered before ``accept_by``; those without a deadline of
        their own when registered before ``reply_by`` (see ``consultations.deadlines``).
        """
        return self.open_on(day).filter(_late(day, accept_by, reply_by))

    def due_soon(self, *, now: Mapping[str, date], then: Mapping[str, date]):
        """Those of ``open_on`` that are not late now and will be on a day to come.

        ``now`` and ``then`` are what :meth:`overdue` has to be given for either day.
        """
        late = self.overdue(**now).order_by().values("pk")
        near = _late(then["day"], then["accept_by"], then["reply_by"])
        return self.open_on(now["day"]).filter(near).exclude(pk__in=late)

    def answered_in_time(self, *, by: date, reply_within: int):
        """Those whose first reply by then came on or before the deadline that held on its day."""
        deadline = _step_rows().filter(
            suggestion=OuterRef("pk"),
            kind__in=["assigned", "extended"],
            on__lte=OuterRef("first_reply_on"),
        )
        due = Subquery(deadline.order_by("-on", "-place").values("due_on")[:1])
        own = Q(_due__isnull=False, first_reply_on__lte=F("_due"))
        usual = Q(_due__isnull=True) & Q(
            first_reply_on__lte=F("registered_on") + Value(timedelta(days=reply_within))
        )
        with_reply = self.answered(by=by).annotate(
            first_reply_on=Subquery(_replies(by).order_by("replied_on").values("replied_on")[:1])
        )
        return with_reply.annotate(_due=due).filter(own | usual)

    def satisfied(self, *, by: date):
        """Those whose proposer's latest word by then was satisfied, or mostly so."""
        told = _steps(by, "fed_back").order_by("-on", "-place")
        return self.annotate(_word=Subquery(told.values("satisfaction")[:1])).filter(
            _word__in=["satisfied", "mostly"]
        )

    def asked_for_satisfaction(self, *, by: date):
        """Those whose proposer gave a word about the result by then."""
        return self.filter(Exists(_steps(by, "fed_back").exclude(satisfaction="")))


def _late(day: date, accept_by: date, reply_by: date) -> Q:
    undecided = Q(state=State.REGISTERED, registered_on__lt=accept_by)
    late = Q(due_on__lt=day) | Q(due_on__isnull=True, registered_on__lt=reply_by)
    return undecided | (~Q(state=State.REGISTERED) & late)


def _is_answered() -> Q:
    """Where the last reply came later than the last step that changes the state."""
    return Q(last_reply_on__isnull=False) & (
        Q(_kind__isnull=True)
        | Q(last_reply_on__gt=F("_kind_on"))
        | Q(last_reply_on=F("_kind_on"), _reply_place__gt=F("_kind_place"))
    )


def _after_result() -> Q:
    """Of steps: those after the latest result; an earlier one was about what held before."""
    same_day = Q(on=OuterRef("_result_on"), place__gt=OuterRef("_result_place"))
    return Q(on__gt=OuterRef("_result_on")) | same_day


def _state() -> Case:
    """The state after whichever came later: the last step that changes it, or the last reply."""
    return Case(
        When(_is_answered(), then=Value(State.ANSWERED)),
        *(When(_kind=kind, then=Value(state)) for kind, state in STATE_AFTER.items()),
        default=Value(State.REGISTERED),
        output_field=models.CharField(),
    )


def _step_rows() -> QuerySet:
    # By name: the steps' module knows the suggestions', not the other way round.
    return apps.get_model("consultations", "Step").objects.all()


def _steps(day: date, *kinds: str) -> QuerySet:
    return _step_rows().filter(suggestion=OuterRef("pk"), kind__in=kinds, on__lte=day)


def _replies(day: date) -> QuerySet:
    replies = apps.get_model("consultations", "Reply").objects
    return replies.filter(suggestion=OuterRef("pk"), replied_on__lte=day)
