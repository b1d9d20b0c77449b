"""Pages about promises: what last year's report announced, and what became of it this year."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from activities.models import Activity
from consultations.digest import year_of
from consultations.models import Promise, PromiseKept
from consultations.promise_forms import PromiseForm, ReviewForm
from units.careful_page import CarefulPage
from units.desk import may_keep, unit_to_keep, unit_to_read
from units.models import ReportingYear, Unit

MAY_CHANGE = "consultations.change_promise"


@require_safe
def promises(request: HttpRequest, unit: str) -> HttpResponse:
    """What is due in a year (``?year=``), each with its outcome and the records behind it."""
    keeper = unit_to_read(request, unit)
    year = _year_asked(request, keeper)
    day = min(year.last, timezone.localdate())
    rows = Promise.objects.filter(unit=keeper).due_in(year).with_outcome(day=day)
    rows = rows.prefetch_related("reviews__activities", "reviews__suggestions")
    context = {
        "unit": keeper,
        "shown": year.year,
        "years": _years_of(keeper, year.year),
        "day": day,
        "rows": [_line(row, keeper) for row in rows.order_by("made_in", "kind", "position", "pk")],
        "may_change": may_keep(request.user, keeper, MAY_CHANGE),
    }
    return render(request, "consultations/promises.html", context)


class EnterPromise(CarefulPage):
    """Enter a shortcoming or measure by hand, or change its wording."""

    template_name = "consultations/enter_promise.html"
    model = Promise
    unit: Unit

    def find_row(self) -> Promise | None:
        """The promise to change; None where a new one is entered."""
        self.unit = unit_to_keep(self.request, self.kwargs["unit"], MAY_CHANGE)
        if "pk" not in self.kwargs:
            return None
        return get_object_or_404(Promise, unit=self.unit, pk=self.kwargs["pk"])

    def make_parts(self, data=None, files=None) -> dict[str, PromiseForm]:
        """One form; a new one is of the report of last year."""
        row = self.row or Promise(unit=self.unit, made_in=timezone.localdate().year - 1)
        return {"form": PromiseForm(data, instance=row)}

    def save(self, parts) -> Promise:
        """Store it, a new one behind those of its year."""
        row = parts["form"].save(commit=False)
        if row._state.adding:
            row.position = Promise.objects.filter(unit=self.unit, made_in=row.made_in).count() + 1
        row.save()
        return row

    def address_after(self, row: Promise) -> str:
        """To the promises of the year in which it is due."""
        return address_of(self.unit, row.made_in + 1)

    def page_context(self) -> dict:
        """Where the list is."""
        return {"unit": self.unit, "title": _("Shortcoming or measure"), "wide": "wording"}


class ReviewPromise(CarefulPage):
    """Say what became of a promise, or correct what was said."""

    template_name = "consultations/enter_promise.html"
    model = PromiseKept
    unit: Unit

    def find_row(self) -> PromiseKept | None:
        """The review to correct; None where a new one is made."""
        self.unit = unit_to_keep(self.request, self.kwargs["unit"], MAY_CHANGE)
        promises = Promise.objects.filter(unit=self.unit)
        self.promise = get_object_or_404(promises, pk=self.kwargs["pk"])
        if "review" not in self.kwargs:
            return None
        return get_object_or_404(self.promise.reviews, pk=self.kwargs["review"])

    def make_parts(self, data=None, files=None) -> dict[str, ReviewForm]:
        """One form, about today unless another day is written."""
        today = timezone.localdate()
        row = self.row or PromiseKept(unit=self.unit, promise=self.promise, on=today)
        return {"form": ReviewForm(data, instance=row, today=today)}

    def save(self, parts) -> PromiseKept:
        """Store it with its records."""
        return parts["form"].save()

    def address_after(self, row: PromiseKept) -> str:
        """To the promises of the year in which the day lies."""
        return address_of(self.unit, year_of(self.unit, day=row.on).year)

    def page_context(self) -> dict:
        """What is reviewed."""
        return {
            "unit": self.unit,
            "title": _("What became of it"),
            "about": self.promise.wording,
            "wide": "words",
        }


def address_of(unit: Unit, year: int) -> str:
    """The page of the promises that are due in ``year``."""
    return f"{reverse('promises', args=[unit.code])}?year={year}"


def _line(row: Promise, unit: Unit) -> dict:
    """A promise with its latest word and the records behind it, each with its address."""
    latest = next((each for each in reversed(_in_order(row)) if each.on == row.outcome_on), None)
    return {
        "row": row,
        "latest": latest,
        "records": [(str(each), _address(each, unit)) for each in row.shown_by],
    }


def _in_order(row: Promise) -> list[PromiseKept]:
    return sorted(row.reviews.all(), key=lambda each: (each.on, each.pk))


def _address(record: Model, unit: Unit) -> str:
    name = "activity" if isinstance(record, Activity) else "suggestion"
    return reverse(name, args=[unit.code, record.pk])


def _year_asked(request: HttpRequest, unit: Unit) -> ReportingYear:
    """The year that ``?year=`` names, else the present one. Http404 for what is no year."""
    asked = request.GET.get("year", "")
    if not asked:
        return year_of(unit, day=timezone.localdate())
    if not asked.isascii() or not asked.isdigit() or not date.min.year < int(asked) < 3000:
        raise Http404
    return unit.reporting_year(int(asked))


def _years_of(unit: Unit, shown: int) -> Iterable[int]:
    made = Promise.objects.filter(unit=unit).order_by().values_list("made_in", flat=True)
    due = {year + 1 for year in made.distinct()}
    return sorted({*due, shown, year_of(unit, day=timezone.localdate()).year}, reverse=True)
