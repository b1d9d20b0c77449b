"""The rows of an admin's list as a file: exactly those shown, in the same order."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django_scopes import get_scope

from units.desk import may_keep
from units.exports import Export, hand_out, mark_of
from units.models import Unit
from units.sheet_columns import SheetColumn
from units.spreadsheets import CSV, XLSX, write_csv, write_xlsx

_CHUNK = 1000
_KINDS = {"xlsx": XLSX, "csv": CSV}


class SheetAdmin(admin.ModelAdmin):
    """Adds links to a list: the same rows as a spreadsheet, with the columns declared for it."""

    change_list_template = "admin/units/sheet_change_list.html"
    sheet_columns: Sequence[SheetColumn] = ()
    import_kind = ""
    """What :mod:`units.imports` calls rows of this kind, where they can be brought in as well."""

    def changelist_view(self, request, extra_context=None):
        """The list, with a link to the import for each unit whose rows the person may add to."""
        may_add = f"{self.opts.app_label}.add_{self.opts.model_name}"
        units = request.units_seen if self.import_kind else []
        links = [
            (unit, reverse("imports", args=[unit.code, self.import_kind]))
            for unit in units
            if may_keep(request.user, unit, may_add)
        ]
        return super().changelist_view(request, {**(extra_context or {}), "import_links": links})

    def sheet_rows(self, request, rows: QuerySet) -> QuerySet:
        """``rows`` in their order, with what the columns need."""
        return rows

    def get_urls(self):
        """One address for each kind of file."""
        names = f"{self.opts.app_label}_{self.opts.model_name}"
        export = self.admin_site.admin_view(self.export)
        return [
            *(
                path(f"export.{kind}", export, {"kind": kind}, name=f"{names}_export_{kind}")
                for kind in _KINDS
            ),
            *super().get_urls(),
        ]

    def export(self, request, kind: str) -> HttpResponse:
        """The list that the address's query asks for, as a file of that kind; it is logged."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            rows = self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters:
            names = f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"
            return redirect(reverse(names, query={ERROR_FLAG: 1}))
        return self._file(request, self.sheet_rows(request, rows), kind)

    def _file(self, request, rows: QuerySet, kind: str) -> HttpResponse:
        columns = [str(column.heading) for column in self.sheet_columns]
        lines, units = [], Counter()
        several = len(get_scope()["unit"]) > 1
        for row in rows.iterator(_CHUNK):
            units[row.unit] += 1
            first = [row.unit.name] if several else []
            lines.append([*first, *(column.value(row) for column in self.sheet_columns)])
        columns = [_("Unit"), *columns] if several else columns
        title = str(capfirst(self.opts.verbose_name_plural))
        answer = partial(_answer, request, kind, columns, lines, title)
        # Every unit whose rows go out finds it in its own log.
        for unit, number in (units or self._none_of_each_unit()).items():
            export = Export(
                file=self.opts.label_lower,
                format=kind,
                rows=number,
                unit=unit,
                # Readable, not as in the address: whoever is erased is found in it by name.
                asked=dict(request.GET.lists()),
            )
            answer = _noted(request, export, answer)
        return answer()

    def _none_of_each_unit(self) -> dict[Unit, int]:
        return dict.fromkeys(Unit.objects.filter(pk__in=get_scope()["unit"]), 0)


def _noted(request, export: Export, answer: Callable[[], HttpResponse]):
    return lambda: hand_out(request, export, answer)


def _answer(request, kind: str, columns: list[str], lines: list[list], title: str) -> HttpResponse:
    mark = mark_of(request.user, timezone.now())
    content = (
        write_csv(columns, lines, mark=mark)
        if kind == "csv"
        else write_xlsx(columns, lines, title=title, mark=mark)
    )
    name = f"{title}{timezone.localdate().isoformat()}.{kind}"
    return HttpResponse(
        content,
        content_type=_KINDS[kind],
        headers={"Content-Disposition": content_disposition_header(True, name)},
    )
