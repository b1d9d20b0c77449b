"""What a check of a report's text says: where, why, and what can be done."""

import hashlib
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.finding_kinds import Kind


@dataclass(frozen=True)
class Excerpt:
    """A place in the text as it reads, with what stands around it."""

    before: str
    place: str
    after: str

    def __str__(self) -> str:
        return f"{self.before}{self.place}{self.after}"


def where_words(place) -> str:
    """Where a passage or a finding stands, in the words of a message: “共建”第2段."""
    if not place.field:
        return _("The whole report")
    if not place.block:
        return _("Title")
    if not place.paragraph:
        return _("the heading “%(heading)s”") % {"heading": place.heading}
    return _("“%(heading)s”, paragraph %(number)s") % {
        "heading": place.heading,
        "number": place.paragraph,
    }


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

    @property
    def where(self) -> str:
        """In which section and paragraph."""
        return where_words(self)

    def fingerprint_of(self, occurrence: int) -> str:
        """What an answer is kept under: kind, place in words and basis, not where it stands.

        ``occurrence`` tells places apart that read the same, counted from 0.
        """
        parts = (self.kind.value, self.excerpt.place, self.context, self.basis, str(occurrence))
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]
