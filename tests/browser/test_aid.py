"""The aid ledger in a real browser: a round entered from paper, closed, and put right."""

import pytest
from playwright.sync_api import expect

from activities.models import AidRound
from tests import factories
from tests.browser.conftest import WIDTHS
from tests.browser.soundness import faults_of, overflow_of
from units.scoping import scope_of_unit

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def aid(case_unit):
    """The round of the 2017 case."""
    with scope_of_unit(case_unit):
        return AidRound.objects.get()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_pages_of_the_ledger_are_sound_on_every_screen(case_unit, aid, visit, width, scheme):
    with scope_of_unit(case_unit):
        gift, grant = aid.gifts.first(), aid.grants.first()
        factories.pledge(factories.organisation(case_unit, "第九支部"))
        wrong = factories.grant(aid, grant.recipient, "1")
        factories.reversal(wrong, factories.user("clerk", unit=case_unit), reason="金额记错")
    visitor = visit(width, scheme)
    visitor.sign_in()
    visitor.page.wait_for_url("**/2017/")
    page, start = visitor.page, f"/{case_unit.code}/aid/"
    checked = []
    for address in (
        start,
        f"{start}new/",
        f"{start}{aid.pk}/",
        f"{start}{aid.pk}/edit/",
        f"{start}{aid.pk}/sheet/",
        f"{start}{aid.pk}/gifts/new/",
        f"{start}{aid.pk}/grants/new/",
        f"{start}{aid.pk}/close/",
        f"{start}{aid.pk}/reopen/",
        f"{start}gifts/{gift.pk}/",
        f"{start}gifts/{gift.pk}/reverse/",
        f"{start}grants/{grant.pk}/",
        f"{start}pledges/new/",
    ):
        page.goto(address)
        checked.append((page.url, faults_of(page), overflow_of(page)))
    assert [each for each in checked if each[1] or each[2] > 0] == []
    assert len(checked) == 13
    assert visitor.complaints == []


def test_a_round_is_entered_from_paper(case_unit, visit):
    visitor = visit("phone")
    visitor.sign_in()
    visitor.page.wait_for_url("**/2017/")
    page = visitor.page
    page.goto(f"/{case_unit.code}/aid/")
    page.locator("a", has_text="新增帮困批次").first.click()
    page.fill("[name=name]", "2018年社区帮困助学")
    page.fill("[name=opened_on]", "2018-1-4")
    page.fill("[name=community]", "石泉社区")
    page.click(".entry-actions button")
    page.locator("a", has_text="登记捐赠").click()
    page.fill("[name=amount]", "６,０００")
    page.fill("[name=received_on]", "1.10")
    for number, typed in enumerate(("民进", "民盟", "农工")):
        row = page.locator(".giver").nth(number)
        row.locator(".ts-control input").type(typed)
        row.locator(".ts-dropdown .option", has_text=typed).first.click()
    page.click(".entry-actions button")
    expect(page.locator("table.records").first).to_contain_text("民进、民盟、农工党")
    page.locator("a", has_text="登记发放").click()
    page.fill("[name=new_students]", "4")
    page.fill("[name=amount]", "1500")
    page.fill("[name=granted_on]", "1.13")
    page.click(".entry-actions button")
    sums = page.locator(".account")
    expect(sums).to_contain_text("陆仟元整")
    expect(sums).to_contain_text("零元整")
    expect(page.locator("table.records").nth(1).locator("tbody tr")).to_have_count(4)
    expect(page.locator(".obstacle")).to_contain_text("另一位")
    assert visitor.complaints == []
