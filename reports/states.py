"""The way of a report: which states there are, and which deeds lead from one to the next.

One table. There is no other way, none back but through being returned, and none out of ``SIGNED``.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from units.roles import Right


class State(models.TextChoices):
    """Where a report stands. Its text can be changed while it is a draft, and only then."""

    DRAFT = "draft", pgettext_lazy("report", "draft")
    SUBMITTED = "submitted", pgettext_lazy("report", "handed in")
    RETURNED = "returned", pgettext_lazy("report", "returned")
    SIGNED = "signed", pgettext_lazy("report", "signed and sealed")


class Deed(models.TextChoices):
    """What somebody does with a report."""

    SUBMIT = "submit", _("hand in")
    RETURN = "return", _("return")
    TAKE_UP = "take_up", _("take up again")
    SIGN = "sign", _("sign")


@dataclass(frozen=True)
class Edge:
    """One way from a state to another: the right it asks for in the very unit, and whether a reason
    and another hand than the author's."""

    source: State
    target: State
    right: str
    needs_reason: bool = False
    needs_another_hand: bool = False


EDGES: Mapping[Deed, Edge] = {
    Deed.SUBMIT: Edge(State.DRAFT, State.SUBMITTED, Right.SUBMIT_REPORT),
    Deed.RETURN: Edge(State.SUBMITTED, State.RETURNED, Right.SIGN_REPORT, needs_reason=True),
    Deed.TAKE_UP: Edge(State.RETURNED, State.DRAFT, Right.SUBMIT_REPORT),
    Deed.SIGN: Edge(State.SUBMITTED, State.SIGNED, Right.SIGN_REPORT, needs_another_hand=True),
}
