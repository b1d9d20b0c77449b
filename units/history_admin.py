"""The page of a record's history in the admin: every change, before and after."""

from collections.abc import Iterable, Iterator

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import PermissionDenied
from django.forms.models import _get_foreign_key
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from units.scoping import UnitRow
from units.versions import Version, keys_below, versions_of

VERSIONS_PER_PAGE = 50


class HistoryAdmin(admin.ModelAdmin):
    """Shows versions of the record and of the rows below it, the newest first.

    Both are read in the request's scope; whoever may not see the record does not see its history.
    """

    def history_view(self, request, object_id, extra_context=None):
        """What changed, from what to what, when, by whom and why."""
        row = self.get_object(request, unquote(object_id))
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        versions = sorted(self._versions(request, row), key=lambda v: v.order, reverse=True)
        page = self.get_paginator(request, versions, VERSIONS_PER_PAGE).get_page(
            request.GET.get(PAGE_VAR, 1)
        )
        context = {
            **self.admin_site.each_context(request),
            "title": _("Change history: %s") % row,
            "opts": self.opts,
            "object": row,
            "versions": page,
            "page_var": PAGE_VAR,
        }
        return TemplateResponse(request, "admin/units/history.html", context)

    def keys_in_history(self, row: UnitRow) -> set[int]:
        """The keys under which versions of ``row`` are kept: its own."""
        return {row.pk}

    def rows_in_history(self, request, row: UnitRow) -> Iterable[tuple[type[UnitRow], str]]:
        """(kind of record, foreign key to ``row``) of the rows below it: those on its page."""
        for inline in self.get_inline_instances(request, row):
            if hasattr(inline.model, "history"):
                yield inline.model, _get_foreign_key(self.model, inline.model, inline.fk_name).name

    def _versions(self, request, row: UnitRow) -> Iterator[Version]:
        keys = self.keys_in_history(row)
        yield from versions_of(self.model, keys)
        for model, field in self.rows_in_history(request, row):
            yield from versions_of(model, keys_below(model, field, keys), without=field)
