"""What a check of a report's text says: where, why, and what can be done."""

import hashlib
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What may be wrong with a place in the text."""

    TYPED = "typed", _("Number typed by hand that a figure knows")
    UNSUPPORTED = "unsupported", _("Number that no record supports")
    BASE = "base", _("Share without its base")
    TWO_VALUES = "two_values", _("The same thing with two values")
    TOTAL = "total", _("Parts that do not make the total")
    VAGUE = "vague", _("Vague word")
    PARTY_ORDER = "party_order", _("Parties out of the official order")
    JIUSAN = "jiusan", _("Name of the Jiusan Society")
    MEMBER_WORD = "member_word", _("What members of a party are called")
    NUMBERING = "numbering", _("Numbering")
    LEFTOVER = "leftover", _("Left over from writing")
    PUNCTUATION = "punctuation", _("Half-width punctuation")
    DATE = "date", _("Date with a leading zero")
    EVIDENCE = "evidence", _("Facts without evidence")


@dataclass(frozen=True)
class Excerpt:
    """A place in the text as it reads, with what stands around it."""

    before: str
    place: str
    after: str

    def __str__(self) -> str:
        return f"{self.before}{self.place}{self.after}"


@dataclass(frozen=True)
class Finding:
    """One thing a reader would ask about.

    ``section`` is the section's key, None for title and subtitle, for a text that is not stored
    yet, and for what is true of the whole. ``field`` is the field of section or report that holds
    the place from ``start`` to ``end``, tokens counted as they are typed; ``paragraph`` is its
    paragraph from 1 on, 0 for a heading. ``block`` numbers all headings and paragraphs as they
    are printed, from 1 on; 0 stands for the head. ``basis`` is what the finding rests on beside
    the words: where that changes, an answer no longer answers.
    """

    kind: Kind
    section: int | None
    heading: str
    field: str
    paragraph: int
    block: int
    start: int
    end: int
    excerpt: Excerpt
    context: str
    message: str
    suggestions: tuple[str, ...] = ()
    basis: str = ""
    fingerprint: str = ""

    def fingerprint_of(self, occurrence: int) -> str:
        """What an answer is kept under: kind, place in words and basis, not where it stands.

        ``occurrence`` tells places apart that read the same, counted from 0.
        """
        parts = (self.kind.value, self.excerpt.place, self.context, self.basis, str(occurrence))
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]
