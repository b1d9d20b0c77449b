"""Whatever is done in whatever order, an account agrees with itself (check 74)."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activities import statistics
from activities.aid_deeds import close, reopen, reverse, rounds_to_carry_to
from activities.aid_ledger import ledger_of
from activities.models import Gift, GiftDonor, Grant
from tests import factories
from units.dates import Period

YEAR = Period(date(2017, 1, 1), date(2017, 12, 31))
CENTS = st.integers(1, 300_000).map(lambda cents: Decimal(cents) / 100)
PICK = st.integers(0, 50)
ACTIONS = st.one_of(
    st.tuples(st.just("gift"), CENTS, st.lists(st.none() | st.integers(0, 100), max_size=3)),
    st.tuples(st.just("goods"), PICK),
    st.tuples(st.just("instalment"), CENTS),
    st.tuples(st.just("grant"), CENTS, PICK),
    st.tuples(st.just("equal grants"), CENTS, st.integers(2, 4)),
    st.tuples(st.just("change gift"), CENTS, PICK),
    st.tuples(st.just("change grant"), CENTS, PICK),
    st.tuples(st.just("delete grant"), PICK),
    st.tuples(st.just("reverse gift"), PICK),
    st.tuples(st.just("reverse grant"), PICK),
    st.tuples(st.just("close"), st.booleans(), st.booleans()),
    st.tuples(st.just("reopen"), st.booleans()),
)


class Office:
    """Two rounds, and the deeds of whoever keeps them; a refused deed changes nothing."""

    def __init__(self, unit, cast):
        self.unit, self.cast = unit, cast
        self.rounds = [factories.aid_round(unit, opened_on=date(2017, 1, n)) for n in (4, 5)]
        self.parties = [factories.party(brief) for brief in ("民进", "民盟", "农工")]
        self.pledge = factories.pledge(factories.organisation(unit))
        self.pupils = [factories.recipient(unit) for _ in range(5)]
        self.done = 0

    def do(self, which: int, action: str, *more):
        """Do it, or be refused."""
        try:
            with transaction.atomic():
                getattr(self, action.replace(" ", "_"))(self.rounds[which], *more)
                self.done += 1
        except ValidationError:
            pass

    def gift(self, aid, amount, percents):
        """Given by as many parties as there are percents; None is a share that nobody knows."""
        row = factories.gift(aid, amount, naming="group" if percents else "anonymous")
        for party, percent in zip(self.parties, percents, strict=False):
            share = percent and (amount * percent / 100).quantize(Decimal("0.01"))
            factories.gift_donor(row, party, share=share or None)

    def goods(self, aid, number):
        factories.gift(aid, None, kind="goods", goods=f"书包{number}个", donors=[self.parties[0]])

    def instalment(self, aid, amount):
        factories.gift(aid, amount, pledge=self.pledge, donors=[self.pledge.organisation])

    def grant(self, aid, amount, which):
        factories.grant(aid, self.pupils[which % 5], amount)

    def equal_grants(self, aid, amount, number):
        for pupil in self.pupils[:number]:
            factories.grant(aid, pupil, amount)

    def change_gift(self, aid, amount, which):
        self._change(aid.gifts.money(), amount, which)

    def change_grant(self, aid, amount, which):
        self._change(aid.grants, amount, which)

    def delete_grant(self, aid, which):
        if row := _one(aid.grants, which):
            row.delete()

    def reverse_gift(self, aid, which):
        self._reverse(aid.gifts, which)

    def reverse_grant(self, aid, which):
        self._reverse(aid.grants, which)

    def close(self, aid, by_clerk, carried):
        by = self.cast.clerk if by_clerk else self.cast.secretary
        balance = ledger_of(aid).balance
        onward = (rounds_to_carry_to(aid) or [None])[0] if carried and balance > 0 else None
        rest = "next_round" if onward else "finance" if balance > 0 else ""
        now = timezone.now()
        close(aid, by=by, moment=now, reason="结清", rest=rest, carried_to=onward)

    def reopen(self, aid, by_clerk):
        by = self.cast.clerk if by_clerk else self.cast.secretary
        reopen(aid, by=by, moment=timezone.now(), reason="补记")

    def _change(self, rows, amount, which):
        if row := _one(rows, which):
            row.amount = amount
            row.full_clean()
            row.save()

    def _reverse(self, rows, which):
        if row := _one(rows, which):
            reverse(row, by=self.cast.clerk, day=date(2017, 2, 1), reason="记错")


def _one(rows, which):
    found = list(rows.order_by("pk"))
    return found[which % len(found)] if found else None


def independent(aid) -> tuple[int, int, int]:
    """In, carried and out in cents, counted by another way than the ledger's."""
    taken_back = {"reversal__isnull": False}
    gifts = Gift.objects.filter(aid_round=aid, amount__isnull=False).exclude(**taken_back)
    grants = Grant.objects.filter(aid_round=aid).exclude(**taken_back)
    carried = 0
    for step in aid.carried_from.all():
        last = step.aid_round.steps.order_by("-number").first()
        carried += _cents([step.balance]) if last == step else 0
    values = [rows.values_list("amount", flat=True) for rows in (gifts, grants)]
    return _cents(values[0]), carried, _cents(values[1])


def _cents(amounts) -> int:
    return sum(int((amount * 100).to_integral_exact()) for amount in amounts)


def check(office, frozen: dict):
    """What must hold after each step."""
    paid = 0
    for aid in office.rounds:
        ledger = ledger_of(aid)
        came, carried, went = independent(aid)
        assert (_cents([ledger.received]), _cents([ledger.carried_in])) == (came, carried)
        assert _cents([ledger.handed_out]) == went
        assert _cents([ledger.balance]) == came + carried - went
        paid += went
        if ledger.is_closed:
            step = ledger.last_step
            assert (step.received, step.handed_out) == (ledger.received, ledger.handed_out)
            assert step.received + step.carried_in == step.handed_out + step.balance
            assert step.balance >= 0
            assert (step.rest == "") is (step.balance == 0)
        _keep(frozen, ledger)
    assert (
        _cents([statistics.aid_total(unit=office.unit, period=YEAR).value() or Decimal(0)]) == paid
    )


def _keep(frozen: dict, ledger):
    """What was in a closed account is there for good, and says the same."""
    now = {(type(row), row.pk): row.amount for row in (*ledger.gifts, *ledger.grants)}
    for key, amount in frozen.get(ledger.aid_round.pk, {}).items():
        assert now[key] == amount
    if ledger.is_closed:
        frozen[ledger.aid_round.pk] = now


@pytest.mark.django_db
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(st.tuples(st.integers(0, 1), ACTIONS), min_size=4, max_size=14))
def test_no_order_of_actions_makes_an_account_disagree_with_itself(in_scope, cast, steps):
    """Checks 74 and 75: gifts, joint or of goods, instalments, grants, changes, reversals, closing,
    carrying over and opening again, in any order, on two rounds."""
    with transaction.atomic():
        office, frozen = Office(in_scope, cast), {}
        for which, (action, *more) in steps:
            office.do(which, action, *more)
            check(office, frozen)
        transaction.set_rollback(True)


def test_an_account_of_every_kind_of_entry_is_closed_and_opened(in_scope, cast):
    """The machine above does reach what it is about."""
    office, frozen = Office(in_scope, cast), {}
    for action in (
        ("gift", Decimal("100.10"), [40, 60]),
        ("gift", Decimal("0.20"), [None, 50, None]),
        ("goods", 3),
        ("instalment", Decimal("50.00")),
        ("equal grants", Decimal("30.05"), 3),
        ("reverse grant", 0),
        ("close", False, True),
        ("reverse gift", 0),
        ("reopen", True),
        ("change grant", Decimal("1.00"), 1),
        ("reverse grant", 1),
        ("close", False, False),
    ):
        office.do(0, *action)
        check(office, frozen)
    ledger = ledger_of(office.rounds[0])
    # 100.10 + 0.20 + 50.00 in; 3 × 30.05 out, of which two are reversed
    assert (ledger.received, ledger.handed_out) == (Decimal("150.30"), Decimal("30.05"))
    assert [step.kind for step in ledger.steps] == ["close", "reopen", "close"]
    assert office.done == 10  # refused: a reversal in a closed account, a change of what it held
    assert GiftDonor.objects.filter(share__isnull=False).count() == 3
