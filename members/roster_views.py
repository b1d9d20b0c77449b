"""The roster of a unit on any day."""

from datetime import date

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.roster import roster
from members.roster_columns import COLUMNS
from members.roster_filters import RosterFilters
from units.desk import may_keep, unit_to_read
from units.events import Action, record
from units.lists import ListPage
from units.page_forms import DayField

_SEEN = "rosters_seen"
"""Where the session keeps the units whose roster was opened in it."""


class RosterPage(ListPage):
    """Who counted on a day, with what held for them then; and everybody else where asked for."""

    list_name = "roster"
    title = gettext_lazy("Roster")
    words_label = gettext_lazy("Name, pinyin, initials or staff number")
    words_help = "徐文清 · xuwenqing · xwq"
    columns = COLUMNS
    filterset_class = RosterFilters
    first_filters = ("day", "party", "status")

    def find_unit(self):
        """The unit whose records the person may see."""
        return unit_to_read(self.request, self.kwargs["unit"])

    def find_rows(self):
        """Everybody in the unit's records, as they were on the day."""
        return roster(self.unit, day=self.day()).select_related("unit")

    def with_words(self, rows, words):
        """By name, pinyin, initials or staff number."""
        return rows.found_by(words)

    def filter_options(self):
        """The unit and the day that the filters speak of."""
        return {"unit": self.unit, "day": self.day(), "today": timezone.localdate()}

    def day(self) -> date:
        """The day asked for; today where none was, or none that can be read."""
        today = timezone.localdate()
        field = DayField(required=False, year=today.year)
        try:
            return field.clean(self.question.data.get("day", "")) or today
        except ValidationError:
            return today

    def looked_at(self, *, rows: int):
        """Who belongs to which party is sensitive (PIPL 28): the log has the first look of every
        sign-in, and every file."""
        seen = self.request.session.get(_SEEN, [])
        if self.unit.pk in seen:
            return
        self.request.session[_SEEN] = [*seen, self.unit.pk]
        record(Action.VIEW, unit=self.unit, list=self.list_name, rows=rows)

    def _imports_address(self) -> str:
        """Where people are brought in from a spreadsheet, for those who may."""
        may = may_keep(self.request.user, self.unit, "members.add_member")
        return reverse("imports", args=[self.unit.code, "people"]) if may else ""

    def page_context(self):
        """The rule by which rows are on the list, and what to do where there are none."""
        keeps = may_keep(self.request.user, self.unit, "members.add_member")
        return {
            "new_address": reverse("new-person", args=[self.unit.code]) if keeps else "",
            "new_label": _("New person"),
            "rule": _("as of %(day)s; an end date is the first day that no longer counts")
            % {"day": self.day()},
            "imports_address": self._imports_address(),
            "empty_text": _("Nobody of a democratic party is in the records on this day."),
        }
