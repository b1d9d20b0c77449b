"""Closing an account, opening it again, and reversing, on their pages."""

from datetime import UTC, datetime

import pytest
import time_machine

from activities.models import Gift, Grant
from tests.activities.aid_account import account, closed
from tests.activities.aid_pages import faults, ledger, page_of, sent
from units.scoping import scope_of_unit

NOON = datetime(2017, 7, 2, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_july_2017():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def clerk(client, cast):
    """The clerk's browser."""
    client.force_login(cast.clerk)
    return client


@pytest.fixture
def aid(school):
    """Two gifts (1000 and 500), one grant (1200)."""
    with scope_of_unit(school):
        return account(school)


def test_clerk_enters_secretary_closes_and_the_forms_are_shut(client, cast, school, aid):
    """Check 16: what the clerk entered, the secretary closes."""
    client.force_login(cast.clerk)
    asked = client.get(page_of("new-grants", aid))
    more = {"new_students": "1", "amount": "300", "granted_on": "1.13"}
    client.post(page_of("new-grants", aid), sent(asked, **more))
    assert "另一位" in client.get(page_of("close-aid-round", aid)).content.decode()
    client.force_login(cast.secretary)
    asked = client.get(page_of("close-aid-round", aid))
    assert "rest" not in asked.context["form"].fields  # nothing is left
    refused = client.post(page_of("close-aid-round", aid), sent(asked, reason="年终结清"))
    assert list(refused.context["form"].errors) == ["all_the_same"]
    done = client.post(
        page_of("close-aid-round", aid), sent(asked, reason="年终结清", all_the_same="on")
    )
    assert done.status_code == 302
    assert ledger(aid).is_closed
    asked = client.get(page_of("new-gift", aid))
    answer = client.post(page_of("new-gift", aid), sent(asked, amount="1", received_on="1.10"))
    assert "已结账" in faults(answer)
    assert len(ledger(aid).gifts) == 2


def test_entry_of_a_closed_account_is_reversed_after_opening_it_again(client, cast, school, aid):
    """Check 75."""
    with scope_of_unit(school):
        closed(aid, cast.secretary)
        grant = Grant.objects.get()
    client.force_login(cast.clerk)
    assert "重新开账" in client.get(page_of("reverse-grant", grant)).content.decode()
    asked = client.get(page_of("reopen-aid-round", aid))
    client.post(page_of("reopen-aid-round", aid), sent(asked, reason="金额记错"))
    asked = client.get(page_of("edit-grant", grant))
    assert asked.context["form"].fields["amount"].disabled
    client.post(page_of("edit-grant", grant), sent(asked, amount="1", signed_as="guardian"))
    with scope_of_unit(school):
        grant.refresh_from_db()
        assert (grant.amount, grant.signed_as) == (1200, "guardian")
    asked = client.get(page_of("reverse-grant", grant))
    assert client.post(page_of("reverse-grant", grant), sent(asked, reason="")).status_code == 200
    client.post(page_of("reverse-grant", grant), sent(asked, reason="金额记错"))
    assert ledger(aid).handed_out == 0
    page = client.get(page_of("aid-round", aid)).content.decode()
    assert [each for each in ("is-reversed", "金额记错", "1200.00") if each not in page] == []


def test_stale_form_of_a_gift_is_refused_with_both_versions(clerk, school, aid):
    with scope_of_unit(school):
        gift = Gift.objects.first()
    asked = clerk.get(page_of("edit-gift", gift))
    with scope_of_unit(school):
        donor = gift.donors.get()
        donor.share = gift.amount
        donor.save()
    answer = clerk.post(page_of("edit-gift", gift), sent(asked, goods=""))
    assert answer.context["stale_message"]
    assert "1000.00" in answer.content.decode()
