"""Loads a case's year, organisations and people."""

from datetime import date

from cases.books import Books
from cases.reading import written_date
from members.codes import LEVEL_OF_TITLE
from members.models import (
    Appointment,
    Education,
    Employment,
    Honour,
    Member,
    Membership,
    Organisation,
    Title,
)
from units.models import Department, UnitYear


class PeopleLoader(Books):
    """Everything about people."""

    def year(self, content: dict):
        """Head counts and organisations."""
        for row in content["years"]:
            self.add(UnitYear, **row)
        for row in content["organisations"]:
            links = {
                "parent": self.organisations.get(row.pop("parent", None)),
                "party": self.parties.get(row.pop("party", None)),
            }
            self.organisations[row["name"]] = self.add(Organisation, **row, **links)

    def people(self, content: dict):
        """Members with their dated rows, the secretaries, the honours."""
        for row in content["people"]:
            self.members.append(self.person(row))
        for row in content["secretaries"]:
            self.secretary(**row)
        for row in content["honours"]:
            self.add(Honour, **row)

    def person(self, row: dict) -> Member:
        """One member of a party."""
        born_on, born_precision = written_date(row["born"])
        member = self.add(
            Member,
            name=row["name"],
            sex=row["sex"],
            born_on=born_on,
            born_precision=born_precision,
        )
        self.add(
            Employment,
            member=member,
            department=self.department(row["department"]),
            full_time_teacher=True,
        )
        self.dated(
            Membership,
            row["joined"],
            member=member,
            party=self.parties[row["party"]],
            organisation=self.organisations[row["organisation"]],
        )
        self.dated(
            Title,
            row["titled"],
            member=member,
            name=row["title"],
            level=LEVEL_OF_TITLE[row["title"]],
        )
        completed_on, completed_precision = written_date(row["schooled"])
        self.add(
            Education,
            member=member,
            level=row["schooling"],
            completed_on=completed_on,
            completed_precision=completed_precision,
        )
        if "post" in row:
            self.add(
                Appointment,
                member=member,
                kind=Appointment.Kind.PARTY,
                party=self.parties[row["party"]],
                **row["post"],
            )
        return member

    def secretary(self, *, name: str, started_on: date, ended_on: date | None = None):
        """A secretary of the general branch, who belongs to no democratic party."""
        member = self.add(Member, name=name)
        self.add(Employment, member=member)
        self.add(
            Appointment,
            member=member,
            kind=Appointment.Kind.CPC,
            level=Appointment.Level.UNIT,
            organisation=self.organisations["总支"],
            post="书记",
            started_on=started_on,
            ended_on=ended_on,
        )

    def department(self, name: str) -> Department:
        """The unit's department of that name, made when first met."""
        if name not in self.departments:
            self.departments[name] = self.add(Department, name=name)
        return self.departments[name]
