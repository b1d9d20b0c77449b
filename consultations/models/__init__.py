"""What was reported to members, what was heard from them, and what became of it."""

from consultations.models.consultation import AgendaItem, Consultation
from consultations.models.suggestion import Reply, Suggestion

__all__ = ["AgendaItem", "Consultation", "Reply", "Suggestion"]
