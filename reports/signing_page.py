"""Where a report stands on its way to being signed, for its page: who did what, and what next."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from reports.annual import AnnualReport
from reports.figures import REGISTER
from reports.models import Seal, Step
from reports.patterns import patterns_for
from reports.signing import obstacles
from reports.signing_forms import BeginForm
from reports.states import EDGES, Deed, State
from reports.text import Token, parse
from units.models import User
from units.models.user import holds
from units.roles import Right

_BUTTONS = {
    Deed.SUBMIT: (_("Hand in for signing"), "report-submit"),
    Deed.RETURN: (_("Return with a reason…"), "report-return"),
    Deed.TAKE_UP: (_("Take up again"), "report-take-up"),
    Deed.SIGN: (_("Read and sign…"), "report-sign"),
}
# These ask something first: a page of their own opens.
_WITH_PAGE = frozenset({Deed.RETURN, Deed.SIGN})
_NEXT = {
    State.DRAFT: _("Next: a clerk or secretary hands it in; its text stands still from there."),
    State.SUBMITTED: _("Next: a secretary who neither wrote nor handed it in signs or returns it."),
    State.RETURNED: _("Next: whoever works on it takes it up again; its text opens then."),
    State.SIGNED: _("Text, figures and PDF are kept as they were signed, and the year is closed."),
}


@dataclass(frozen=True)
class Choice:
    """One thing that leads on from here. ``obstacle`` says why not, "" where it can be done.

    ``has_page`` tells a page that asks first from a button that does it at once; ``leads_back`` is
    true of what takes the report a step back.
    """

    label: str
    address: str
    obstacle: str
    has_page: bool
    leads_back: bool


@dataclass(frozen=True)
class SigningPanel:
    """Where a report stands. ``choices`` are for whoever keeps the unit's records, else none."""

    state: State
    next_words: str
    steps: QuerySet[Step] | list[Step]
    choices: tuple[Choice, ...]
    seal: Seal | None = None
    begin_at: str = ""
    begin_form: BeginForm | None = None
    desk_at: str = ""
    may_keep_promises: bool = False

    @property
    def last(self) -> Step | None:
        """The latest step."""
        return list(self.steps)[-1] if self.steps else None


def panel_of(annual: AnnualReport, user: User) -> SigningPanel:
    """The panel of ``annual`` for ``user``."""
    report, unit = annual.report, annual.year.unit
    keeps = holds(Right.SUBMIT_REPORT, user, unit)
    place = [unit.code, annual.year.year]
    if report.pk is None:
        begins = {
            "begin_at": reverse("report-begin", args=place),
            "begin_form": BeginForm(patterns=patterns_for(unit, annual.year.year)),
        }
        nothing = SigningPanel(State.DRAFT, _NEXT[State.DRAFT], [], ())
        return replace(nothing, **begins) if keeps else nothing
    state = report.state
    return SigningPanel(
        state=state,
        next_words=_NEXT[state],
        steps=report.steps.select_related("by").order_by("number"),
        choices=_choices(annual, user, state) if keeps else (),
        seal=annual.seal,
        desk_at=reverse("report-desk", args=place) if keeps and state is State.DRAFT else "",
        may_keep_promises=keeps and annual.seal is not None,
    )


def left_out_words(sentences: Iterable[str]) -> str:
    """That these sentences of a pattern were left out, each figure by its name in brackets."""
    shown = "".join(
        f"〔{REGISTER[part.key].name}〕" if isinstance(part, Token) else part
        for sentence in sentences
        for part in parse(sentence)
    )
    return _("Left out, because the records of this year have nothing for it: %(text)s") % {
        "text": shown
    }


def _choices(annual: AnnualReport, user: User, state: State) -> tuple[Choice, ...]:
    open_here = [deed for deed, edge in EDGES.items() if edge.source is state]
    return tuple(
        Choice(
            label=_BUTTONS[deed][0],
            address=reverse(_BUTTONS[deed][1], args=[annual.year.unit.code, annual.year.year]),
            obstacle=obstacle,
            has_page=deed in _WITH_PAGE,
            leads_back=deed is Deed.RETURN,
        )
        for deed, obstacle in obstacles(annual, user, open_here).items()
    )
