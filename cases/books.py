"""What loading a case needs throughout: its unit, checked rows, and names met so far."""

from django.db import models

from cases.reading import written_date
from consultations.models import Consultation
from members.models import Member, Organisation, Party
from units.models import Department, Unit


def stored(row: models.Model) -> models.Model:
    """The row after its own checks, saved. ValidationError names what is wrong with it."""
    row.full_clean(exclude=["path", "sort_key", "initials", "find_key"])
    row.save()
    return row


class Books:
    """One case being loaded into one unit; the maps find rows by the names the files use."""

    def __init__(self, unit: Unit, case: str):
        self.unit = unit
        self.case = case
        self.parties = {party.short_name: party for party in Party.objects.all()}
        self.organisations: dict[str, Organisation] = {}
        self.departments: dict[str, Department] = {}
        self.members: list[Member] = []
        self.consultations: dict[str, Consultation] = {}

    def add(self, model: type[models.Model], **fields) -> models.Model:
        """A checked and saved row of this unit."""
        return stored(model(unit=self.unit, **fields))

    def dated(self, model: type[models.Model], since: str, **fields) -> models.Model:
        """A row that holds from a date of any precision."""
        started_on, precision = written_date(since)
        return self.add(model, started_on=started_on, started_precision=precision, **fields)
