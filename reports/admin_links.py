"""Ways from a page into the forms where its records are entered, for those who may use them."""

from urllib.parse import urlencode

from django.apps import apps
from django.contrib.admin import site
from django.db.models import Model
from django.urls import reverse

from reports.evidence import SHEETS
from reports.readings import Reading
from units.models import ReportingYear, Unit, UnitYear, User
from units.roles import Right, rights_of
from units.statistic import Gap


class AdminLinks:
    """The addresses of forms that ``user`` may open for records of ``unit``; "" for any other."""

    def __init__(self, user: User, unit: Unit):
        roles = [role for key, role in user.held_grants if key == unit.pk]
        self._rights = {right for role in roles for right in rights_of(role)}

    def to_record(self, row: Model) -> str:
        """The form on which ``row`` is entered: its own, or that of the record it belongs to."""
        sheet = SHEETS.get(row._meta.label)
        if sheet and sheet.owner and not site.is_registered(type(row)):
            row = getattr(row, sheet.owner)
        if not self._may("view", type(row)):
            return ""
        return reverse(_name(type(row), "change"), args=[row.pk])

    def to_new(self, model: type[Model], **initial) -> str:
        """An empty form for ``model``, with ``initial`` values filled in."""
        if not self._may("add", model):
            return ""
        address = reverse(_name(model, "add"))
        return f"{address}?{urlencode(initial)}" if initial else address

    def to_missing(self, reading: Reading) -> str:
        """Where to enter what a gap misses, or to put right a contradicted head count."""
        if not reading.is_gap:
            return ""
        statistic = reading.statistic
        model = apps.get_model(statistic.where) if isinstance(statistic, Gap) else UnitYear
        if model is UnitYear:
            return self.to_head_counts(reading.year)
        return self.to_new(model)

    def to_head_counts(self, year: ReportingYear) -> str:
        """The form with what the unit states for ``year``."""
        if year.facts is not None:
            return self.to_record(year.facts)
        return self.to_new(UnitYear, year=year.year, closes_on=year.last.isoformat())

    def _may(self, action: str, model: type[Model]) -> bool:
        permission = f"{model._meta.app_label}.{action}_{model._meta.model_name}"
        return site.is_registered(model) and {permission, Right.USE_ADMIN} <= self._rights


def _name(model: type[Model], page: str) -> str:
    return f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"
