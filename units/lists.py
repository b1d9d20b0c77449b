"""A list page: filters, columns to choose, an order, pages, and the very rows as a spreadsheet.

A list declares its columns once; the page, the spreadsheet and the choice of columns are made from
them. Filters stand in the address, so a view can be kept and passed on. Words that are searched for
may be a person's name: they are posted and stand in no address. The number of queries does not
depend on the number of rows.
"""

from collections.abc import Sequence
from datetime import date

import django_filters
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.views import View

from units.exports import Export, hand_out, mark_of
from units.models import SavedView, Unit
from units.page_forms import dress
from units.questions import Column, Question
from units.spreadsheets import CSV, XLSX, write_csv, write_xlsx

__all__ = ["Column", "ListPage"]

ROWS_PER_PAGE = 50
_KINDS = {"xlsx": XLSX, "csv": CSV}


class ListPage(View):
    """One list of a unit. Subclasses name their columns, filters and rows."""

    http_method_names = ["get", "head", "post", "options"]
    template_name = "units/list.html"
    list_name = ""
    title = ""
    words_label = _("Find")
    words_help = ""
    columns: Sequence[Column] = ()
    filterset_class: type[django_filters.FilterSet] | None = None
    first_filters: Sequence[str] = ()
    """Names of the filters that are always in sight, where not all are."""
    unit: Unit
    question: Question

    # --- what a list fills in ---

    def find_unit(self) -> Unit:
        """The unit whose list it is; checks the right to read it."""
        raise NotImplementedError

    def find_rows(self) -> QuerySet:
        """All rows of the list, with what their cells need, in the list's own order."""
        raise NotImplementedError

    def with_words(self, rows: QuerySet, words: str) -> QuerySet:
        """The rows in which ``words`` are found."""
        return rows

    def filter_options(self) -> dict:
        """What else the FilterSet is made with: the unit, the day."""
        return {}

    def page_context(self) -> dict:
        """What else the template needs: ``new_address``, ``new_label``, ``empty_text``, ``rule``,
        by which rows are on the list or not, and ``nav``, a template that leads to pages near."""
        return {}

    def day(self) -> date | None:
        """The day for which the list is true, where it is one of a day; a file is named by it."""
        return None

    def looked_at(self, *, rows: int):
        """Called when the page is opened, and not for each filter tried on it."""

    # --- the way of a request ---

    def dispatch(self, request, *args, **kwargs):
        """Find the unit first: nobody else's list is even begun."""
        if request.method.lower() in self.http_method_names:
            self.unit = self.find_unit()
            self.question = Question(request, self.columns)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, **kwargs) -> HttpResponse:
        """The list, or as ``?file=xlsx`` or ``csv`` the same rows in the same order."""
        filters = self._filters()
        rows = self.question.in_order(self._found(filters))
        kind = self.question.data.get("file", "")
        if kind in _KINDS:
            return self._file(rows, kind)
        context = self._context(rows, filters)
        if request.htmx:
            return render(request, "units/_list_answer.html", context)
        self.looked_at(rows=context["page"].paginator.count)
        return render(request, self.template_name, context)

    def post(self, request: HttpRequest, **kwargs) -> HttpResponse:
        """As ``get``, with words that must not stand in the address.

        Without words it leads to the address that asks the same.
        """
        query = self.question.query
        address = f"{request.path}?{query}" if query else request.path
        if request.htmx:
            answer = self.get(request, **kwargs)
            answer["HX-Push-Url"] = address
            return answer
        if self.question.words or self.question.data.get("file"):
            return self.get(request, **kwargs)
        return redirect(address)

    def _filters(self):
        if self.filterset_class is None:
            return None
        filters = self.filterset_class(
            self.question.data,
            queryset=self.find_rows(),
            request=self.request,
            **self.filter_options(),
        )
        filters.form.label_suffix = ""
        for each in filters.form.fields.values():
            dress(each.widget)
        return filters

    def _found(self, filters) -> QuerySet:
        """The rows asked for; none while a filter cannot be read, rather than too many."""
        if filters is None:
            rows = self.find_rows()
        else:
            rows = filters.qs if filters.form.is_valid() else filters.queryset.none()
        return self.with_words(rows, self.question.words) if self.question.words else rows

    def _context(self, rows: QuerySet, filters) -> dict:
        page = Paginator(rows, ROWS_PER_PAGE).get_page(self.question.data.get("page"))
        views = SavedView.objects.filter(unit=self.unit).for_list(
            self.list_name, user=self.request.user
        )
        return {
            "unit": self.unit,
            "title": self.title,
            "list_name": self.list_name,
            "question": self.question,
            "filters": filters,
            **self._fields(filters),
            "page": page,
            "lines": [self._line(row) for row in page],
            "views": views,
            "may_save_views": self.question.is_changed and self.request.user.reads_in(self.unit),
            "file_kinds": list(_KINDS),
            "words_label": self.words_label,
            "words_help": self.words_help,
            "rule": "",
            "nav": "",
            "imports_address": "",
            **self.page_context(),
        }

    def _fields(self, filters) -> dict:
        """The filters in sight, and the others; these open by themselves where one is in use."""
        fields = list(filters.form) if filters is not None else []
        more = [
            each for each in fields if self.first_filters and each.name not in self.first_filters
        ]
        return {
            "first_fields": [each for each in fields if each not in more],
            "more_fields": more,
            "more_in_use": any(self.question.data.get(each.name) for each in more),
        }

    def _line(self, row: Model) -> list[tuple[Column, object, str]]:
        return [
            (column, _shown(column.cell(row)), column.link(row) if column.link else "")
            for column in self.question.chosen
        ]

    def _file(self, rows: QuerySet, kind: str) -> HttpResponse:
        headers = [str(column.header) for column in self.question.chosen]
        lines = [[column.cell(row) for column in self.question.chosen] for row in rows]
        export = Export(
            file=self.list_name,
            format=kind,
            rows=len(lines),
            unit=self.unit,
            asked=self.question.query,
        )
        return hand_out(self.request, export, lambda: self._written(headers, lines, kind))

    def _written(self, headers: list[str], lines: list[list], kind: str) -> HttpResponse:
        mark = mark_of(self.request.user, timezone.now())
        title = f"{self.title} {self.day()}" if self.day() else str(self.title)
        content = (
            write_csv(headers, lines, mark=mark)
            if kind == "csv"
            else write_xlsx(headers, lines, title=title, mark=mark)
        )
        name = f"{self.unit.short_name}{title}.{kind}"
        return HttpResponse(
            content,
            content_type=_KINDS[kind],
            headers={"Content-Disposition": content_disposition_header(True, name)},
        )


def _shown(value) -> object:
    """A cell's value as the page shows it: days as files and forms write them."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else value
