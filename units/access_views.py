"""Who from outside may read a unit's records: shown to its readers, given by its secretary."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from units.access_forms import AccessForm
from units.models import AccessGrant, Unit
from units.models.access import gives_access
from units.recent_sign_in import recent_sign_in_required
from units.roles import Right, roles_with


@require_http_methods(["GET", "HEAD", "POST"])
def access(request, unit: str) -> HttpResponse:
    """The accesses of a unit; its secretary gives new ones by POST."""
    keeper = get_object_or_404(_units_read_by(request.user), code=unit)
    if request.method == "POST":
        return _give(request, keeper)
    return _page(request, keeper, form=_empty_form(request, keeper))


@require_POST
@recent_sign_in_required
def withdraw_access(request, unit: str, pk: int) -> HttpResponse:
    """End an access before its time."""
    keeper = get_object_or_404(_units_read_by(request.user), code=unit)
    _refuse_unless_secretary(request.user, keeper)
    row = get_object_or_404(AccessGrant, unit=keeper, pk=pk)
    row.withdraw(moment=timezone.now())
    messages.success(request, _("The access is withdrawn."))
    return redirect("access", unit=keeper.code)


@recent_sign_in_required
def _give(request, keeper: Unit) -> HttpResponse:
    _refuse_unless_secretary(request.user, keeper)
    form = AccessForm(request.POST, unit=keeper, giver=request.user)
    if not form.is_valid():
        return _page(request, keeper, form=form)
    form.save()
    messages.success(
        request, _("The records are open to %(name)s.") % {"name": form.instance.receiver}
    )
    return redirect("access", unit=keeper.code)


def _page(request, keeper: Unit, *, form: AccessForm | None) -> HttpResponse:
    now = timezone.now()
    given = AccessGrant.objects.filter(unit=keeper).select_related("user", "to_unit", "granted_by")
    context = {
        "keeper": keeper,
        "rows": [(row, row.lasts_at(now)) for row in given],
        "form": form,
    }
    return render(request, "units/access.html", context)


def _empty_form(request, keeper: Unit) -> AccessForm | None:
    """The form for those who may give; None for those who only read."""
    if not gives_access(request.user, keeper):
        return None
    return AccessForm(unit=keeper, giver=request.user)


def _refuse_unless_secretary(user, keeper: Unit):
    if not gives_access(user, keeper):
        raise PermissionDenied


def _units_read_by(user):
    """The units where a role of one's own opens the records; 404 for every other."""
    roles = roles_with(Right.SEE_RECORDS)
    return Unit.objects.filter(grants__user=user, grants__role__in=roles).distinct()
