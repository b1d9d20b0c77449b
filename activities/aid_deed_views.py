"""Closing a round's account, opening it again, and reversing an entry of it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from activities.aid_deeds import (
    close,
    obstacle_to_closing,
    obstacle_to_reopening,
    reopen,
    rounds_to_carry_to,
)
from activities.aid_deeds import (
    reverse as take_back,
)
from activities.aid_forms import CloseForm, ReasonForm
from activities.aid_ledger import ledger_of
from activities.models import AidRound, Gift, Grant, Reversal, RoundStep
from units.careful_page import CarefulPage, Part
from units.desk import unit_to_keep
from units.models import Unit
from units.roles import Right


class _DeedPage(CarefulPage):
    """One deed on an account: always a new row, made by :mod:`activities.aid_deeds`."""

    template_name = "activities/aid/deed.html"
    unit: Unit
    aid_round: AidRound

    def dispatch(self, request, *, unit: str, **kwargs):
        """Find the unit first."""
        self.unit = unit_to_keep(request, unit, Right.CLOSE_AID)
        return super().dispatch(request, unit=unit, **kwargs)

    def find_row(self) -> None:
        """None: a deed is a new row. Finds the round, and reads its account."""
        self.aid_round = get_object_or_404(AidRound, unit=self.unit, pk=self.kwargs["pk"])
        self.ledger = ledger_of(self.aid_round)

    def make_parts(self, data=None, files=None) -> dict[str, Part]:
        """The reason."""
        return {"form": ReasonForm(data)}

    def obstacle(self) -> str:
        """Why it cannot be done now, in words."""
        return ""

    def words(self) -> dict[str, str]:
        """``heading``, ``explained`` and ``button``."""
        raise NotImplementedError

    def page_context(self) -> dict:
        """The account as it stands, what the deed does, and why it cannot be done."""
        back = reverse("aid-round", args=[self.unit.code, self.aid_round.pk])
        shown = {"unit": self.unit, "aid_round": self.aid_round, "ledger": self.ledger}
        return {**shown, "back": back, "obstacle": self.obstacle(), **self.words()}

    def address_after(self, row) -> str:
        """The account."""
        return reverse("aid-round", args=[self.unit.code, self.aid_round.pk])


class ClosePage(_DeedPage):
    """Close the account, with its sums as they stand."""

    model = RoundStep

    def make_parts(self, data=None, files=None) -> dict[str, Part]:
        """Where the balance went, and why."""
        rounds = rounds_to_carry_to(self.aid_round)
        return {"form": CloseForm(data, ledger=self.ledger, rounds=rounds)}

    def obstacle(self):
        """Because of the entries, or of who asks."""
        return obstacle_to_closing(self.ledger, self.request.user)

    def save(self, parts):
        """The step that closes."""
        entered = parts["form"].cleaned_data
        step = close(
            self.aid_round,
            by=self.request.user,
            moment=timezone.now(),
            reason=entered["reason"],
            rest=entered.get("rest", ""),
            carried_to=entered.get("carried_to"),
        )
        messages.success(self.request, _("The account is closed."))
        return step

    def words(self):
        """What closing does."""
        return {
            "heading": _("Close the account"),
            "explained": _(
                "From then on no entry is added, changed or deleted. If something turns out to be "
                "wrong, the account is opened again with a reason, and the entry reversed."
            ),
            "button": _("Close the account"),
        }


class ReopenPage(_DeedPage):
    """Open a closed account again."""

    model = RoundStep

    def obstacle(self):
        """Because it is open, or of where its balance went."""
        return obstacle_to_reopening(self.ledger, self.request.user)

    def save(self, parts):
        """The step that opens again."""
        reason = parts["form"].cleaned_data["reason"]
        step = reopen(self.aid_round, by=self.request.user, moment=timezone.now(), reason=reason)
        messages.success(self.request, _("The account is open again."))
        return step

    def words(self):
        """What opening again does."""
        return {
            "heading": _("Open the account again"),
            "explained": _(
                "Entries can be added again. Those that were in the account when it was closed "
                "stay as they are: a wrong one is reversed, and the right one entered."
            ),
            "button": _("Open the account again"),
        }


class _ReversePage(_DeedPage):
    """Reverse an entry; ``pk`` is the entry's."""

    model = Reversal
    entry_model: type[Gift] | type[Grant]

    def find_row(self):
        """None; finds the entry and its round."""
        rows = self.entry_model.objects.select_related("aid_round")
        self.entry = get_object_or_404(rows, unit=self.unit, pk=self.kwargs["pk"])
        self.aid_round = self.entry.aid_round
        self.ledger = ledger_of(self.aid_round)

    def obstacle(self):
        """Because it was reversed already, or the account is closed."""
        if self.entry.is_reversed:
            return _("This entry was reversed already.")
        if self.ledger.is_closed:
            return _("The account is closed: open it again first.")
        return ""

    def save(self, parts):
        """The reversal."""
        reason = parts["form"].cleaned_data["reason"]
        row = take_back(self.entry, by=self.request.user, day=timezone.localdate(), reason=reason)
        messages.success(self.request, _("The entry is reversed."))
        return row

    def words(self):
        """What reversing does."""
        return {
            "heading": _("Reverse: %(entry)s") % {"entry": self.entry},
            "explained": _(
                "The entry stays in the ledger, struck through, with your reason; it is in no sum "
                "any more. This cannot be undone: enter the right entry anew."
            ),
            "button": _("Reverse the entry"),
        }


class ReverseGift(_ReversePage):
    """Reverse a gift."""

    entry_model = Gift


class ReverseGrant(_ReversePage):
    """Reverse a grant."""

    entry_model = Grant
