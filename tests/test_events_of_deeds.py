"""What each deed leaves in the change log: its events, one for each row, and no more."""

import pytest

from tests.deeds import browser_of, deeds_of, ground_of
from tests.test_matrix import rows
from tests.test_replay import traces_of

__all__ = ["rows"]  # a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

# name of the address: what happened to which kind of record
EVENTS = {
    "clerk": {
        "admin:members_member_add": ["create members.member"],
        "admin:members_member_change": ["change members.member"],
        "admin:members_member_delete": ["delete members.member"],
        "admin:members_member_merge": [
            "delete members.member",
            "change members.member",
            "create members.mergedentry",
        ],
        "admin:members_member_export_csv": ["export "],
        "admin:members_member_export_xlsx": ["export "],
        "person-contact": ["view members.contact"],
        "person-new-request": ["create members.correctionrequest"],
        "person-request": ["change members.correctionrequest"],
        "add-evidence": ["create activities.evidence"],
        "edit-evidence": ["change activities.evidence"],
        "delete-evidence": ["delete activities.evidence"],
        "new-suggestion": ["create consultations.suggestion"],
        "reply": ["create consultations.reply"],
        "report-submit": ["create reports.step"],
        "report-take-up": ["create reports.step"],
    },
    "secretary": {
        "report-return": ["create reports.step"],
        "report-sign": [
            "create units.closedyear",
            "create reports.seal",
            "create reports.step",
            "sign reports.report",
        ],
        "year-exceptions": ["create units.yearexception"],
        "withdraw-year-exception": ["change units.yearexception"],
        "access": ["create units.accessgrant"],
        "withdraw-access": ["change units.accessgrant"],
        "person-blank": ["change members.contact", "erase members.contact"],
        "person-erase": [
            "change members.member",
            "create members.erasure",
            "erase members.member",
        ],
    },
    "administrator": {
        "admin:units_user_add": ["create units.user", "create units.rolegrant"],
        "admin:units_user_change": ["change units.user"],
        "admin:units_user_changelist": ["change units.user"],
        "reset-password-of": ["change units.user"],
        "disable-account": ["change units.user"],
        "unlock-account": ["unlocked units.user"],
        "sign-account-out": ["sign_out units.user"],
        "reset-second-factor-of": ["delete units.user", "sign_out units.user"],
    },
}


@pytest.mark.parametrize("part", list(EVENTS))
def test_each_deed_leaves_its_events_and_no_more(cast, rows, school, part):
    """Check 66: records, looks, files, signing, unlocking, rights, accounts and erasing."""
    browser, found = browser_of(getattr(cast, part)), {}
    for name, form in deeds_of(part, ground_of(school, cast, rows)):
        if name in EVENTS[part] and name not in found:
            traces = traces_of(browser, form)
            found[name] = [f"{action} {model}" for action, model, _detail in traces]
    assert found == EVENTS[part]
