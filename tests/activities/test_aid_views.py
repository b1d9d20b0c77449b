"""The rounds, a round as an account, pledges, and the sheet to print."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories
from tests.activities.aid_account import account
from tests.activities.aid_pages import ledger, page_of
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


# --- the list and the account ---


def test_rounds_are_listed_with_their_sums(clerk, school, aid):
    answer = clerk.get(reverse("aid-rounds", args=[school.code]))
    line = [str(value) for _column, value, _link in answer.context["lines"][0]]
    assert line == ["2017-01-05", "2017年助学", "", "1500.00", "1200.00", "1", "未结账"]


def test_list_asks_as_often_for_three_rounds_as_for_one(clerk, school, aid):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            clerk.get(reverse("aid-rounds", args=[school.code]))
        return len(asked)

    clerk.get(reverse("aid-rounds", args=[school.code]))
    once = queries()
    with scope_of_unit(school):
        for _ in range(2):
            more = factories.aid_round(school)
            gift = factories.gift(more, donors=[factories.organisation(school)])
            factories.grant(more, factories.recipient(school), gift=gift)
            factories.pledge(factories.organisation(school))
    assert queries() == once + 1  # the instalments, asked for where there is a pledge


def test_account_asks_as_often_for_many_entries_as_for_few(clerk, school, aid):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            clerk.get(page_of("aid-round", aid))
        return len(asked)

    person = factories.person(school)
    with scope_of_unit(school):
        factories.gift(aid, donors=[person])
    clerk.get(page_of("aid-round", aid))
    once = queries()
    with scope_of_unit(school):
        for _ in range(3):
            gift = factories.gift(aid, donors=[factories.party("民进"), person], counter=person)
            factories.grant(aid, factories.recipient(school), gift=gift)
    assert queries() == once


def test_account_shows_sums_in_words_and_what_is_missing(clerk, aid):
    page = clerk.get(page_of("aid-round", aid)).content.decode()
    for words in ("壹仟伍佰元整", "壹仟贰佰元整", "叁佰元整", "现金由哪两人清点"):
        assert words in page


def test_viewer_sees_the_account_and_no_way_to_change_it(client, cast, aid):
    client.force_login(cast.viewer)
    page = client.get(page_of("aid-round", aid)).content.decode()
    assert "1200.00" in page
    assert [way for way in ("/edit/", "/close/", "/new/") if f"{aid.pk}{way}" in page] == []


# --- pledges, and the sheet ---


def test_pledge_instalment_and_total_so_far_are_three_numbers(clerk, school, aid):
    with scope_of_unit(school):
        branch = factories.organisation(school, "第九支部")
        promised = factories.pledge(branch, "3000")  # 2017 to 2019
        factories.gift(aid, "1500", donors=[branch], pledge=promised)
        later = factories.gift(aid, "1500", donors=[branch], pledge=promised)
        factories.reversal(later, factories.user("clerk", unit=school))
    page = clerk.get(reverse("aid-rounds", args=[school.code])).content.decode()
    row = page[page.index("第九支部") :].split("</tr>")[0]
    # 3000 a year; 3 × 3000 in all; one of two instalments stands
    assert [part in row for part in (">3000.00<", ">9000.00<", ">1500.00<")] == [True] * 3
    # 1000 + 500 + 1500: the pledge itself is in no sum
    assert ledger(aid).received == 3000


def test_sheet_names_people_with_consent_only_and_is_no_receipt(clerk, school, aid):
    """慈善法 82; nothing looks like a donation receipt."""
    named, silent = factories.person(school, "钱学勤"), factories.person(school, "郑守拙")
    with scope_of_unit(school):
        consent = {"naming": "named", "consented_on": date(2017, 1, 2)}
        factories.gift(aid, "1", donors=[named], **consent)
        factories.gift(aid, "1", donors=[silent])
        factories.gift(aid, "1", donors=[silent], naming="anonymous")
    page = clerk.get(page_of("aid-round-sheet", aid)).content.decode()
    shown = ("钱学勤", "郑守拙", "匿名", "不是捐赠票据", "票据号码", "监制")
    assert [each in page for each in shown] == [True, False, True, True, False, False]
