"""The accounts of a trial: one for each role, each to be made one's own at once."""

from django.urls import reverse

from cases.accounts import create_trial_accounts
from tests.units.signing_in import NEW, change, signed_in
from units.roles import Role


def test_trial_account_leads_every_page_to_a_password_of_ones_own(school):
    """Check 4: what was printed opens nothing but the change, for every role."""
    accounts = create_trial_accounts(school)
    assert [account.username for account in accounts] == Role.values
    assert len({account.password for account in accounts}) == len(Role.values)
    for account in accounts:
        browser = signed_in(account.username, account.password)
        for page in (reverse("home"), reverse("account"), reverse("admin:index")):
            assert browser.get(page).url.split("?")[0] == reverse("change-password")
        change(browser, NEW, account.password)
        assert browser.get(reverse("account")).status_code == 200
        assert signed_in(account.username, NEW)


def test_trial_accounts_are_made_once(school):
    create_trial_accounts(school)
    assert create_trial_accounts(school) == []
