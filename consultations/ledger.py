"""The ledger of a year's suggestions (意见建议办理台账), as it stood on a day.

Its columns are those that superiors ask for. Who spoke stands in it where they signed; of an
unsigned suggestion there is nothing to show. What happened after the day is not in it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.models import Step, Suggestion
from consultations.models.suggestion import Reply
from members.models import Membership
from units.models import ReportingYear

_K = Step.Kind

COLUMNS = {
    "number": gettext_lazy("Number"),
    "made_at": gettext_lazy("Made at"),
    "made_by": gettext_lazy("Made by"),
    "party": gettext_lazy("Party"),
    "signature": gettext_lazy("How signed"),
    "category": gettext_lazy("Category"),
    "wording": gettext_lazy("Suggestion"),
    "edited": gettext_lazy("In whose words"),
    "merged_into": gettext_lazy("Merged into"),
    "registered_on": gettext_lazy("Registered"),
    "registered_by": gettext_lazy("Registered by"),
    "instructions": gettext_lazy("Leader's instruction"),
    "department": gettext_lazy("Department"),
    "co_department": gettext_lazy("Together with"),
    "assigned_on": gettext_lazy("Assigned"),
    "due_on": gettext_lazy("Reply due"),
    "progress": gettext_lazy("Progress"),
    "replies": gettext_lazy("Replies"),
    "result": gettext_lazy("Result"),
    "reason": gettext_lazy("Why not"),
    "told": gettext_lazy("Result told"),
    "told_by": gettext_lazy("Told by"),
    "satisfaction": gettext_lazy("The proposer's word"),
    "reopened": gettext_lazy("Opened again"),
    "state": gettext_lazy("State"),
    "outcome": gettext_lazy("Followed up"),
    "published": gettext_lazy("May be published"),
    "evidence": gettext_lazy("Evidence of the meeting"),
}
"""{key: heading}, in the order of the sheet."""


@dataclass(frozen=True)
class Ledger:
    """The lines of one year as of ``day``: for each column its value, a date, number or text."""

    year: ReportingYear
    day: date
    lines: tuple[dict[str, object], ...]

    @property
    def rule(self) -> str:
        """Which suggestions are on it, and up to which day, in one sentence."""
        facts = {"first": self.year.first, "last": self.year.last, "day": self.day}
        return _(
            "On this list: what was registered from %(first)s to %(last)s, and what was registered "
            "before and not answered yet when the year began. All of it as of %(day)s: what "
            "happened later is not on it. Unsigned suggestions show nobody."
        ) % {name: day.isoformat() for name, day in facts.items()}

    def sheet(self) -> tuple[list[str], list[list]]:
        """Headings and lines for a spreadsheet."""
        return list(map(str, COLUMNS.values())), [list(line.values()) for line in self.lines]


def ledger(year: ReportingYear, *, day: date) -> Ledger:
    """The ledger of ``year`` as of ``day``; the number of queries does not depend on the lines."""
    rows = list(_rows(year, day))
    keys = [row.pk for row in rows]
    writers = _writers(Suggestion, keys)
    tellers = _writers(Step, [step.pk for row in rows for step in row.steps.all()])
    return Ledger(year, day, tuple(_line(row, day, writers, tellers) for row in rows))


def _rows(year: ReportingYear, day: date) -> QuerySet[Suggestion]:
    own = Suggestion.objects.filter(unit=year.unit)
    left = own.open_on(year.first - timedelta(days=1)).order_by()
    during = Q(registered_on__range=(year.first, min(year.last, day)))
    rows = own.filter(during | Q(pk__in=left.values("pk"))).with_course(day=day)
    rows = rows.select_related("organisation__party", "consultation")
    return rows.prefetch_related(
        Prefetch(
            "proposers__memberships",
            Membership.objects.on(day).select_related("party"),
            to_attr="memberships_then",
        ),
        "steps__department",
        "steps__co_department",
        "steps__merged_into",
        "replies",
        "consultation__evidence",
    ).order_by("year", "number")


def _line(row: Suggestion, day: date, writers: dict, tellers: dict) -> dict[str, object]:
    steps = [step for step in row.steps.all() if step.on <= day]
    replies = [reply for reply in row.replies.all() if reply.replied_on <= day]
    line = {
        **_what(row, writers),
        **_handling(row, steps),
        "replies": _lines(map(_reply, replies)),
        **_end(row, steps, tellers),
    }
    return {key: line[key] for key in COLUMNS}


def _what(row: Suggestion, writers: dict[int, str]) -> dict[str, object]:
    is_edited = row.edited
    return {
        "number": str(row),
        "made_at": _meeting(row),
        "made_by": row.made_by,
        "party": _party(row),
        "signature": str(row.get_signature_display()),
        "category": row.category,
        "wording": row.wording,
        "edited": _("edited") if is_edited else _("the speaker's"),
        "registered_on": row.registered_on,
        "registered_by": writers.get(row.pk, ""),
        "published": _("yes") if row.may_be_published else _("no"),
        "evidence": len(row.consultation.evidence.all()) if row.consultation else None,
    }


def _handling(row: Suggestion, steps: Sequence[Step]) -> dict[str, object]:
    assigned = _last(steps, _K.ASSIGNED)
    merged = _last(steps, _K.MERGED)
    return {
        "merged_into": str(merged.merged_into) if merged and row.state == "merged" else "",
        "instructions": _dated(steps, _K.INSTRUCTED),
        "department": str(assigned.department) if assigned else "",
        "co_department": str((assigned and assigned.co_department) or ""),
        "assigned_on": assigned.on if assigned else None,
        "due_on": row.due_on,
        "progress": _dated(steps, _K.NOTE, _K.EXTENDED),
    }


def _end(row: Suggestion, steps: Sequence[Step], tellers: dict[int, str]) -> dict[str, object]:
    told, result = _last(steps, _K.FED_BACK), _last(steps, _K.RESULT)
    declined = _last(steps, _K.DECLINED)
    reasons = [declined.words if declined and not result else "", result.words if result else ""]
    return {
        "result": row.result_label,
        "reason": _lines(filter(None, reasons)),
        "told": f"{told.on} {told.get_way_display()}" if told else "",
        "told_by": tellers.get(told.pk, "") if told else "",
        "satisfaction": str(told.get_satisfaction_display()) if told else "",
        "reopened": _dated(steps, _K.REOPENED),
        "state": row.state_label,
        "outcome": str(Step.Outcome(row.outcome).label) if row.outcome else "",
    }


def _meeting(row: Suggestion) -> str:
    held = row.consultation
    return f"{held} {held.started_on or ''}".strip() if held else ""


def _party(row: Suggestion) -> str:
    """The parties of those who signed, on the ledger's day; nothing of an unsigned one."""
    if row.signature == Suggestion.Signature.ORGANISATION:
        return str(row.organisation.party.short_name) if row.organisation.party else ""
    if row.signature != Suggestion.Signature.PERSONS:
        return ""
    parties = [
        each.party.short_name for person in row.proposers.all() for each in person.memberships_then
    ]
    return "、".join(dict.fromkeys(parties))


def _last(steps: Iterable[Step], kind: str) -> Step | None:
    return next((step for step in reversed(list(steps)) if step.kind == kind), None)


def _dated(steps: Iterable[Step], *kinds: str) -> str:
    return _lines(f"{step.on} {step.words}" for step in steps if step.kind in kinds)


def _reply(reply: Reply) -> str:
    return f"{reply.replied_on} {reply.get_way_display()} {reply.wording}"


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(texts)


def _writers(model, keys: Sequence[int]) -> dict[int, str]:
    """{key: the account's name} of whoever entered each row, as far as anybody is known."""
    first = model.history.filter(id__in=keys, history_type="+").select_related("history_user")
    return {row.id: str(row.history_user) for row in first if row.history_user_id}
