"""The forms of gifts and grants."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from activities.models import Gift, Grant, Pledge, Recipient
from tests import factories
from tests.activities.aid_account import account
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


# --- a gift ---


def test_joint_gift_is_one_gift_of_three_without_known_shares(clerk, school, aid):
    parties = [factories.party(brief) for brief in ("民进", "民盟", "农工")]
    asked = clerk.get(page_of("new-gift", aid))
    givers = {f"givers-{n}-giver": f"party-{row.pk}" for n, row in enumerate(parties)}
    form = sent(asked, amount="1,500.00", received_on="1.10", **givers)
    answer = clerk.post(page_of("new-gift", aid), form)
    assert answer.status_code == 302, faults(answer)
    with scope_of_unit(school):
        gift = Gift.objects.latest("pk")
        assert (gift.amount, gift.received_on) == (1500, date(2017, 1, 10))
        assert [str(donor) for donor in gift.donors.all()] == ["民进", "民盟", "农工党"]
        assert {donor.share for donor in gift.donors.all()} == {None}
    # 1000 + 500 + 1500
    assert ledger(aid).received == 3000


def test_shares_that_do_not_come_to_the_gift_are_refused(clerk, school, aid):
    asked = clerk.get(page_of("new-gift", aid))
    rows = {
        **{"givers-0-giver": f"party-{factories.party('民进').pk}", "givers-0-share": "900"},
        **{"givers-1-giver": f"party-{factories.party('民盟').pk}", "givers-1-share": "500"},
    }
    form = sent(asked, amount="1500", received_on="1.10", **rows)
    answer = clerk.post(page_of("new-gift", aid), form)
    assert "1400.00" in faults(answer)
    form = {**form, "givers-1-share": "600"}
    assert clerk.post(page_of("new-gift", aid), form).status_code == 302


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("1500", "1500.00"),
        ("1500.5", "1500.50"),
        ("1,500.00", "1500.00"),
        ("１５００", "1500.00"),
        ("¥1500元", "1500.00"),
        ("1.005", None),
        ("1e3", None),
        ("NaN", None),
        ("Infinity", None),
        ("-1", None),
        ("-0", None),
        ("0", None),
        ("0.00", None),
        ("1_500", None),
        ("15,00", None),
        ("一千五百", None),
        ("٣", None),
        ("12345678901.00", None),
        ("", None),
    ],
)
def test_amount_is_stored_as_written_or_refused(clerk, school, aid, typed, stored):
    """Check 73: on the forms of a gift, of grants and of a pledge."""
    branch = factories.organisation(school)
    gift = {"amount": typed, "received_on": "1.10"}
    grants = {"amount": typed, "granted_on": "1.10", "new_students": "1"}
    pledge = {"amount_a_year": typed, "promised_on": "1.10", "organisation": branch.pk}
    pledge |= {"first_year": "2017", "last_year": "2018"}
    for address, values in (
        (page_of("new-gift", aid), gift),
        (page_of("new-grants", aid), grants),
        (reverse("new-pledge", args=[school.code]), pledge),
    ):
        answer = clerk.post(address, sent(clerk.get(address), **values))
        assert (answer.status_code == 302) is (stored is not None), address
    with scope_of_unit(school):
        found = [
            *Gift.objects.filter(aid_round=aid)[2:].values_list("amount", flat=True),
            *Grant.objects.filter(aid_round=aid)[1:].values_list("amount", flat=True),
            *Pledge.objects.values_list("amount_a_year", flat=True),
        ]
    assert list(map(str, found)) == ([stored] * 3 if stored else [])


def test_proof_that_its_channel_never_gives_is_refused(clerk, aid):
    asked = clerk.get(page_of("new-gift", aid))
    more = {"amount": "10", "received_on": "1.10", "channel": "direct", "proof": "receipt"}
    answer = clerk.post(page_of("new-gift", aid), sent(asked, **more))
    assert "受助方签收单" in faults(answer)


def test_same_person_does_not_count_the_cash_twice(clerk, school, aid):
    person = factories.person(school)
    asked = clerk.get(page_of("new-gift", aid))
    more = {"amount": "10", "received_on": "1.10"}
    both = {"counter": person.pk, "second_counter": person.pk}
    assert "两名" in faults(clerk.post(page_of("new-gift", aid), sent(asked, **more, **both)))


def test_form_sent_without_its_rows_is_refused_in_words(clerk, school, aid):
    with scope_of_unit(school):
        gift = Gift.objects.first()
    answer = clerk.post(page_of("edit-gift", gift), {})
    assert answer.status_code == 200
    assert answer.context["givers"].non_form_errors()


# --- grants ---


def test_four_equal_grants_on_a_day_are_four(clerk, school, aid):
    asked = clerk.get(page_of("new-grants", aid))
    more = {"new_students": "4", "amount": "75", "granted_on": "1.13", "stage": "junior"}
    clerk.post(page_of("new-grants", aid), sent(asked, **more))
    with scope_of_unit(school):
        made = list(Grant.objects.filter(granted_on=date(2017, 1, 13)).order_by("pk"))
        assert [(grant.amount, grant.stage) for grant in made] == [(75, "junior")] * 4
        assert len({grant.recipient_id for grant in made}) == 4
        codes = Recipient.objects.order_by("pk").values_list("code", flat=True)
        last = int(codes.first().removeprefix("受助学生"))
        assert list(codes[1:]) == [f"受助学生{last + n:02}" for n in range(1, 5)]
    # 1200 + 4 × 75 = 1500: in and out agree
    assert ledger(aid).balance == 0


def test_pupil_does_not_sign(clerk, aid):
    asked = clerk.get(page_of("new-grants", aid))
    more = {"new_students": "1", "amount": "75", "granted_on": "1.13", "signed_as": "recipient"}
    assert "监护人" in faults(clerk.post(page_of("new-grants", aid), sent(asked, **more)))


def test_form_sent_twice_makes_the_grants_once(clerk, school, aid):
    form = sent(
        clerk.get(page_of("new-grants", aid)),
        **{"new_students": "4", "amount": "75", "granted_on": "1.13"},
    )
    for _ in range(2):
        assert clerk.post(page_of("new-grants", aid), form).status_code == 302
    assert len(ledger(aid).grants) == 5
