"""Keeping a way of looking at a list under a name, and letting go of it."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from units.desk import unit_to_read
from units.models import SavedView
from units.questions import query_for_address


class SaveViewForm(forms.ModelForm):
    """What is kept: the list, the name, the query, and whether colleagues find it too."""

    class Meta:
        model = SavedView
        fields = ["list_name", "name", "query", "shared"]

    def clean_query(self) -> str:
        """What an address of the list may hold: no words, which may be a name, and no page."""
        return query_for_address(QueryDict(self.cleaned_data["query"]))

    def _get_validation_exclusions(self) -> set[str]:
        return set()


@require_POST
def save_view(request: HttpRequest, unit: str) -> HttpResponse:
    """Keep the view of a list that its page sends."""
    keeper = _unit_of_own(request, unit)
    view = SavedView(unit=keeper, owner=request.user)
    form = SaveViewForm(request.POST, instance=view)
    if form.is_valid():
        form.save()
        messages.success(request, _("The view “%(name)s” is kept.") % {"name": view.name})
    else:
        for faults in form.errors.values():
            messages.error(request, faults[0])
    return redirect(_way_back(request, f"?{view.query}"))


@require_POST
def remove_view(request: HttpRequest, unit: str, pk: int) -> HttpResponse:
    """Let go of a view of one's own."""
    keeper = _unit_of_own(request, unit)
    view = get_object_or_404(SavedView, unit=keeper, owner=request.user, pk=pk)
    view.delete()
    messages.success(request, _("The view “%(name)s” is gone.") % {"name": view.name})
    return redirect(request.headers.get("Referer", "home") if _is_ours(request) else "home")


def _unit_of_own(request: HttpRequest, code: str):
    """The unit, for people with a role there: an access from outside leaves nothing behind."""
    unit = unit_to_read(request, code)
    if not request.user.reads_in(unit):
        raise PermissionDenied
    return unit


def _is_ours(request: HttpRequest, address: str | None = None) -> bool:
    address = request.headers.get("Referer") if address is None else address
    return url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())


def _way_back(request: HttpRequest, query: str) -> str:
    address = request.POST.get("next", "")
    return f"{address}{query}" if address.startswith("/") and _is_ours(request, address) else "home"
