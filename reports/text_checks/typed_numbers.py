"""Numbers and shares typed by hand: a figure knows them, or no record supports them."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from reports.text_checks.finding import Finding, Kind
from reports.text_checks.matching import Match, matches, nearest_other
from reports.text_checks.passages import Passage
from reports.text_checks.quantities import Quantity
from reports.text_checks.report_text import ReportText


def typed_numbers(text: ReportText) -> Iterator[Finding]:
    """Every count, amount and share in the author's own hand.

    Rule: a number in the report is the size of a list that can be opened (the house's rule; issue
    7: “typed by hand … that a figure knows, or that no record supports”). Where a figure has this
    very value and is spoken of in the clause, its token is offered in the wording that was typed.
    What is no number at all is said in :mod:`reports.text_checks.quantities`.
    """
    for passage, quantity in text.quantities:
        if not passage.is_typed(quantity.start, quantity.end):
            continue
        known = matches(quantity, passage, text.figures)
        yield _known(passage, quantity, known) if known else _unsupported(passage, quantity, text)


def _known(passage: Passage, quantity: Quantity, known: tuple[Match, ...]) -> Finding:
    nearest = known[0].figure
    message = _(
        "“%(words)s” is typed by hand; the figure “%(name)s” gives this value. Put the figure in: "
        "it then follows the records and can be opened."
    ) % {"words": quantity.words, "name": nearest.name}
    return passage.finding(
        Kind.TYPED,
        quantity.start,
        quantity.end,
        message,
        suggestions=(match.token for match in known),
        basis=nearest.key,
    )


def _unsupported(passage: Passage, quantity: Quantity, text: ReportText) -> Finding:
    other = nearest_other(quantity, passage, text.figures)
    if other is None or _is_of_one_party(passage, quantity, text):
        message = _(
            "“%(words)s” is typed by hand and no figure gives this value. Enter the records it "
            "rests on, or give the reason why it stands here."
        ) % {"words": quantity.words}
        return passage.finding(Kind.UNSUPPORTED, quantity.start, quantity.end, message)
    message = _(
        "“%(words)s” is typed by hand, but the nearest figure, “%(name)s”, is %(says)s by the "
        "records. Correct the number or the records, or give the reason for the difference."
    ) % {"words": quantity.words, "name": other.figure.name, "says": other.says}
    return passage.finding(
        Kind.UNSUPPORTED,
        quantity.start,
        quantity.end,
        message,
        suggestions=(other.token,),
        basis=f"{other.figure.key}={other.says}",
    )


def _is_of_one_party(passage: Passage, quantity: Quantity, text: ReportText) -> bool:
    """民盟6人: no figure tells of a single party."""
    before = passage.spoken[: quantity.start].rstrip("有共的")
    return before.endswith(tuple(party.brief for party in text.parties)) or before.endswith(
        tuple(party.short_name for party in text.parties)
    )
