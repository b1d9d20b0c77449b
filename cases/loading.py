"""Puts a ready-made case into the records, through the models and their own checks."""

from django.db import transaction
from django.utils.translation import gettext as _

from cases.books import stored
from cases.people import PeopleLoader
from cases.reading import read
from cases.work import WorkLoader
from reports.models import Report, Section
from units.models import Unit
from units.scoping import scope_of_unit


class CaseError(Exception):
    """The case cannot be loaded; the message says why and what to do."""


def load(case: str) -> Unit:
    """Load ``case`` whole or not at all, and return its unit.

    CaseError if its unit exists already.
    """
    content = read(case, "unit")
    if Unit.objects.filter(code=content["unit"]["code"]).exists():
        raise CaseError(
            _("The case %(case)s is loaded already: nothing was changed.") % {"case": case}
        )
    with transaction.atomic():
        district = _unit(content["district"])
        unit = _unit(content["unit"], parent=district)
        with scope_of_unit(unit):
            _Loader(unit, case).run(content)
    return unit


def _unit(row: dict, parent: Unit | None = None) -> Unit:
    existing = Unit.objects.filter(code=row["code"]).first()
    return existing or stored(Unit(parent=parent, **row))


class _Loader(PeopleLoader, WorkLoader):
    """A whole case."""

    def run(self, content: dict):
        """Everything, in the order in which rows refer to each other."""
        self.year(content)
        self.people(read(self.case, "members"))
        activities = read(self.case, "activities")
        self.activities(activities)
        self.aid(activities)
        self.consulting(read(self.case, "consultations"))
        self.report(read(self.case, "report"))

    def report(self, content: dict):
        """The summary, its numbers as tokens."""
        sections = content.pop("sections")
        report = self.add(Report, year=int(self.case), signatory=self.unit.signatory, **content)
        for position, row in enumerate(sections, start=1):
            row["body"] = row["body"].strip()
            self.add(Section, report=report, position=position, **row)
