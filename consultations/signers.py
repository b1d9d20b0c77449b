"""Who signs a suggestion, as written in one field: 王明、李红, 民盟支部, or nothing at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from activities.names import find_people
from consultations.models import Suggestion
from members.models import Member, Organisation
from members.pickers import choosable, told_apart
from units.models import Unit

_UNSIGNED = frozenset({"不署名", "未署名", "匿名", "无", "unsigned"})


@dataclass(frozen=True)
class Signers:
    """In whose name a suggestion was made. Empty, it is unsigned."""

    people: tuple[Member, ...] = ()
    organisation: Organisation | None = None

    @property
    def signature(self) -> str:
        """The signature that a suggestion of theirs has."""
        if self.organisation is not None:
            return Suggestion.Signature.ORGANISATION
        return Suggestion.Signature.PERSONS if self.people else Suggestion.Signature.UNSIGNED

    def __str__(self):
        return str(self.organisation or "、".join(told_apart(person) for person in self.people))


class Register:
    """Everybody of a unit who can sign: its people, told apart on ``day``, and organisations."""

    def __init__(self, unit: Unit, *, day: date):
        self.people = list(choosable(Member.objects.filter(unit=unit), day=day))
        self.organisations = list(Organisation.objects.filter(unit=unit))
        self._by_label = {
            told_apart(person): person
            for person in self.people
            if told_apart(person) != person.name
        }

    def signers_of(self, suggestion: Suggestion) -> Signers:
        """Those of a stored suggestion, whose proposers are fetched already."""
        return Signers(self._in_order(suggestion.proposers.all()), suggestion.organisation)

    def read(self, text: str) -> Signers:
        """Whom ``text`` names. ValidationError, in words, where that is not certain."""
        text = text.strip()
        if not text or text in _UNSIGNED:
            return Signers()
        for organisation in self.organisations:
            if text == organisation.name:
                return Signers(organisation=organisation)
        people = []
        for label, person in self._by_label.items():
            if label in text:
                people.append(person)
                text = text.replace(label, "、")
        found = find_people(text, self.people)
        _refuse_doubts(found)
        return Signers(self._in_order([*people, *found.people]))

    def _in_order(self, people: Iterable[Member]) -> tuple[Member, ...]:
        """Once each, in the order of pinyin: several proposers stand in no order of their own."""
        keys = {person.pk for person in people}
        return tuple(person for person in self.people if person.pk in keys)

    def knows(self, text: str) -> bool:
        """Whether every name in ``text`` is that of somebody who can sign, perhaps of several."""
        if text in _UNSIGNED or any(text == each.name for each in self.organisations):
            return True
        found = find_people(text, self.people)
        return bool(found.people or found.namesakes) and not found.unknown

    @property
    def surnames(self) -> set[str]:
        """The first characters of all names."""
        return {person.name[:1] for person in self.people}

    @property
    def suggestions(self) -> list[tuple[str, str]]:
        """(what to write, how else it is found) of everybody, for the field's list."""
        people = [(told_apart(person), person.find_key) for person in self.people]
        return [*((each.name, "") for each in self.organisations), *people]


def _refuse_doubts(found):
    for name, people in found.namesakes:
        raise ValidationError(
            _("Several people are called %(name)s. Write one of: %(labels)s.")
            % {"name": name, "labels": "；".join(told_apart(person) for person in people)}
        )
    if found.unknown:
        raise ValidationError(
            _(
                "Nobody and no organisation here is called “%(name)s”: correct it, or leave the "
                "field empty for an unsigned suggestion."
            )
            % {"name": "、".join(found.unknown)}
        )
