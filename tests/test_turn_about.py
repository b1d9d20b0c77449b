"""The same address asked by two units, in turn and at once: nobody gets the other's answer."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection
from django.urls import reverse
from django_scopes.exceptions import ScopeError

from members.models import Member
from tests import factories
from tests.test_leaks import CANARY, OWN, browser_of, content_of, two_schools
from units.acting import Act, acting, current_act
from units.scoping import scope_of_unit

__all__ = ["two_schools"]  # a fixture

pytestmark = pytest.mark.ignore_template_errors

TIMES = 200


def addresses() -> list[str]:
    """Pages with rows on them that both units open under the same address."""
    autocomplete = reverse("admin:autocomplete")
    return [
        reverse("people"),
        reverse("admin:members_member_changelist"),
        reverse("admin:activities_activity_changelist"),
        f"{autocomplete}?app_label=members&model_name=membership&field_name=member",
    ]


def in_parallel(*deeds: Callable[[], None]) -> list[Exception]:
    """Do all of it at the same time; whatever was raised."""
    start, raised = threading.Barrier(len(deeds)), []

    def work(deed: Callable[[], None]):
        try:
            start.wait()
            deed()
        except Exception as error:  # noqa: BLE001 - whatever went wrong is the test's result
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_same_address_in_turn_is_never_the_others(cast, two_schools):
    """Check 31: 200 times, every page by one unit and then by the other."""
    asking = [
        (browser_of(cast.clerk), CANARY, OWN),
        (browser_of(cast.colleague), OWN, CANARY),
    ]
    pages = addresses()
    for number in range(TIMES):
        page = pages[number % len(pages)]
        for browser, own, others in asking:
            text = content_of(browser.get(page))
            assert (own in text, others in text) == (True, False), (number, page)


@pytest.mark.django_db(transaction=True)
def test_same_address_at_once_is_never_the_others(cast, two_schools):
    """Check 31: two units, two threads each, in the same process."""
    wrong = []

    def reading(user, own: str, others: str) -> Callable[[], None]:
        browser = browser_of(user)

        def read():
            for number in range(TIMES // 10):
                page = addresses()[number % 4]
                text = content_of(browser.get(page))
                if own not in text or others in text:
                    wrong.append((user.username, page))

        return read

    mine, theirs = (cast.clerk, CANARY, OWN), (cast.colleague, OWN, CANARY)
    assert in_parallel(*(reading(*who) for who in (mine, theirs, mine, theirs))) == []
    assert wrong == []


@pytest.mark.django_db(transaction=True)
def test_work_beside_a_request_has_neither_its_scope_nor_its_person(cast, school):
    """Check 31: what runs in another thread names its unit itself, or fails."""
    factories.person(school)
    found = []

    def beside():
        found.append(current_act().user)
        Member.objects.count()

    with scope_of_unit(school), acting(Act(user=cast.clerk)):
        assert [type(error) for error in in_parallel(beside)] == [ScopeError]
        assert Member.objects.count() == 1
    assert found == [None]
