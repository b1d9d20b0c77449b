"""Registering suggestions that were made at a meeting, and keeping them with its date."""

from datetime import date

from consultations.models import Suggestion
from consultations.signers import Signers
from consultations.unsigning import forget_proposers


def store(row: Suggestion, signers: Signers):
    """Store ``row`` as signed by ``signers``. Where it is not signed any more, forget who had.

    A new one takes the next number of its year. Call it in one's turn to write.
    """
    was_signed = not row._state.adding and row.signature != Suggestion.Signature.UNSIGNED
    if row._state.adding:
        _take_number(row)
    row.signature, row.organisation = signers.signature, signers.organisation
    row.full_clean()
    row.save()
    row.proposers.set(signers.people)
    if was_signed and row.signature == Suggestion.Signature.UNSIGNED:
        forget_proposers(row)


def move_to(row: Suggestion, day: date):
    """The meeting's date was entered or corrected: ``row`` was registered on that day.

    In another year it takes the next number of that year.
    """
    is_other_year = row.year != day.year
    row.registered_on = day
    if is_other_year:
        _take_number(row)


def _take_number(row: Suggestion):
    row.year = row.registered_on.year
    row.number = Suggestion.next_number(unit=row.unit, year=row.year)
