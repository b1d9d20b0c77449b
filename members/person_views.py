"""A person's page: what is known of them on a day, and their timeline."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members.models import Member, MergedEntry
from members.person_deeds import deeds_about
from members.person_forms import DayForm
from members.roster import roster
from members.roster_columns import COLUMNS
from members.row_forms import FORMS
from members.timeline import sources, timeline
from units.desk import may_keep, unit_to_read
from units.events import Action, record
from units.models import Unit
from units.roles import Right

_KEEP = "members.change_member"


@require_safe
def person(request: HttpRequest, unit: str, pk: int) -> HttpResponse:
    """What held for somebody on a day, and everything that is told of them, the latest first.

    The look is in the log and on the person's own sheet. An entry that was merged leads to the one
    that remains.
    """
    keeper = unit_to_read(request, unit)
    form = DayForm(request.GET or None, today=timezone.localdate())
    row = roster(keeper, day=form.chosen).filter(pk=pk).select_related("unit").first()
    if row is None:
        return _to_what_remains(keeper, pk)
    record(Action.VIEW, row=row)
    only = request.GET.get("only", "")
    keeps = may_keep(request.user, keeper, _KEEP)
    context = {
        "unit": keeper,
        "person": row,
        "day": form.chosen,
        "form": form,
        "facts": [(c.header, value) for c in COLUMNS[1:] if (value := c.cell(row))],
        "is_here": row.status_then is not None,
        "kinds": sources(),
        "only": only,
        "years": timeline(row, only=only),
        "links": list(_links(request, keeper, row)),
        "deeds": deeds_about(row) if keeps else [],
        "corrected": FORMS if keeps else {},
    }
    return render(request, "members/person.html", context)


def _to_what_remains(unit: Unit, pk: int) -> HttpResponse:
    merged = MergedEntry.objects.filter(unit=unit, key=pk).first()
    if merged is None:
        raise Http404
    return redirect("person", unit.code, merged.member_id)


def _links(request: HttpRequest, unit: Unit, row: Member):
    """(label, address) of the pages about this person that the asker may open."""
    if request.user.holds_in(unit, Right.SEE_CONTACT):
        yield _("Telephone"), reverse("person-contact", args=[row.pk])
        yield _("Own sheet"), reverse("person-sheet", args=[row.pk])
    if may_keep(request.user, unit, _KEEP):
        yield _("Correct an entry"), reverse("admin:members_member_change", args=[row.pk])
