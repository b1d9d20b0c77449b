"""Talks of friends, and aims of a year."""

from datetime import date

from activities.models import Talk, TalkPair, Target
from activities.talks import record_talk
from members.models import Member
from tests.factories.activities import HAPPENED_ON
from tests.factories.members import person
from tests.factories.rows import next_number, saved
from units.models import Unit
from units.scoping import scope_of_unit


def talk_pair(
    unit: Unit, leader: Member | None = None, friend: Member | None = None, **fields
) -> TalkPair:
    """Two made-up people, a pair as far as anybody remembers, who mean to talk twice a year."""
    two = {"leader": leader or person(unit), "friend": friend or person(unit)}
    return saved(TalkPair(unit=unit, **two, **fields))


def talk(pair: TalkPair, title: str | None = None, *, day: date = HAPPENED_ON, **fields) -> Talk:
    """A talk of ``pair`` on :data:`HAPPENED_ON`."""
    heading = title or f"话题{next_number()}"
    with scope_of_unit(pair.unit):
        return record_talk(pair, day=day, title=heading, **fields)


def target(unit: Unit, deed: str, due: int, *, year: int = 2017) -> Target:
    """An aim of 2017."""
    return saved(Target(unit=unit, year=year, deed=deed, due=due))
