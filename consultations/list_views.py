"""The ledger of suggestions as a list, with the columns that superiors ask for."""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.models import Step, Suggestion
from consultations.suggestion_filters import SuggestionFilters
from units.desk import may_keep, unit_to_read
from units.lists import Column, ListPage

_SATISFACTION = dict(Step.Satisfaction.choices)
_OUTCOME = dict(Step.Outcome.choices)


def _replies(row: Suggestion) -> str:
    return "、".join(str(each.replied_on) for each in row.replies.all())


COLUMNS = (
    Column(
        "number",
        gettext_lazy("Number"),
        str,
        order=("year", "number"),
        link=lambda row: reverse("suggestion", args=[row.unit.code, row.pk]),
    ),
    Column("wording", gettext_lazy("Suggestion"), lambda row: row.wording),
    Column("category", gettext_lazy("Category"), lambda row: row.category, order=("category",)),
    Column(
        "registered",
        gettext_lazy("Registered"),
        lambda row: row.registered_on,
        order=("registered_on",),
    ),
    Column("state", gettext_lazy("State"), lambda row: row.state_label),
    Column("department", gettext_lazy("Department"), lambda row: row.department_name),
    Column("due", gettext_lazy("Reply due"), lambda row: row.due_on, order=("due_on",)),
    Column("result", gettext_lazy("Result"), lambda row: row.result_label),
    Column("made_at", gettext_lazy("Made at"), lambda row: row.consultation or "", shown=False),
    Column("proposers", gettext_lazy("Made by"), lambda row: row.made_by, shown=False),
    Column("replied", gettext_lazy("Replied"), _replies, shown=False),
    Column("told", gettext_lazy("Result told on"), lambda row: row.fed_back_on, shown=False),
    Column(
        "satisfaction",
        gettext_lazy("The proposer's word"),
        lambda row: _SATISFACTION.get(row.satisfaction, ""),
        shown=False,
    ),
    Column(
        "outcome",
        gettext_lazy("Followed up"),
        lambda row: _OUTCOME.get(row.outcome, ""),
        shown=False,
    ),
)


class SuggestionList(ListPage):
    """Every suggestion, the newest first, as it stands today."""

    list_name = "suggestions"
    title = gettext_lazy("Suggestions")
    words_label = gettext_lazy("Find in the wording and the replies")
    filterset_class = SuggestionFilters
    columns = COLUMNS

    def find_unit(self):
        """The unit whose records the person may see."""
        return unit_to_read(self.request, self.kwargs["unit"])

    def day(self):
        """Today: a list of open questions is true for the day it is looked at."""
        return timezone.localdate()

    def find_rows(self):
        """All suggestions with their course up to today."""
        rows = Suggestion.objects.filter(unit=self.unit).with_course(day=self.day())
        rows = rows.select_related("unit", "organisation", "consultation")
        return rows.prefetch_related("proposers", "replies").order_by("-year", "-number")

    def with_words(self, rows, words):
        """Those in whose wording, category or replies every word is found."""
        for word in words.split():
            hits = Q(wording__icontains=word) | Q(category__icontains=word)
            hits |= Q(replies__wording__icontains=word)
            found = Suggestion.objects.filter(hits, unit=self.unit).order_by()
            rows = rows.filter(pk__in=found.values("pk"))
        return rows

    def filter_options(self):
        """The unit and the day."""
        return {"unit": self.unit, "day": self.day()}

    def page_context(self):
        """The way to a new one, for those who may enter it."""
        may_enter = may_keep(self.request.user, self.unit, "consultations.add_suggestion")
        return {
            "nav": "consultations/_nav.html",
            "new_address": reverse("new-suggestion", args=[self.unit.code]) if may_enter else "",
            "new_label": _("Register a suggestion"),
            "empty_text": _(
                "No suggestion is registered yet. Enter a symposium with what was said "
                "there, or register one by itself."
            ),
        }
