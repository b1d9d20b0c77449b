"""Entering the aid ledger: a round, a gift with its givers, grants, a pledge."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.aid_forms import GiftForm, PledgeForm, RoundForm
from activities.aid_giver_forms import GiverFormSet
from activities.aid_grant_forms import GrantForm, GrantsForm
from activities.models import AidRound, Gift, Grant, LedgerEntry, Pledge
from activities.models.ledger import is_booked
from units.careful_page import CarefulPage, Part
from units.desk import unit_to_keep
from units.models import Unit


class _LedgerPage(CarefulPage):
    """What the forms of the ledger have in common: one template, and the way back."""

    template_name = "activities/aid/form.html"
    permission = ""
    unit: Unit
    aid_round: AidRound | None = None

    def dispatch(self, request: HttpRequest, *, unit: str, **kwargs) -> HttpResponse:
        """Find the unit first."""
        self.unit = unit_to_keep(request, unit, self.permission)
        self.today = timezone.localdate()
        return super().dispatch(request, unit=unit, **kwargs)

    @property
    def year(self) -> int:
        """The year understood in dates written without one: that of the appeal."""
        return self.aid_round.opened_on.year if self.aid_round else self.today.year

    def find_round(self, pk: int) -> AidRound:
        """The unit's round; Http404 for another's."""
        return get_object_or_404(AidRound, unit=self.unit, pk=pk)

    def address_after(self, row) -> str:
        """The round's account."""
        return reverse("aid-round", args=[self.unit.code, row.aid_round_id])

    def heading(self) -> str:
        """What the page is called."""
        raise NotImplementedError

    def page_context(self) -> dict:
        """The heading, and the way back."""
        context = {"unit": self.unit, "aid_round": self.aid_round, "heading": self.heading()}
        back = reverse("aid-rounds", args=[self.unit.code])
        if self.aid_round and self.aid_round.pk:
            back = reverse("aid-round", args=[self.unit.code, self.aid_round.pk])
        return {**context, "back": back}


class RoundPage(_LedgerPage):
    """A new round, or one that is corrected."""

    model = AidRound
    permission = "activities.change_aidround"

    def find_row(self):
        """The round; None where a new one is entered."""
        self.aid_round = self.find_round(self.kwargs["pk"]) if "pk" in self.kwargs else None
        return self.aid_round

    def make_parts(self, data=None, files=None) -> dict[str, Part]:
        """The one form."""
        row = self.row or AidRound(unit=self.unit)
        return {"form": RoundForm(data, instance=row, year=self.year)}

    def save(self, parts):
        """The round."""
        messages.success(self.request, _("Saved."))
        return parts["form"].save()

    def address_after(self, row):
        """Its account."""
        return reverse("aid-round", args=[self.unit.code, row.pk])

    def heading(self):
        """Its name, or that it is new."""
        return str(self.row) if self.row else _("New round of aid")


class _EntryPage(_LedgerPage):
    """An entry of a round: a new one (``pk`` is the round's), or a stored one (``pk`` is its)."""

    model: type[LedgerEntry]
    is_new = False

    def find_row(self):
        """The entry; None where a new one is entered."""
        if self.is_new:
            self.aid_round = self.find_round(self.kwargs["pk"])
            return None
        rows = self.model.objects.select_related("aid_round")
        row = get_object_or_404(rows, unit=self.unit, pk=self.kwargs["pk"])
        self.aid_round = row.aid_round
        return row

    @property
    def held(self) -> bool:
        """Whether a closed account holds the entry."""
        return self.row is not None and is_booked(self.row)

    def page_context(self):
        """Also, whether only part of the entry can be changed, and the way to reverse it."""
        word = self.model._meta.model_name
        can_reverse = self.row is not None and not self.row.is_reversed
        reverse_at = (
            reverse(f"reverse-{word}", args=[self.unit.code, self.row.pk]) if can_reverse else ""
        )
        return {**super().page_context(), "held": self.held, "reverse_at": reverse_at}


class GiftPage(_EntryPage):
    """One gift with its givers."""

    model = Gift
    permission = "activities.change_gift"

    def make_parts(self, data=None, files=None) -> dict[str, Part]:
        """The gift and its givers; these cannot be changed in an account that was closed."""
        row = self.row or Gift(unit=self.unit, aid_round=self.aid_round)
        options = {"year": self.year, "today": self.today, "held": self.held}
        parts: dict[str, Part] = {"form": GiftForm(data, instance=row, **options)}
        if not self.held:
            parts["givers"] = GiverFormSet(data, gift=row, day=self.today)
        return parts

    def rows_shown(self):
        """The gift and its givers."""
        yield self.row
        yield from self.row.donors.all()

    def check_together(self, parts):
        """Known shares fit the amount."""
        if "givers" in parts:
            parts["givers"].check_with(parts["form"])

    def save(self, parts):
        """The gift, then its givers."""
        row = parts["form"].save()
        if "givers" in parts:
            parts["givers"].save(row)
        messages.success(self.request, _("Saved."))
        return row

    def heading(self):
        """What was given, or that it is new."""
        return str(self.row) if self.row else _("Enter a gift")


class NewGift(GiftPage):
    """An empty form for a gift of a round."""

    is_new = True


class GrantPage(_EntryPage):
    """One grant that is corrected."""

    model = Grant
    permission = "activities.change_grant"

    def make_parts(self, data=None, files=None) -> dict[str, Part]:
        """The one form."""
        options = {"year": self.year, "today": self.today, "held": self.held}
        return {"form": GrantForm(data, instance=self.row, **options)}

    def save(self, parts):
        """The grant."""
        messages.success(self.request, _("Saved."))
        return parts["form"].save()

    def heading(self):
        """To whom, and how much."""
        return str(self.row)


class NewGrants(GrantPage):
    """Several equal grants in one go."""

    is_new = True

    def make_parts(self, data=None, files=None) -> dict[str, Part]:
        """The one form for all of them."""
        first = self.aid_round.ceremony and self.aid_round.ceremony.started_on
        initial = {"granted_on": first} if first else {}
        options = {"aid_round": self.aid_round, "year": self.year, "today": self.today}
        return {"form": GrantsForm(data, initial=initial, **options)}

    def save(self, parts):
        """Every grant; the first of them."""
        grants = parts["form"].save()
        words = ngettext("%(n)s grant is entered.", "%(n)s grants are entered.", len(grants))
        messages.success(self.request, words % {"n": len(grants)})
        return grants[0]

    def heading(self):
        """That they are new."""
        return _("Enter grants")


class PledgePage(_LedgerPage):
    """A pledge: a new one, or one that is corrected."""

    model = Pledge
    permission = "activities.change_pledge"

    def find_row(self):
        """The pledge; None where a new one is entered."""
        if "pk" not in self.kwargs:
            return None
        return get_object_or_404(Pledge, unit=self.unit, pk=self.kwargs["pk"])

    def make_parts(self, data=None, files=None) -> dict[str, Part]:
        """The one form."""
        row = self.row or Pledge(unit=self.unit)
        return {"form": PledgeForm(data, instance=row, today=self.today)}

    def save(self, parts):
        """The pledge."""
        messages.success(self.request, _("Saved."))
        return parts["form"].save()

    def address_after(self, row):
        """The list of rounds, where pledges stand below."""
        return reverse("aid-rounds", args=[self.unit.code])

    def heading(self):
        """Whose it is, or that it is new."""
        return str(self.row) if self.row else _("Enter a pledge")
