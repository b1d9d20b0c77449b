"""What was reported to members, what was heard from them, and what became of it."""

from consultations.models.consultation import AgendaItem, Consultation, Tally
from consultations.models.course import OPEN, State
from consultations.models.policy import Policy
from consultations.models.promise import Promise, PromiseKept
from consultations.models.proposal import Adoption, Proposal
from consultations.models.reminder import Reminder
from consultations.models.step import Step
from consultations.models.suggestion import Reply, Suggestion

__all__ = [
    "OPEN",
    "Adoption",
    "AgendaItem",
    "Consultation",
    "Policy",
    "Promise",
    "PromiseKept",
    "Proposal",
    "Reminder",
    "Reply",
    "State",
    "Step",
    "Suggestion",
    "Tally",
]
