"""The rounds of aid, and one round's account with all its entries."""

from decimal import Decimal

import django_filters
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from activities.aid_deeds import obstacle_to_closing
from activities.aid_ledger import ledger_of, pledges_of
from activities.models import AidRound, RoundStep
from units.desk import may_keep, unit_to_read
from units.lists import Column, ListPage
from units.roles import Right


def _received(row: AidRound) -> Decimal:
    gifts = (g for g in row.gifts.all() if g.is_money and not g.is_reversed)
    return sum((gift.amount for gift in gifts), Decimal("0.00"))


def _standing_grants(row: AidRound) -> list:
    return [grant for grant in row.grants.all() if not grant.is_reversed]


def _handed_out(row: AidRound) -> Decimal:
    return sum((grant.amount for grant in _standing_grants(row)), Decimal("0.00"))


def _helped(row: AidRound) -> int:
    return len({grant.recipient_id for grant in _standing_grants(row)})


def _state(row: AidRound) -> str:
    is_closed = row.last_step == RoundStep.Kind.CLOSE
    return _("account closed") if is_closed else _("account open")


COLUMNS = (
    Column("date", gettext_lazy("Appeal of"), lambda row: row.opened_on, order=("opened_on",)),
    Column(
        "name",
        gettext_lazy("Round of aid"),
        str,
        order=("name",),
        link=lambda row: reverse("aid-round", args=[row.unit.code, row.pk]),
    ),
    Column("community", gettext_lazy("Community"), lambda row: row.community, order=("community",)),
    Column("received", gettext_lazy("Received, in yuan"), _received),
    Column("handed_out", gettext_lazy("Handed out, in yuan"), _handed_out),
    Column("helped", gettext_lazy("Helped (persons)"), _helped),
    Column("state", pgettext_lazy("aid", "Account"), _state),
)


class RoundFilters(django_filters.FilterSet):
    """Which rounds are shown."""

    year = django_filters.NumberFilter(
        label=pgettext_lazy("rounds", "Year"), field_name="opened_on", lookup_expr="year"
    )

    class Meta:
        model = AidRound
        fields = ()


class RoundList(ListPage):
    """A unit's rounds, the latest first, and the pledges behind them."""

    template_name = "activities/aid/rounds.html"
    list_name = "aid"
    title = gettext_lazy("Aid to students")
    words_label = gettext_lazy("Find in names and communities")
    filterset_class = RoundFilters
    columns = COLUMNS

    def find_unit(self):
        """The unit whose records the person may see."""
        return unit_to_read(self.request, self.kwargs["unit"])

    def find_rows(self):
        """All rounds, with what their cells add up."""
        rows = AidRound.objects.filter(unit=self.unit).with_state().select_related("unit")
        entries = ("gifts__reversal", "grants__reversal")
        return rows.prefetch_related(*entries).order_by("-opened_on", "-pk")

    def with_words(self, rows, words):
        """Those whose name or community holds every word."""
        for word in words.split():
            rows = rows.filter(name__icontains=word) | rows.filter(community__icontains=word)
        return rows

    def page_context(self):
        """The way to a new round, and the pledges with what has come of each."""
        keeps = may_keep(self.request.user, self.unit, "activities.add_aidround")
        return {
            "new_address": reverse("new-aid-round", args=[self.unit.code]) if keeps else "",
            "new_label": _("New round of aid"),
            "empty_text": _("No round of aid is entered yet."),
            "pledges": pledges_of(self.unit),
            "may_keep": keeps,
        }


@require_safe
def round_page(request: HttpRequest, unit: str, pk: int) -> HttpResponse:
    """One round as an account: gifts, grants, balance, what is missing, and how it stands."""
    keeper = unit_to_read(request, unit)
    rows = AidRound.objects.select_related("ceremony", "unit")
    ledger = ledger_of(get_object_or_404(rows, unit=keeper, pk=pk))
    keeps = may_keep(request.user, keeper, Right.CLOSE_AID)
    context = {
        "unit": keeper,
        "aid_round": ledger.aid_round,
        "ledger": ledger,
        "may_keep": keeps,
        "may_enter": keeps and not ledger.is_closed,
        "obstacle": obstacle_to_closing(ledger, request.user) if keeps else "",
    }
    return render(request, "activities/aid/round.html", context)


@require_safe
def ledger_sheet(request: HttpRequest, unit: str, pk: int) -> HttpResponse:
    """The account as a sheet to print and sign: no receipt, and it says so."""
    keeper = unit_to_read(request, unit)
    rows = AidRound.objects.select_related("ceremony", "unit")
    ledger = ledger_of(get_object_or_404(rows, unit=keeper, pk=pk))
    context = {"unit": keeper, "ledger": ledger, "today": timezone.localdate()}
    return render(request, "activities/aid/sheet.html", context)
