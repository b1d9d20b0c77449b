"""What a row of a roster would do: who it is about, and what it says that is not known yet.

Nothing is guessed: a row that may be about two people is put to the person who imports.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from members.import_parts import PersonParts
from members.models import Member, Organisation
from members.spreadsheets import with_sheet_rows
from units.dates import last_day_of
from units.imports.plan import Outcome, PlannedRow
from units.models import Department, Unit
from units.written_dates import written

RESTS_ON = (
    ("members.member", "id"),
    ("members.member", "name"),
    ("members.member", "staff_number"),
    ("members.membership", "member_id"),
    ("members.employment", "member_id"),
    ("members.title", "member_id"),
    ("members.education", "member_id"),
    ("members.appointment", "member_id"),
    ("members.organisation", "id"),
    ("units.department", "name"),
)
_OF_A_PERSON = (0, 3, 4, 5, 6, 7)
_NAME, _NUMBER = 1, 2
NEW = "new"
"""What is chosen for a row about somebody who only bears the name of another."""


class PeoplePlanner:
    """Plans rows of people: everybody of the unit is looked up once, as the export shows them."""

    def __init__(self, unit: Unit, *, day: date):
        self.unit, self.day = unit, day
        people = with_sheet_rows(Member.objects.filter(unit=unit), day=day)
        self.people = {person.pk: person for person in people}
        self.by_name: dict[str, list[Member]] = defaultdict(list)
        self.by_number: dict[str, Member] = {}
        for person in self.people.values():
            self.by_name[person.name].append(person)
            if person.staff_number:
                self.by_number[person.staff_number] = person
        self.departments = {each.name: each for each in Department.objects.filter(unit=unit)}
        self.organisations = {each.name: each for each in Organisation.objects.filter(unit=unit)}
        self.rows_of: dict[str, int] = {}

    def remember(self, rows: list[PlannedRow]):
        """Know of rows that are planned already, so that none is about the same person."""
        self.rows_of |= {row.about: row.number for row in rows if row.about}

    def plan(self, row: PlannedRow, values: Mapping[str, Mapping[str, object]]):
        """Complete ``row``."""
        own = values.get("member", {})
        row.name = str(own.get("name", ""))
        if not row.name:
            if not any(fault.column == "name" for fault in row.faults):
                row.fault("name", _("Write the name."))
            return
        person = self._person(row, own)
        if person is None or self._is_named_twice(row, person):
            return
        PersonParts(self, row, person).plan(values)
        if row.steps:
            row.outcome = Outcome.CHANGE if person.pk else Outcome.NEW
        for place in _OF_A_PERSON if person.pk else ():
            row.depends_on(place, person.pk)

    def _person(self, row: PlannedRow, own: Mapping) -> Member | None:
        """Who the row is about, perhaps somebody new; None where that is not clear."""
        number = own.get("staff_number", "")
        row.depends_on(_NAME, row.name)
        if number:
            row.depends_on(_NUMBER, number)
        holder = self.by_number.get(number)
        if holder is not None and holder.name != row.name:
            row.fault(
                "staff_number",
                _("That staff number belongs to %(name)s.") % {"name": holder.name},
            )
            return None
        alike = self._alike(row.name, number)
        if row.chosen:
            return self._chosen(row, alike)
        if holder is not None:
            return holder
        if not alike:
            return Member(unit=self.unit)
        if len(alike) == 1 and not _contradicts(alike[0], own):
            return alike[0]
        self._ask(row, alike)
        return None

    def _alike(self, name: str, number: str) -> list[Member]:
        """People of that name; those with another staff number are other people."""
        return [
            person
            for person in self.by_name.get(name, ())
            if not (number and person.staff_number and person.staff_number != number)
        ]

    def _chosen(self, row: PlannedRow, alike: list[Member]) -> Member | None:
        row.choices = [[person.pk, self._words(person)] for person in alike]
        if row.chosen == NEW:
            return Member(unit=self.unit)
        found = next((person for person in alike if str(person.pk) == row.chosen), None)
        if found is None:
            self._ask(row, alike)
        return found

    def _ask(self, row: PlannedRow, alike: list[Member]):
        row.outcome = Outcome.AMBIGUOUS
        row.choices = [[person.pk, self._words(person)] for person in alike]
        row.fault(
            "name",
            _("This name is in the records: say who it is, or that it is somebody else."),
        )

    def _words(self, person: Member) -> str:
        departments = [str(row.department or "") for row in person.sheet_employments]
        born = written(person.born_on, person.born_precision)
        parts = [person.staff_number, person.get_sex_display(), born, *departments]
        return "，".join([person.name, *filter(None, map(str, parts))])

    def _is_named_twice(self, row: PlannedRow, person: Member) -> bool:
        row.about = str(person.pk or f"{row.name} {row.shown('staff_number')}")
        first = self.rows_of.setdefault(row.about, row.number)
        if first != row.number:
            row.about = ""
            row.fault("name", _("Row %(row)s is about the same person.") % {"row": first})
        return first != row.number


def _contradicts(person: Member, own: Mapping) -> bool:
    """Whether the row says something of somebody else: another sex, another time of birth."""
    if person.sex and own.get("sex") and person.sex != own["sex"]:
        return True
    born = own.get("born_on")
    if not born or not person.born_on:
        return False
    first, last = born, last_day_of(born, own["born_precision"])
    return last < person.born_on or last_day_of(person.born_on, person.born_precision) < first
