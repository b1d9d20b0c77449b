"""What a unit states of itself and of its year."""

from django.utils.translation import gettext_lazy as _

from units.models import ReportingYear, Unit, UnitYear
from units.statistic import Gap, Known, Stated


def unit_name(*, year: ReportingYear) -> Stated:
    """The unit's full name."""
    return Stated(Unit.objects.filter(pk=year.unit.pk), field="name")


def unit_short_name(*, year: ReportingYear) -> Stated:
    """How the text calls the unit: 学院, 学校."""
    return Stated(Unit.objects.filter(pk=year.unit.pk), field="short_name")


def report_year(*, year: ReportingYear) -> Known:
    """The year the report is about."""
    return Known(Unit.objects.filter(pk=year.unit.pk), known=year.year)


def motto(*, year: ReportingYear) -> Stated | Gap:
    """The unit's motto of the year."""
    return _stated(year, "motto", _("the motto of the year"))


def staff_total(*, year: ReportingYear) -> Stated | Gap:
    """All staff, as stated for the year."""
    return _stated(year, "staff_total", _("the number of staff in all"))


def full_time_teachers(*, year: ReportingYear) -> Stated | Gap:
    """Full-time teachers, as stated for the year."""
    return _stated(year, "full_time_teachers", _("the number of full-time teachers"))


def _stated(year: ReportingYear, field: str, missing: str) -> Stated | Gap:
    if year.facts is None or getattr(year.facts, field) in (None, ""):
        return Gap(missing, where="units.UnitYear")
    return Stated(UnitYear.objects.filter(pk=year.facts.pk), field=field)
