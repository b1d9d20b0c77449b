"""The list of a unit's activities, consultations among them."""

import unicodedata
from functools import partial

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.entry_sections import lookups_of_words
from activities.list_filters import ActivityFilters
from activities.missing import missing_of, with_facts
from activities.models import Activity
from units.desk import may_keep, unit_to_read
from units.lists import Column, ListPage
from units.written_dates import written

_WORDS = ("title", "place", "occasion", "partner", "summary", "series__name", "themes__name")


def _joined(rows) -> str:
    return "、".join(str(row) for row in rows)


def _count_of(name: str, row: Activity) -> int | None:
    return getattr(row, name) or None


COLUMNS = (
    Column(
        "date",
        gettext_lazy("Date"),
        lambda row: written(row.started_on, row.precision),
        order=("started_on",),
    ),
    Column(
        "title",
        gettext_lazy("Activity"),
        str,
        order=("title",),
        link=lambda row: reverse("activity", args=[row.unit.code, row.pk]),
    ),
    Column("kind", gettext_lazy("Kind"), lambda row: row.get_kind_display(), order=("kind",)),
    Column("place", gettext_lazy("Place"), lambda row: row.place, order=("place",)),
    Column("present", gettext_lazy("On the list"), partial(_count_of, "present_count")),
    Column("head_count", gettext_lazy("Head count"), lambda row: row.head_count),
    Column("missing", gettext_lazy("Still missing"), lambda row: _joined(missing_of(row))),
    Column("times", gettext_lazy("Times"), lambda row: row.times, order=("times",), shown=False),
    Column("occasion", gettext_lazy("Occasion"), lambda row: row.occasion, shown=False),
    Column("series", gettext_lazy("Series"), lambda row: row.series, shown=False),
    Column("themes", gettext_lazy("Themes"), lambda row: _joined(row.themes.all()), shown=False),
    Column(
        "organisers",
        gettext_lazy("Organisers"),
        lambda row: _joined(row.organisers.all()),
        shown=False,
    ),
    Column("partner", gettext_lazy("Partner"), lambda row: row.partner, shown=False),
)


class ActivityList(ListPage):
    """Everything that happened, the latest first; drafts without a date stand at the top."""

    list_name = "activities"
    title = gettext_lazy("Activities")
    words_label = gettext_lazy("Find in titles, places, themes …")
    filterset_class = ActivityFilters
    columns = COLUMNS

    def find_unit(self):
        """The unit whose records the person may see."""
        return unit_to_read(self.request, self.kwargs["unit"])

    def find_rows(self):
        """All activities with what their cells say."""
        rows = with_facts(Activity.objects.filter(unit=self.unit)).select_related("unit", "series")
        chosen = {column.key for column in self.question.chosen}
        rows = rows.prefetch_related(*sorted(chosen & {"themes", "organisers"}))
        return rows.order_by(F("started_on").desc(nulls_first=True), "-pk")

    def with_words(self, rows, words):
        """Those in which every word is found somewhere, full-width letters and digits alike."""
        for word in words.split():
            hits = Q()
            for form in {word, unicodedata.normalize("NFKC", word)}:
                for lookup in (*_WORDS, *lookups_of_words()):
                    hits |= Q(**{f"{lookup}__icontains": form})
            found = Activity.objects.filter(hits, unit=self.unit).order_by()
            rows = rows.filter(pk__in=found.values("pk"))
        return rows

    def filter_options(self):
        """The unit, and the year that can be chosen even if nothing happened yet."""
        return {"unit": self.unit, "this_year": timezone.localdate().year}

    def page_context(self):
        """The way to a new activity, for those who may enter one."""
        may_enter = may_keep(self.request.user, self.unit, "activities.add_activity")
        year = self.question.data.get("year", "")
        address = reverse("new-activity", args=[self.unit.code]) if may_enter else ""
        return {
            "new_address": f"{address}?year={year}" if address and year.isdecimal() else address,
            "new_label": _("Enter an activity"),
            "empty_text": _("No activity is entered yet. Begin with the last one you remember."),
        }
