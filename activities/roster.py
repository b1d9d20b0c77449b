"""Who was to come on a day: the roster of *that* day by party and organisation, and others.

Asked in December about a meeting in June it is June's roster, with those who have left since.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F

from members.models import Member, Membership, Organisation, Party
from members.pickers import choosable, told_apart
from units.models import Unit


@dataclass
class Seat:
    """One person's place on the list, and what was noted there."""

    member: Member
    label: str
    present: bool = False
    excused: str = ""
    """Empty, or the reason: one of ``Participation.Reason``, or ``excused`` for none given."""


@dataclass
class Bench:
    """The people of one organisation of a party; those whom the roster does not hold have none."""

    party: Party | None = None
    organisation: str = ""
    seats: list[Seat] = field(default_factory=list)


def roster_on(day: date | None, *, unit: Unit) -> list[Bench]:
    """The benches of ``day``, in the parties' official order; none while no day is known.

    Somebody who belongs to two parties sits with the first of them.
    """
    if day is None:
        return []
    names = dict(
        Organisation.objects.filter(unit=unit).named_on(day).values_list("pk", "name_then")
    )
    benches: dict[tuple, Bench] = {}
    seated = set()
    people = {person.pk: person for person in _counted(unit, day)}
    for row in _memberships(unit, day):
        if row.member_id in seated or row.member_id not in people:
            continue
        seated.add(row.member_id)
        bench = benches.setdefault(
            (row.party.order, row.organisation_id),
            Bench(row.party, names.get(row.organisation_id, "")),
        )
        person = people[row.member_id]
        bench.seats.append(Seat(person, told_apart(person)))
    return list(benches.values())


def bench_of_others(keys: Collection[int], *, day: date, unit: Unit) -> Bench:
    """The people with these keys, who are not on the day's roster: secretaries, cadres."""
    people = choosable(Member.objects.filter(unit=unit, pk__in=keys), day=day) if keys else []
    return Bench(seats=[Seat(person, told_apart(person)) for person in people])


def seats_of(benches: Iterable[Bench]) -> list[Seat]:
    """All seats, in the order of the list."""
    return [seat for bench in benches for seat in bench.seats]


def _counted(unit: Unit, day: date):
    return choosable(Member.objects.filter(unit=unit).of_a_party_on(day), day=day)


def _memberships(unit: Unit, day: date):
    rows = Membership.objects.on(day).filter(unit=unit).select_related("party", "organisation")
    return rows.order_by(
        "party__order",
        F("organisation__position").asc(nulls_last=True),
        "organisation__name",
        "member__sort_key",
        "pk",
    )
