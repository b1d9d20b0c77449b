"""A person's sheet as page and file: the number is covered, and the file says who made it."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from members.models import Contact, Member
from members.own_sheet import LOOKS
from tests import factories
from tests.factories.rows import saved
from tests.units.signing_in import PASSWORD, account, signed_in
from units.events import Event


@pytest.fixture
def member(school) -> Member:
    row = factories.person(school, "张三丰")
    saved(Contact(member=row, phone="13912345672"))
    return row


@pytest.mark.parametrize("name", ["person-sheet", "person-sheet-file"])
def test_number_is_covered_unless_asked_for_after_the_password(school, member, name):
    """Checks 11 and 55: in full within ten minutes of the password, and asked for after them."""
    account("clerk", school, username="kept")
    address = reverse(name, args=[member.pk])
    nine = timezone.now()
    with time_machine.travel(nine, tick=False):
        browser = signed_in("kept")
        covered = browser.get(address).content.decode()
        shown = browser.get(f"{address}?full=1").content.decode()
    assert ("13912345672" in covered, "139****5672" in covered) == (False, True)
    assert "13912345672" in shown
    assert Event.objects.first().detail.content["full"] is True
    number = Event.objects.count()
    with time_machine.travel(nine + timedelta(minutes=11), tick=False):
        answer = browser.get(f"{address}?full=1")
        assert answer.url.startswith(reverse("confirm-sign-in"))
        back = browser.post(answer.url, {"password": PASSWORD}).url
        assert back == f"{address}?full=1"
        assert Event.objects.filter(action__in=LOOKS).count() == 2
        assert "13912345672" in browser.get(back).content.decode()
    assert Event.objects.count() > number


def test_file_says_who_made_it(client, cast, member):
    """Check 64."""
    client.force_login(cast.clerk)
    content = json.loads(client.get(reverse("person-sheet-file", args=[member.pk])).content)
    assert cast.clerk.full_name in content["mark"]
    assert timezone.localdate().isoformat() in content["mark"]
