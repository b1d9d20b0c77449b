"""A transfer (调动) between two units whose records the same office keeps.

The person then stands in the books of both: here until the day before, there from the day on. The
two entries carry the same key of the person; nothing that belongs to the first unit alone (posts,
organisations, staff number, notes) goes along.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from members.arrivals import enter
from members.models import Education, Employment, Member, Membership, Title
from members.moves import Move, leaving
from units.dates import DatedRow
from units.models import Unit
from units.scoping import UnitRow

_OF_THE_PERSON = ("person", "name", "reading", "sex", "ethnic_group", "born_on", "born_precision")
_DATES = ("started_on", "started_precision")
_GO_ALONG = {
    Membership: ("party", *_DATES),
    Title: ("name", "level", "code", *_DATES),
    Education: (
        *("level", "degree", "part_time", "school", "completed_on", "completed_precision"),
    ),
}


@dataclass(frozen=True)
class Transfer(Move):
    """What ends here, and who comes into the other unit's records with which rows."""

    person: Member | None = None
    rows: tuple[UnitRow, ...] = field(default=())

    def words(self) -> list[str]:
        """Also where the person stands from then on."""
        return [
            *super().words(),
            _("%(name)s comes into the records of %(unit)s and counts there from %(day)s on.")
            % {
                "name": self.person,
                "unit": self.person.unit,
                "day": self.rows[0].started_on,
            },
        ]

    def carry_out(self) -> DatedRow:
        """All of it in both units, or nothing. ValidationError in words."""
        with transaction.atomic():
            ended = super().carry_out()
            enter(self.person, self.rows)
        return ended


def transfer(member: Member, *, day: date, to: Unit, ending: Iterable[DatedRow] = ()) -> Transfer:
    """``member`` leaves and is employed in the unit ``to`` from the same day on.

    Parties, titles and schooling go along as they stand, without the organisation of this unit.
    Within a scope of both units. ValidationError where the person is on record there.
    """
    if Member.objects.filter(unit=to, person=member.person).exists():
        raise ValidationError(
            _("%(name)s is on record in %(unit)s already: record the return on the page there.")
            % {"name": member, "unit": to}
        )
    here = leaving(member, day=day, ending=ending)
    values = {name: getattr(member, name) for name in _OF_THE_PERSON}
    origin = _("transferred from %(unit)s") % {"unit": member.unit}
    rows = (Employment(started_on=day), *_going_along(member))
    return Transfer(
        ends=here.ends, person=Member(unit=to, source=origin[:100], **values), rows=rows
    )


def _going_along(member: Member) -> Iterator[UnitRow]:
    for model, names in _GO_ALONG.items():
        rows = model.objects.filter(member=member)
        if issubclass(model, DatedRow):
            rows = rows.filter(ended_on__isnull=True)
        for row in rows.order_by("pk"):
            yield model(**{name: getattr(row, name) for name in names})
