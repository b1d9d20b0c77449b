"""The page on which a unit says how often it means to do what in a year."""

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from activities.aim_forms import AimForm, aim_forms, aims_of
from activities.models import Target
from units.careful_page import CarefulPage
from units.desk import unit_to_keep
from units.models import Unit

FIRST_YEAR = 1949


class AimsPage(CarefulPage):
    """All aims of a year together: a number each, empty where nothing is due."""

    template_name = "activities/aims.html"
    model = Target
    unit: Unit

    def dispatch(self, request: HttpRequest, unit: str, year: int) -> HttpResponse:
        """Find unit and year first; the year may be the next one, but not lie further off."""
        self.unit = unit_to_keep(request, unit, "activities.change_target")
        if not FIRST_YEAR <= year <= timezone.localdate().year + 1:
            raise Http404
        self.year = year
        return super().dispatch(request, unit=unit, year=year)

    def find_row(self) -> Target | None:
        """The first of the year's rows: with one of them the page changes what is there."""
        self.stored = aims_of(self.unit, self.year)
        return next(iter(self.stored.values()), None)

    def rows_shown(self) -> Iterable[Target]:
        """Every row of the year."""
        return self.stored.values()

    def make_parts(self, data=None, files=None) -> dict[str, AimForm]:
        """A form for each thing that can be due. A first entry must say at least one number."""
        self.forms = aim_forms(self.unit, self.year, data)
        first = self.forms[0]
        if data is not None and self.row is None and not any(f["due"].data for f in self.forms):
            first.is_valid()
            first.add_error("due", _("Enter at least one number."))
        return {form.prefix: form for form in self.forms}

    def save(self, parts: dict[str, AimForm]) -> Target:
        """The rows; of those left empty, none."""
        stored = [row for form in parts.values() if (row := form.save())]
        return stored[0] if stored else self.row

    def address_after(self, row: Target) -> str:
        """Back to the year."""
        return reverse("this-year", args=[self.unit.code, self.year])

    def page_context(self) -> dict:
        """The year, and the forms in their order."""
        return {
            "unit": self.unit,
            "shown": self.year,
            "forms": self.forms,
            "is_proposal": self.row is None and any(form.initial for form in self.forms),
        }
