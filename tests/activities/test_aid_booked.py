"""A closed account stands still, in the models and in the database itself."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from activities.aid_ledger import ledger_of
from activities.models import Gift, Grant, RoundStep
from members.merging import merge
from tests import factories
from tests.activities.aid_account import account, closed, opened_again, refusal, taken_back


@pytest.fixture
def aid(in_scope):
    """Two gifts (1000 and 500), one grant (1200)."""
    return account(in_scope)


def saved_with(row, **values):
    row = type(row).objects.get(pk=row.pk)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def test_entries_of_a_closed_account_stand_still(aid, cast):
    """Check 75: neither changed, deleted nor added, through whatever door."""
    gift, grant = aid.gifts.first(), aid.grants.get()
    closed(aid, cast.secretary)
    other = factories.aid_round(aid.unit)
    for deed in (
        lambda: saved_with(gift, amount=1),
        lambda: saved_with(grant, granted_on=date(2016, 1, 1)),
        lambda: saved_with(grant, aid_round=other),
        grant.delete,
        gift.donors.get().delete,
        lambda: factories.gift(aid, "1"),
        lambda: factories.grant(aid, factories.recipient(aid.unit), "1"),
        lambda: factories.gift_donor(gift, factories.party("民进")),
        lambda: taken_back(grant, cast.clerk),
    ):
        with pytest.raises(ValidationError), transaction.atomic():
            deed()
    ledger = ledger_of(aid)
    assert (ledger.received, ledger.handed_out) == (1500, 1200)


def test_form_is_told_that_the_account_is_closed(aid, cast):
    closed(aid, cast.secretary)
    grant = aid.grants.get()
    grant.amount = Decimal(1)
    assert "2017年助学" in refusal(grant.full_clean)


def test_consent_to_be_named_may_be_withdrawn_later(aid, cast):
    Gift.objects.update(naming="named", consented_on=date(2017, 1, 5))
    closed(aid, cast.secretary)
    gift = aid.gifts.first()
    gift.naming, gift.consented_on = Gift.Naming.GROUP, None
    gift.full_clean()
    gift.save()
    assert aid.gifts.first().naming == "group"


@pytest.mark.parametrize("model", [Gift, Grant])
def test_many_at_once_are_refused_too(aid, cast, model):
    closed(aid, cast.secretary)
    with pytest.raises(DatabaseError, match="closed"), transaction.atomic():
        model.objects.update(amount=1)


RAW = [
    "UPDATE activities_gift SET amount = 1",
    "UPDATE activities_grant SET amount = 1",
    "UPDATE activities_grant SET recipient_id = {other}",
    "UPDATE activities_giftdonor SET share = 1",
    "DELETE FROM activities_grant",
    "DELETE FROM activities_giftdonor",
    "UPDATE activities_roundstep SET balance = 1",
    "DELETE FROM activities_roundstep",
]


@pytest.mark.parametrize("again", [False, True], ids=["closed", "opened again"])
@pytest.mark.parametrize("statement", RAW)
def test_database_keeps_what_was_closed(aid, cast, statement, again):
    """Check 75: also against SQL, and for good: opening the account again frees nothing of it."""
    other = factories.recipient(aid.unit)
    closed(aid, cast.secretary)
    if again:
        opened_again(aid, cast.secretary)
    with (
        pytest.raises(DatabaseError, match="closed|written once"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(other=other.pk))


@pytest.mark.parametrize(
    "wrong",
    [
        {"received": 1499},
        {"handed_out": Decimal("1200.01"), "balance": Decimal("299.99")},
        {"balance": 299},
        {"carried_in": 5, "balance": 305},
        {"last_grant": 0},
    ],
)
def test_database_takes_no_closing_with_other_sums(aid, cast, wrong):
    """Check 74."""
    ledger = ledger_of(aid)
    right = {
        **{"received": 1500, "carried_in": 0, "handed_out": 1200, "balance": 300},
        "last_gift": max(gift.pk for gift in ledger.gifts),
        "last_grant": ledger.grants[0].pk,
    }
    more = {"by": cast.secretary, "at": timezone.now(), "reason": "结清", "rest": "finance"}
    step = RoundStep(unit=aid.unit, aid_round=aid, number=1, kind="close", **more, **right)
    for name, value in wrong.items():
        setattr(step, name, value)
    with pytest.raises(DatabaseError, match="sums"), transaction.atomic():
        step.save()
    RoundStep(unit=aid.unit, aid_round=aid, number=1, kind="close", **more, **right).save()


def test_two_entries_of_one_giver_become_one_in_a_closed_account_too(in_scope, aid, cast):
    keep, gone = factories.person(in_scope, "王明"), factories.person(in_scope, "王明")
    gift = factories.gift(aid, "1", donors=[gone], counter=gone)
    closed(aid, cast.secretary)
    merge(keep, gone, reason="同一人", day=date(2017, 5, 1))
    gift.refresh_from_db()
    assert (gift.donors.get().member, gift.counter) == (keep, keep)


def test_admin_only_shows_a_gift_of_a_closed_account(client, aid, cast):
    gift = aid.gifts.first()
    address = reverse("admin:activities_gift_change", args=[gift.pk])
    client.force_login(cast.clerk)
    assert client.get(address).context["has_change_permission"]
    closed(aid, cast.secretary)
    assert not client.get(address).context["has_change_permission"]


@pytest.mark.parametrize(
    "table", ["activities_gift", "activities_grant", "activities_giftdonor", "activities_pledge"]
)
@pytest.mark.parametrize("amount", ["0", "-1"])
def test_database_takes_no_amount_of_zero_or_less(in_scope, aid, table, amount):
    """Check 73: also against SQL."""
    factories.pledge(factories.organisation(in_scope))
    column = {"activities_giftdonor": "share", "activities_pledge": "amount_a_year"}
    name = column.get(table, "amount")
    with (
        pytest.raises(DatabaseError, match="(?i)check"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE {table} SET {name} = {amount}")  # noqa: S608
