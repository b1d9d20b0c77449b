"""A list page: filters, columns to choose, an order, pages, and the very rows as a spreadsheet.

A list declares its columns once; the page, the spreadsheet and the choice of columns are made from
them. Filters stand in the address, so a view can be kept and passed on. Words that are searched for
may be a person's name: they are posted and stand in no address. The number of queries does not
depend on the number of rows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

import django_filters
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.views import View

from units.exports import Export, hand_out, mark_of
from units.models import SavedView, Unit
from units.page_forms import dress
from units.spreadsheets import CSV, XLSX, write_csv, write_xlsx

ROWS_PER_PAGE = 50
_NO_FILTERS = ("page", "columns", "order", "words", "file", "csrfmiddlewaretoken")
_NOT_IN_ADDRESS = ("page", "words", "file", "csrfmiddlewaretoken")
_KINDS = {"xlsx": XLSX, "csv": CSV}


@dataclass(frozen=True)
class Column:
    """One column: ``cell`` gives a row's value, a text, number or date.

    ``order`` names the fields by which the list can be put in this column's order; ``link`` gives
    the address a cell leads to. A column that is not ``shown`` at first can be chosen.
    """

    key: str
    header: str
    cell: Callable[[Model], object]
    order: tuple[str, ...] = ()
    link: Callable[[Model], str] | None = None
    shown: bool = True


@dataclass
class Question:
    """What was asked of a list: filters, order, columns and words."""

    data: QueryDict
    columns: Sequence[Column]
    words: str = ""
    order: str = ""
    chosen: list[Column] = field(default_factory=list)

    @classmethod
    def of(cls, request: HttpRequest, columns: Sequence[Column]) -> "Question":
        """What ``request`` asks; unknown columns and orders count as not asked for."""
        data = request.POST if request.method == "POST" else request.GET
        keys = set(data.getlist("columns"))
        orders = {column.key for column in columns if column.order}
        order = data.get("order", "")
        return cls(
            data=data,
            columns=columns,
            words=data.get("words", "").strip(),
            order=order if order.removeprefix("-") in orders else "",
            chosen=[c for c in columns if c.key in keys] or [c for c in columns if c.shown],
        )

    @property
    def query(self) -> str:
        """The address's query that asks the same again, without the words and the page."""
        kept = QueryDict(mutable=True)
        for name, values in self.data.lists():
            if name not in _NOT_IN_ADDRESS:
                kept.setlist(name, [value for value in values if value])
        return kept.urlencode()

    @property
    def falling(self) -> str:
        """The key of the column in whose order the list stands, largest first; else ""."""
        return self.order[1:] if self.order.startswith("-") else ""

    @property
    def is_changed(self) -> bool:
        """Whether the list is looked at in another way than the one it opens with."""
        return any(value for name, value in self.data.items() if name not in _NOT_IN_ADDRESS)

    @property
    def is_narrowed(self) -> bool:
        """Whether fewer rows than all are asked for."""
        return bool(self.words) or any(
            value for name, value in self.data.items() if name not in _NO_FILTERS
        )

    def in_order(self, rows: QuerySet) -> QuerySet:
        """``rows`` in the order asked for; their own where none was."""
        if not self.order:
            return rows
        column = next(c for c in self.columns if c.key == self.order.removeprefix("-"))
        sign = "-" if self.order.startswith("-") else ""
        # The key last: equal rows must not change places between two pages.
        return rows.order_by(*(_signed(name, sign) for name in column.order), "pk")


def _signed(name: str, sign: str) -> str:
    return name.removeprefix("-") if sign and name.startswith("-") else f"{sign}{name}"


class ListPage(View):
    """One list of a unit. Subclasses name their columns, filters and rows."""

    http_method_names = ["get", "head", "post", "options"]
    template_name = "units/list.html"
    list_name = ""
    title = ""
    words_label = _("Find")
    columns: Sequence[Column] = ()
    filterset_class: type[django_filters.FilterSet] | None = None
    unit: Unit

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
        """What else the template needs: ``new_address``, ``empty_text`` …"""
        return {}

    def day(self) -> date | None:
        """The day for which the list is true, where it is one of a day."""
        return None

    # --- the way of a request ---

    def dispatch(self, request, *args, **kwargs):
        """Find the unit first: nobody else's list is even begun."""
        self.unit = self.find_unit()
        self.question = Question.of(request, self.columns)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, **kwargs) -> HttpResponse:
        """The list, or as ``?file=xlsx`` or ``csv`` the same rows in the same order."""
        filters = self._filters()
        rows = self.question.in_order(filters.qs if filters is not None else self.find_rows())
        if self.question.words:
            rows = self.with_words(rows, self.question.words)
        kind = self.question.data.get("file", "")
        if kind in _KINDS:
            return self._file(rows, kind)
        return render(request, self._template(), self._context(rows, filters))

    def post(self, request: HttpRequest, **kwargs) -> HttpResponse:
        """As ``get``, with words that must not stand in the address.

        Without words it leads to the address that asks the same.
        """
        answer = self.get(request, **kwargs)
        address = f"{request.path}?{self.question.query}"
        if request.htmx:
            answer["HX-Push-Url"] = address
        elif not self.question.words and not self.question.data.get("file"):
            return redirect(address)
        return answer

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

    def _template(self) -> str:
        return "units/_list_rows.html" if self.request.htmx else self.template_name

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
            "page": page,
            "lines": [self._line(row) for row in page],
            "views": views,
            "may_save_views": self.request.user.reads_in(self.unit),
            "file_kinds": list(_KINDS),
            "words_label": self.words_label,
            **self.page_context(),
        }

    def _line(self, row: Model) -> list[tuple[Column, object, str]]:
        return [
            (column, column.cell(row), column.link(row) if column.link else "")
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
        content = (
            write_csv(headers, lines, mark=mark)
            if kind == "csv"
            else write_xlsx(headers, lines, title=str(self.title), mark=mark)
        )
        name = f"{self.unit.short_name}{self.title}.{kind}"
        return HttpResponse(
            content,
            content_type=_KINDS[kind],
            headers={"Content-Disposition": content_disposition_header(True, name)},
        )
