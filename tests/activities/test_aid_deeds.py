"""Closing an account, opening it again, and reversing entries."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone

from activities.aid_deeds import reopen, reverse, rounds_to_carry_to
from activities.aid_ledger import ledger_of
from activities.models import Booked, Grant
from tests import factories
from tests.activities.aid_account import account, closed, opened_again, refusal, taken_back
from units.acting import Act, acting


@pytest.fixture
def aid(in_scope):
    """Two gifts (1000 and 500), one grant (1200)."""
    return account(in_scope)


# --- closing ---


def test_closing_states_what_came_in_went_out_and_is_left(aid, cast):
    step = closed(aid, cast.secretary)
    # 1000 + 500 = 1500 in, 1200 out, 300 left
    assert (step.received, step.handed_out, step.balance) == (1500, 1200, 300)
    assert step.received + step.carried_in == step.handed_out + step.balance
    assert aid.is_closed


def test_balance_must_say_where_it_went(aid, cast):
    assert "余额" in refusal(closed, aid, cast.secretary, rest="")
    assert not aid.is_closed


def test_account_without_balance_names_no_place_for_one(aid, cast):
    factories.grant(aid, factories.recipient(aid.unit), "300")
    refusal(closed, aid, cast.secretary)
    assert closed(aid, cast.secretary, rest="").balance == 0


def test_closing_needs_a_reason(aid, cast):
    assert refusal(closed, aid, cast.secretary, reason="  ")


def test_more_handed_out_than_received_is_not_closed(aid, cast):
    factories.grant(aid, factories.recipient(aid.unit), "300.01")
    assert "0.01" in refusal(closed, aid, cast.secretary, rest="")


def test_round_without_a_gift_is_not_closed(in_scope, cast):
    assert refusal(closed, factories.aid_round(in_scope), cast.secretary, rest="")


@pytest.mark.parametrize(
    ("shares", "fits"),
    [
        ([None, None], True),
        (["500", None], True),
        (["400", "600"], True),
        (["400", "600.01"], False),
        (["400", "599.99"], False),
        (["1000", None], False),  # nothing is left for the other
    ],
)
def test_shares_of_a_joint_gift_must_fit_it(in_scope, cast, shares, fits):
    aid = factories.aid_round(in_scope)
    gift = factories.gift(aid, "1000")
    for brief, share in zip(["民盟", "民进"], shares, strict=True):
        factories.gift_donor(gift, factories.party(brief), share=share and Decimal(share))
    assert (not ledger_of(aid).obstacles) is fits
    if fits:
        assert closed(aid, cast.secretary).received == 1000
    else:
        assert "1000.00" in refusal(closed, aid, cast.secretary)


def test_who_entered_something_does_not_close(aid, cast):
    """Check 16: whoever entered or changed an entry is not who closes the account."""
    with acting(Act(user=cast.clerk)):
        grant = factories.grant(aid, factories.recipient(aid.unit), "100")
    assert "另一位" in refusal(closed, aid, cast.clerk)
    with acting(Act(user=cast.secretary)):
        Grant.objects.filter(pk=grant.pk).update(amount=Decimal(200))
    assert "另一位" in refusal(closed, aid, cast.secretary)
    assert "另一位" in refusal(closed, aid, cast.clerk)


@pytest.mark.parametrize("part", ["viewer", "auditor", "administrator", "colleague"])
def test_others_do_not_close(aid, cast, part):
    assert refusal(closed, aid, getattr(cast, part))


def test_closed_account_is_not_closed_twice(aid, cast):
    closed(aid, cast.secretary)
    refusal(closed, aid, cast.secretary)
    assert aid.steps.count() == 1


# --- opened again ---


def test_account_opened_again_takes_entries_and_reverses_old_ones(aid, cast):
    """Check 75: a wrong entry of a closed account is reversed by a linked one with a reason."""
    wrong = aid.grants.get()
    closed(aid, cast.secretary)
    opened_again(aid, cast.secretary)
    with pytest.raises(Booked), transaction.atomic():
        wrong.delete()
    with acting(Act(user=cast.clerk)):
        reversal = taken_back(wrong, cast.clerk)
        factories.grant(aid, wrong.recipient, "1500")
    assert (reversal.entry, reversal.reason) == (wrong, "金额记错")
    ledger = ledger_of(aid)
    assert [grant.amount for grant in ledger.grants] == [1200, 1500]
    assert ledger.handed_out == 1500
    # 1500 in, 1500 out
    assert closed(aid, cast.secretary, rest="").balance == 0


def test_reversing_is_somebodys_entry_too(aid, cast):
    """Check 16."""
    closed(aid, cast.secretary)
    opened_again(aid, cast.secretary)
    with acting(Act(user=cast.secretary)):
        taken_back(aid.grants.get(), cast.secretary)
    assert "另一位" in refusal(closed, aid, cast.secretary)
    assert closed(aid, cast.clerk).balance == 1500


def test_entry_is_reversed_once_and_needs_a_reason(aid, cast):
    grant = aid.grants.get()
    assert refusal(reverse, grant, by=cast.clerk, day=timezone.localdate(), reason=" ")
    taken_back(grant, cast.clerk)
    assert refusal(taken_back, grant, cast.clerk)


def test_gift_is_not_reversed_while_a_grant_out_of_it_stands(aid, cast):
    gift = aid.gifts.first()
    grant = factories.grant(aid, factories.recipient(aid.unit), "100", gift=gift)
    assert refusal(taken_back, gift, cast.clerk)
    taken_back(grant, cast.clerk)
    taken_back(gift, cast.clerk)
    # 1500 − 1000 in, 1200 out
    assert ledger_of(aid).balance == -700


def test_open_account_is_not_opened_again(aid, cast):
    refusal(opened_again, aid, cast.secretary)


# --- a balance carried over ---


def test_balance_carried_over_comes_in_there(aid, cast):
    following = factories.aid_round(aid.unit, "2018年助学", opened_on=date(2018, 1, 4))
    assert rounds_to_carry_to(aid) == [following]
    closed(aid, cast.secretary, rest="next_round", carried_to=following)
    factories.grant(following, factories.recipient(aid.unit), "100")
    step = closed(following, cast.secretary)
    # 300 carried in, 100 out
    assert (step.received, step.carried_in, step.balance) == (0, 300, 200)
    assert "2018年助学" in refusal(opened_again, aid, cast.secretary)
    opened_again(following, cast.secretary)
    opened_again(aid, cast.secretary)
    # Undone, it is no longer there.
    assert ledger_of(following).balance == -100


def test_balance_is_carried_to_another_open_round_only(aid, cast):
    assert refusal(closed, aid, cast.secretary, rest="next_round")
    assert refusal(closed, aid, cast.secretary, rest="next_round", carried_to=aid)
    gone = factories.aid_round(aid.unit)
    factories.gift(gone, "1", donors=[factories.party("民进")])
    closed(gone, cast.secretary)
    assert refusal(closed, aid, cast.secretary, rest="next_round", carried_to=gone)


# --- two dates ---


def test_keepers_before_the_last_closing_may_close_the_next_time(aid, cast):
    with acting(Act(user=cast.clerk)):
        factories.gift(aid, "1", donors=[factories.party("民进")])
    closed(aid, cast.secretary)
    reopen(aid, by=cast.secretary, moment=timezone.now() + timedelta(seconds=1), reason="补凭证")
    assert closed(aid, cast.clerk).balance == 301
