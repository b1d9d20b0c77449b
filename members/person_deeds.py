"""What may have changed for somebody, as links to the short forms: only what can be true of them.

Somebody in service may leave or retire; somebody who is not here may come back; each post and each
party membership that lasts may end.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from members.models import Employment, Member
from members.moves import named


@dataclass(frozen=True)
class Deeds:
    """Deeds about one thing: ``about`` names it, empty for the person; (label, address) each."""

    about: str
    links: list[tuple[str, str]]


def deeds_about(person: Member) -> list[Deeds]:
    """The deeds that can be about ``person``, one of ``members.roster.roster``. No query."""
    return [
        Deeds("", list(_of_person(person))),
        *(_of_membership(row, person) for row in person.memberships_then if not row.ended_on),
        *(_of_post(row, person) for row in person.posts_then if not row.ended_on),
    ]


def _of_person(person: Member) -> Iterator[tuple[str, str]]:
    for label, name in (
        *_employment_deeds(person.status_then),
        (_("New post"), "person-post"),
        (_("New title"), "person-title"),
        (_("Joins a democratic party"), "person-join"),
    ):
        yield label, reverse(name, args=[person.unit.code, person.pk])


def _employment_deeds(status: str | None) -> list[tuple[str, str]]:
    leave, back = (_("Leaves the unit"), "person-leave"), (_("Comes back"), "person-return")
    if status == Employment.Status.IN_SERVICE:
        return [leave, (_("Retires"), "person-retire")]
    return [back] if status is None else [leave, back]


def _of_membership(row, person: Member) -> Deeds:
    args = [person.unit.code, row.pk]
    links = [
        (_("Goes to another party organisation"), reverse("change-organisation", args=args)),
        (_("Leaves the party"), reverse("leave-party", args=args)),
    ]
    return Deeds(named(row), links)


def _of_post(row, person: Member) -> Deeds:
    address = reverse("end-post", args=[person.unit.code, row.pk])
    return Deeds(named(row), [(_("End of a post"), address)])
