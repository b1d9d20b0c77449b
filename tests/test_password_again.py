"""The password once more before what is done in one's name or cannot be taken back."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.deeds import browser_of, deeds_of, ground_of, send
from tests.test_leaks import changed_since, tables
from tests.test_matrix import rows
from units.models import OpenSession

__all__ = ["rows"]  # a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

AGAIN = {
    "secretary": {
        *("report-sign", "access", "withdraw-access", "year-exceptions"),
        *("withdraw-year-exception", "person-erase", "person-blank"),
    },
    "administrator": {
        *("disable-account", "reset-password-of", "reset-second-factor-of"),
        *("admin:units_user_add", "admin:units_user_change", "admin:units_user_changelist"),
    },
}
"""Signing, opening a closed year, opening records to others, erasing; whatever changes an account,
its roles, its password or its second factor."""


@pytest.mark.parametrize("part", ["secretary", "administrator"])
def test_password_is_asked_for_again_before_these(cast, rows, school, part):
    """Check 11: eleven minutes after it was given, the filled-in form leads to the question."""
    ground = ground_of(school, cast, rows)
    deeds = [(name, form) for name, form in deeds_of(part, ground) if name in AGAIN[part]]
    browser = browser_of(getattr(cast, part))
    OpenSession.objects.update(confirmed_at=timezone.now() - timedelta(minutes=11))
    before, led = tables(), {}
    for name, form in deeds:
        answer = send(browser, form)
        led[name] = answer.headers.get("Location", answer.status_code)
    # What was typed is kept for afterwards: drafts may have come.
    assert [name for name in changed_since(before) if "draft" not in name] == []
    asking = reverse("confirm-sign-in")
    assert {name: str(to).partition("?")[0] for name, to in led.items()} == dict.fromkeys(
        AGAIN[part], asking
    )
