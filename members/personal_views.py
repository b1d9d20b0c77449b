"""Pages about people's own data: contacts, sheets, requests, retention, erasing.

No address holds a name or a number: people go by key, and what is searched for is posted.
"""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from members.erasing import ErasureRefused, erase, refuse_unless_allowed
from members.models import Contact, CorrectionRequest, Member
from members.notice import NOTICE_VERSION, notice_lines, register_lines
from members.own_sheet import own_sheet
from members.person_rows import held_rows
from members.personal_forms import OVERTAKEN, AnswerForm, EraseForm, LookUpForm
from members.request_views import NewRequest
from units.encryption import SealBroken
from units.events import Action, record
from units.exports import Export, hand_out, mark_of
from units.models import Unit
from units.recent_sign_in import password_once_more, recent_sign_in_required
from units.retention import LOG_DAYS, blank_due, due
from units.roles import Right
from units.scoping import StaleRow

PAGE = 100


def needs(right: str):
    """Refuse everybody whose roles do not give ``right`` anywhere, before anything is looked up."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not request.user.has_right(right):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


@require_http_methods(["GET", "POST"])
@needs(Right.SEE_CONTACT)
def people(request) -> HttpResponse:
    """The people of one's units with their masked numbers; what is searched for is posted."""
    form = LookUpForm(request.POST or None)
    units = _units(request, Right.SEE_CONTACT)
    found = Member.objects.filter(unit__in=units)
    if form.is_valid() and form.cleaned_data["words"]:
        found = _matching(found, form.cleaned_data["words"])
    page = Paginator(found.select_related("unit", "contact"), PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "form": form,
        "rows": [(member, _masked(member)) for member in page],
        "page": page,
        "units": units,
        "may_erase": request.user.has_right(Right.ERASE_PERSON),
    }
    return render(request, "members/people.html", context)


@require_http_methods(["GET", "POST"])
@needs(Right.SEE_CONTACT)
def contact(request, pk: int) -> HttpResponse:
    """A person's number: masked, and in full when asked for by POST, which is logged."""
    member = _member(request, pk, Right.SEE_CONTACT)
    row = Contact.objects.filter(member=member).first()
    shown, broken = "", ""
    if request.method == "POST" and row is not None:
        record(Action.VIEW, row=row, field="phone")
        try:
            shown = row.phone
        except SealBroken as error:
            broken = str(error)
    context = {"member": member, "contact": row, "shown": shown, "broken": broken}
    return render(request, "members/contact.html", context)


@require_GET
@needs(Right.SEE_CONTACT)
def sheet(request, pk: int) -> HttpResponse:
    """What is stored about a person, to print and hand over; the look itself is on it.

    The telephone number is covered unless ``?full=1`` asks for it, which asks for the password.
    """
    member, full = _member(request, pk, Right.SEE_CONTACT), _is_full(request)
    if full and (asking := password_once_more(request)):
        return asking
    record(Action.VIEW, row=member, page="own sheet", full=full)
    content = own_sheet(member, day=timezone.localdate(), full=full)
    return render(request, "members/sheet.html", {"member": member, "sheet": content, "full": full})


@require_GET
@needs(Right.SEE_CONTACT)
def sheet_file(request, pk: int) -> HttpResponse:
    """The sheet as a file for machines; its name holds the key alone. ``?full=1`` as above."""
    member, full = _member(request, pk, Right.SEE_CONTACT), _is_full(request)
    export = Export(file="own sheet", format="json", rows=1, row=member, full=full)
    return hand_out(request, export, lambda: _sheet_as_json(request, member, full=full))


def _sheet_as_json(request, member: Member, *, full: bool) -> JsonResponse:
    content = own_sheet(member, day=timezone.localdate(), full=full).as_json()
    content["mark"] = mark_of(request.user, timezone.now())
    answer = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="person-{member.pk}.json"'
    return answer


def _is_full(request) -> bool:
    return request.GET.get("full") == "1"


@require_GET
@needs(Right.SEE_CONTACT)
def notice(request, unit: str) -> HttpResponse:
    """The notice for the people of a unit, with the blanks filled that the unit can fill."""
    keeper = get_object_or_404(_units(request, Right.SEE_CONTACT), code=unit)
    context = {
        "keeper": keeper,
        "version": NOTICE_VERSION,
        "lines": notice_lines(),
        "log_days": LOG_DAYS,
    }
    return render(request, "members/notice.html", context)


@require_GET
@needs(Right.SEE_CONTACT)
def field_register(request) -> HttpResponse:
    """Every stored field with its purpose, basis, sensitivity and term."""
    return render(request, "members/register.html", {"lines": register_lines()})


@require_GET
@needs(Right.SEE_CONTACT)
def requests(request) -> HttpResponse:
    """The open requests of one's units, the most urgent first."""
    day = timezone.localdate()
    waiting = CorrectionRequest.objects.open().filter(unit__in=_units(request, Right.SEE_CONTACT))
    rows = [(row, row.due_on < day) for row in waiting.select_related("member")]
    return render(request, "members/requests.html", {"rows": rows})


new_request = needs(Right.SEE_CONTACT)(NewRequest.as_view())


@require_http_methods(["GET", "POST"])
@needs(Right.SEE_CONTACT)
def answer_request(request, pk: int) -> HttpResponse:
    """Record the decision on a request and its answer."""
    units = _units(request, Right.SEE_CONTACT)
    row = get_object_or_404(
        CorrectionRequest.objects.filter(unit__in=units).select_related("member", "unit"), pk=pk
    )
    form = AnswerForm(request.POST or None, instance=row)
    return _saved(request, form, member=row.member, heading=str(row.get_kind_display()))


@require_GET
@needs(Right.SEE_CONTACT)
def retention(request) -> HttpResponse:
    """What has been kept long enough, and what a hold protects."""
    day = timezone.localdate()
    units = []
    for unit in _units(request, Right.SEE_CONTACT):
        held = held_rows(unit=unit, day=day)
        items = [(item, item.key in held) for item in due(unit=unit, day=day)]
        units.append((unit, items, any(item.fields and not kept for item, kept in items)))
    context = {
        "units": units,
        "log_days": LOG_DAYS,
        "may_erase": request.user.has_right(Right.ERASE_PERSON),
    }
    return render(request, "members/retention.html", context)


@require_POST
@needs(Right.ERASE_PERSON)
@recent_sign_in_required
def blank(request, unit: str) -> HttpResponse:
    """Blank whatever is due and needs no decision."""
    keeper = get_object_or_404(_units(request, Right.ERASE_PERSON), code=unit)
    day = timezone.localdate()
    done = blank_due(unit=keeper, day=day, held=held_rows(unit=keeper, day=day))
    messages.success(request, _("Blanked: %(number)s records.") % {"number": len(done)})
    return redirect("person-retention")


@require_http_methods(["GET", "POST"])
@needs(Right.ERASE_PERSON)
@recent_sign_in_required
def erase_person(request, pk: int) -> HttpResponse:
    """Erase somebody, for a stated reason."""
    member = _member(request, pk, Right.ERASE_PERSON)
    form = EraseForm(request.POST or None)
    day = timezone.localdate()
    if form.is_valid():
        try:
            erased = erase(member, reason=form.cleaned_data["reason"], day=day)
        except ErasureRefused as refused:
            form.add_error(None, str(refused))
        else:
            _tell_about(request, erased)
            return redirect("people")
    context = {"member": member, "form": form, "obstacle": _obstacle(member, day)}
    return render(request, "members/erase.html", context)


def _tell_about(request, erased):
    messages.success(
        request, _("Erased; the person is now called %(name)s.") % {"name": erased.pseudonym}
    )
    for place in erased.left:
        messages.warning(request, _("Look at this place yourself: %(place)s") % {"place": place})


def _obstacle(member: Member, day) -> str:
    """Why somebody cannot be erased for any reason; empty if they can."""
    try:
        refuse_unless_allowed(member, reason=" – ", day=day)
    except ErasureRefused as refused:
        return str(refused)
    return ""


def _saved(request, form, *, member: Member, heading: str) -> HttpResponse:
    """Store the form and go to the open requests, or show it with its faults."""
    if form.is_valid():
        try:
            form.save()
        except StaleRow:
            form.add_error(None, OVERTAKEN)
        else:
            messages.success(request, _("Saved."))
            return redirect("person-requests")
    return render(
        request, "members/request.html", {"form": form, "member": member, "heading": heading}
    )


def _units(request, right: str) -> QuerySet[Unit]:
    return Unit.objects.filter(pk__in=request.user.keys_of_units_with(right))


def _member(request, pk: int, right: str) -> Member:
    """The person, within the units where the asker holds ``right``; 404 otherwise."""
    return get_object_or_404(
        Member.objects.filter(unit__in=_units(request, right)).select_related("unit"), pk=pk
    )


def _matching(found: QuerySet[Member], words: str) -> QuerySet[Member]:
    """By name, pinyin or initials, or by whole telephone number."""
    by_phone = Q(pk__in=[])
    try:
        for unit in Unit.objects.filter(pk__in=found.order_by().values("unit")):
            contacts = Contact.objects.with_phone(words, unit=unit)
            by_phone |= Q(pk__in=contacts.order_by().values("member"))
    except ValidationError:
        pass  # no telephone number: a name
    return found.filter(by_phone) | found.found_by(words)


def _masked(member: Member) -> str:
    return member.contact.masked_phone if hasattr(member, "contact") else ""
