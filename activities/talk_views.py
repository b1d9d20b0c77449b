"""Talks of friends: the pairs with what is due, the year's talks, and their short forms."""

from datetime import date

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activities.models import Activity, Talk, TalkPair
from activities.talk_dates import pairs_in
from activities.talk_forms import PairForm, TalkForm
from activities.talks import take_back
from units.careful_page import CarefulPage
from units.desk import may_keep, unit_to_keep, unit_to_read
from units.editing import STAMP_FIELD, is_stale, stale_message, stamp_of
from units.events import Action, hold_chain, record
from units.models import Unit

FIRST_YEAR = 1949


@require_safe
def talks(request: HttpRequest, unit: str) -> HttpResponse:
    """Every pair of the year, the overdue first, and the talks held; ``?year=`` chooses."""
    keeper = unit_to_read(request, unit)
    today = timezone.localdate()
    year = _year_asked(request, today)
    period = keeper.reporting_year(year).period
    held = _talks_of(keeper).filter(activity__started_on__range=(period.first, period.last))
    pairs = pairs_in(period, unit=keeper, today=today)
    only_overdue = request.GET.get("show") == "overdue"
    if only_overdue:
        pairs = [each for each in pairs if each.is_overdue]
    record(Action.VIEW, unit=keeper, list="talks", rows=len(pairs))
    context = {
        "unit": keeper,
        "shown": year,
        "years": _years_of(keeper, {year, today.year}),
        "pairs": pairs,
        "only_overdue": only_overdue,
        "talks": list(held.order_by("-activity__started_on", "-pk")),
        "may_record": may_keep(request.user, keeper, "activities.add_talk"),
        "may_change": may_keep(request.user, keeper, "activities.change_talk"),
    }
    return render(request, "activities/talks.html", context)


class TalkPage(CarefulPage):
    """A talk: a new one (``?pair=`` chooses whose), or one that is corrected."""

    template_name = "activities/talk.html"
    model = Talk
    unit: Unit

    def find_row(self) -> Talk | None:
        """The talk to correct; None on the page for a new one."""
        key = self.kwargs.get("pk")
        action = "add" if key is None else "change"
        self.unit = unit_to_keep(self.request, self.kwargs["unit"], f"activities.{action}_talk")
        return None if key is None else get_object_or_404(_talks_of(self.unit), pk=key)

    def make_parts(self, data=None, files=None) -> dict[str, TalkForm]:
        """The one form."""
        pairs = TalkPair.objects.filter(unit=self.unit).select_related("leader", "friend")
        self.year = _year_asked(self.request, timezone.localdate())
        form = TalkForm(
            data,
            instance=self.row or Talk(unit=self.unit),
            pairs=pairs,
            year=self.year,
            initial={} if self.row else {"pair": self.request.GET.get("pair", "")},
        )
        return {"form": form}

    def rows_shown(self):
        """The talk and its activity."""
        return [self.row, self.row.activity]

    def save(self, parts) -> Talk:
        """The talk with its activity."""
        talk = parts["form"].save()
        messages.success(self.request, _("The talk is recorded."))
        return talk

    def address_after(self, row: Talk) -> str:
        """The list, in the year of the talk."""
        return _list_of(self.unit, row.activity.started_on.year)

    def page_context(self) -> dict:
        """Where the list is, and whether there is any pair yet."""
        year = self.row.activity.started_on.year if self.row else self.year
        return {
            "unit": self.unit,
            "back": _list_of(self.unit, year),
            "has_pairs": TalkPair.objects.filter(unit=self.unit).exists(),
        }


class PairPage(CarefulPage):
    """A pair of friends: a new one, or one that is ended or corrected."""

    template_name = "activities/pair.html"
    model = TalkPair
    unit: Unit

    def find_row(self) -> TalkPair | None:
        """The pair to change; None on the page for a new one."""
        key = self.kwargs.get("pk")
        action = "add" if key is None else "change"
        self.unit = unit_to_keep(self.request, self.kwargs["unit"], f"activities.{action}_talkpair")
        pairs = TalkPair.objects.filter(unit=self.unit).select_related("leader", "friend")
        return None if key is None else get_object_or_404(pairs, pk=key)

    def make_parts(self, data=None, files=None) -> dict[str, PairForm]:
        """The one form."""
        pair = self.row or TalkPair(unit=self.unit)
        return {"form": PairForm(data, instance=pair, unit=self.unit, today=timezone.localdate())}

    def save(self, parts) -> TalkPair:
        """The pair."""
        messages.success(self.request, _("Saved."))
        return parts["form"].save()

    def address_after(self, row: TalkPair) -> str:
        """The list of pairs."""
        return _list_of(self.unit)

    def page_context(self) -> dict:
        """Where the list is."""
        return {"unit": self.unit, "back": _list_of(self.unit)}


@require_POST
def follow_up(request: HttpRequest, unit: str, pk: int) -> HttpResponse:
    """Tick off what was to be followed up, as done today; ``undo`` takes the tick back."""
    keeper = unit_to_keep(request, unit, "activities.change_talk")
    done_on = None if "undo" in request.POST else timezone.localdate()
    with transaction.atomic():
        hold_chain()
        talk = get_object_or_404(_talks_of(keeper), pk=pk)
        # Ticked already, by somebody else or by a second click: the first day stays.
        if talk.follow_up and (talk.followed_up_on is None) is (done_on is not None):
            talk.followed_up_on = done_on
            talk.full_clean()
            talk.save()
    return redirect(_list_of(keeper, talk.activity.started_on.year))


@require_http_methods(["GET", "HEAD", "POST"])
def delete_talk(request: HttpRequest, unit: str, pk: int) -> HttpResponse:
    """Asks whether a talk entered by mistake is to be deleted, and deletes it."""
    keeper = unit_to_keep(request, unit, "activities.delete_talk")
    talk = get_object_or_404(_talks_of(keeper), pk=pk)
    back = _list_of(keeper, talk.activity.started_on.year)
    refusal = _taken_back(request, keeper, pk) if request.method == "POST" else ""
    if request.method == "POST" and not refusal:
        messages.success(request, _("The talk was deleted."))
        return redirect(back)
    stamp = {"name": STAMP_FIELD, "value": stamp_of([talk, talk.activity])}
    context = {"unit": keeper, "talk": talk, "back": back, "refusal": refusal, "stamp": stamp}
    return render(request, "activities/delete_talk.html", context)


def _taken_back(request: HttpRequest, unit: Unit, pk: int) -> str:
    """Empty where the talk is gone; else why it is not."""
    try:
        with transaction.atomic():
            hold_chain()
            talk = get_object_or_404(_talks_of(unit), pk=pk)
            if is_stale(request.POST.get(STAMP_FIELD, ""), [talk, talk.activity]):
                return stale_message()
            take_back(talk)
    except ValidationError as refused:
        return " ".join(refused.messages)
    return ""


class _YearForm(forms.Form):
    year = forms.IntegerField(min_value=FIRST_YEAR)


def _year_asked(request: HttpRequest, today: date) -> int:
    """The year in the address, if there is one and it is not further off than the next."""
    form = _YearForm(request.GET)
    asked = form.cleaned_data["year"] if form.is_valid() else today.year
    return asked if asked <= today.year + 1 else today.year


def _years_of(unit: Unit, more: set[int]) -> list[int]:
    held = Activity.objects.filter(unit=unit, kind=Activity.Kind.TALK)
    known = {day.year for day in held.dates("started_on", "year")}
    return sorted(known | more, reverse=True)


def _talks_of(unit: Unit) -> QuerySet[Talk]:
    return Talk.objects.filter(unit=unit).select_related("activity", "pair__leader", "pair__friend")


def _list_of(unit: Unit, year: int | None = None) -> str:
    address = reverse("talks", args=[unit.code])
    return f"{address}?year={year}" if year else address
