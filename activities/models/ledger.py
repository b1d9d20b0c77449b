"""What every entry of the aid ledger has in common: it stays as it is once its round is closed.

The database holds the same by triggers (:mod:`activities.booked`); here it is said in words, to a
form and to whatever else writes.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django_scopes import scope

from activities.models.aid import AidRound, RoundStep
from members.models import Member
from units.recording import Change, ChangeRefused
from units.scoping import UnitRow


class Booked(ChangeRefused):  # noqa: N818 - it names what the entry is
    """The round's account is closed, or the entry was in it when it was; says what to do."""


@dataclass(frozen=True)
class Place:
    """Where an entry stands: its round; ``key`` is compared with a closing's ``mark``."""

    round_id: int | None
    mark: str = ""
    key: int | None = None


class LedgerEntry(UnitRow):
    """An entry of a round. Subclasses say their :meth:`place`.

    An entry that was in an account when it was closed is never changed nor deleted; while the
    account is closed, none is added. ``LEFT_OPEN`` names what may be told of an entry all the same.
    """

    LEFT_OPEN: frozenset[str] = frozenset()

    class Meta:
        abstract = True

    def place(self) -> Place:
        """The round that the row is an entry of."""
        raise NotImplementedError

    @classmethod
    def judge(cls, changes: list[Change]):
        """As every row of a unit; besides, Booked where the round's account stands still."""
        permits = super().judge(changes)
        refuse_booked([pair for pair in map(cls._stored_and_new, changes) if cls._counts(*pair)])
        return permits

    @classmethod
    def _stored_and_new(cls, change: Change) -> tuple[UnitRow | None, UnitRow | None]:
        """The row as it is stored, and as it will be."""
        before = change.before
        if before is not None and not change.is_done:
            with scope(unit=[before.unit_id]):
                before = cls.objects.filter(pk=before.pk).first()
        return before, change.after

    @classmethod
    def _counts(cls, before, after) -> bool:
        """Whether anything changes that must stand still once it is booked.

        Two entries of one person may still be made one: who is meant does not change by that. No
        form lets a person be exchanged (:func:`is_booked`).
        """
        if before is None or after is None:
            return True
        free = {"version", *cls.LEFT_OPEN}
        fields = [
            field
            for field in cls._meta.concrete_fields
            if field.name not in free and field.related_model is not Member
        ]
        return any(
            field.to_python(getattr(before, field.attname))
            != field.to_python(getattr(after, field.attname))
            for field in fields
        )


def refuse_booked(pairs: list[tuple[LedgerEntry | None, LedgerEntry | None]]):
    """Booked if one of these entries, as stored and as it will be, must stay as it is."""
    for before, after in pairs:
        unit = (after or before).unit_id
        with scope(unit=[unit]):
            places = [row.place() for row in (before, after) if row is not None]
            steps = _steps_of({place.round_id for place in places} - {None})
            for round_id, found in steps.items():
                if found[-1].kind == RoundStep.Kind.CLOSE:
                    raise Booked(_closed_message(round_id))
            if any(_is_booked(place, steps) for place in places):
                raise Booked(
                    _(
                        "This entry was in the account when it was closed: it is not changed. "
                        "Reverse it with a reason, and enter the right one."
                    )
                )


def is_booked(entry: LedgerEntry) -> bool:
    """Whether ``entry`` was in an account when it was closed, or its round's is closed now."""
    place = entry.place()
    steps = _steps_of({place.round_id} - {None})
    found = steps.get(place.round_id)
    return _is_booked(place, steps) or bool(found and found[-1].kind == RoundStep.Kind.CLOSE)


def _steps_of(round_ids: set[int]) -> dict[int, list[RoundStep]]:
    found = defaultdict(list)
    if round_ids:
        for step in RoundStep.objects.filter(aid_round__in=round_ids).order_by("number"):
            found[step.aid_round_id].append(step)
    return found


def _is_booked(place: Place, steps: dict[int, list[RoundStep]]) -> bool:
    """Whether a closing of its round counted the entry."""
    if not place.mark or place.key is None:
        return False
    return any(getattr(step, place.mark) >= place.key for step in steps.get(place.round_id, []))


def _closed_message(round_id: int) -> str:
    return _(
        "The account of “%(name)s” is closed. Open it again first; you will be asked for a reason."
    ) % {"name": AidRound.objects.get(pk=round_id)}
