"""The page of a year's aims: proposed from the year before, saved together, never lost."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from activities.models import Target
from tests import factories
from units.scoping import scope_of_unit

NOON = datetime(2017, 6, 15, 4, tzinfo=UTC)
DEEDS = Target.Deed.values


@pytest.fixture(autouse=True)
def _in_the_middle_of_2017():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def clerk(client, cast):
    """The clerk's browser."""
    client.force_login(cast.clerk)
    return client


def page_of(unit, year=2017) -> str:
    return reverse("aims", args=[unit.code, year])


def sent(answer, **numbers) -> dict:
    """What the page sends: its hidden field, and every number as it stands, or as given."""
    data = {f"{form.prefix}-due": form["due"].value() or "" for form in answer.context["forms"]}
    data |= {f"{deed}-due": number for deed, number in numbers.items()}
    careful = answer.context["careful"]
    return {**data, careful["name"]: careful["value"]}


def stored(unit, year=2017) -> dict[str, int]:
    with scope_of_unit(unit):
        return dict(Target.objects.filter(unit=unit, year=year).values_list("deed", "due"))


def test_aims_are_saved_together_and_empty_ones_not_at_all(clerk, school):
    answer = clerk.get(page_of(school))
    after = clerk.post(page_of(school), sent(answer, symposium=2, study=20))
    assert after["Location"] == reverse("this-year", args=[school.code, 2017])
    assert stored(school) == {"symposium": 2, "study": 20}


def test_the_year_before_is_proposed_and_holds_once_it_is_saved(clerk, school):
    factories.target(school, Target.Deed.SYMPOSIUM, 2, year=2016)
    answer = clerk.get(page_of(school))
    assert answer.context["is_proposal"]
    assert answer.context["forms"][0]["due"].value() == 2
    assert stored(school) == {}
    clerk.post(page_of(school), sent(answer))
    assert stored(school) == {"symposium": 2}
    assert stored(school, 2016) == {"symposium": 2}
    assert not clerk.get(page_of(school)).context["is_proposal"]


def test_nothing_is_proposed_once_the_year_has_an_aim(clerk, school):
    factories.target(school, Target.Deed.SYMPOSIUM, 2, year=2016)
    factories.target(school, Target.Deed.STUDY, 5)
    answer = clerk.get(page_of(school))
    shown = {form.prefix: form["due"].value() for form in answer.context["forms"]}
    assert shown == {**dict.fromkeys(DEEDS), "study": 5}
    assert "2" in answer.context["forms"][0].fields["due"].help_text


def test_an_aim_is_changed_and_taken_out(clerk, school):
    factories.target(school, Target.Deed.SYMPOSIUM, 2)
    factories.target(school, Target.Deed.STUDY, 5)
    clerk.post(page_of(school), sent(clerk.get(page_of(school)), symposium=3, study=""))
    assert stored(school) == {"symposium": 3}


def test_unchanged_aims_get_no_new_version(clerk, school):
    row = factories.target(school, Target.Deed.SYMPOSIUM, 2)
    clerk.post(page_of(school), sent(clerk.get(page_of(school)), study=5))
    with scope_of_unit(school):
        row.refresh_from_db()
    assert row.version == 1


@pytest.mark.parametrize("wrong", ["0", "-1", "viele", "1.5"])
def test_what_is_no_number_of_times_is_refused_at_its_field_and_nothing_is_stored(
    clerk, school, wrong
):
    answer = clerk.post(page_of(school), sent(clerk.get(page_of(school)), study=wrong, visit=3))
    assert [form.prefix for form in answer.context["forms"] if form.errors] == ["study"]
    assert stored(school) == {}


def test_an_empty_page_says_what_to_enter(clerk, school):
    answer = clerk.post(page_of(school), sent(clerk.get(page_of(school))))
    assert answer.context["forms"][0].errors["due"]
    assert stored(school) == {}


def test_two_writers_both_keep_what_they_typed(clerk, school):
    factories.target(school, Target.Deed.SYMPOSIUM, 2)
    first, second = clerk.get(page_of(school)), clerk.get(page_of(school))
    clerk.post(page_of(school), sent(first, symposium=3))
    answer = clerk.post(page_of(school), sent(second, symposium=4))
    assert answer.context["stale_message"]
    pair = answer.context["conflicts"][0]["pairs"][0]
    assert (pair.theirs, pair.yours) == ("3", "4")
    assert stored(school) == {"symposium": 3}


def test_the_first_aims_of_a_year_sent_twice_are_stored_once(clerk, school):
    data = sent(clerk.get(page_of(school)), symposium=2)
    assert clerk.post(page_of(school), data).status_code == 302
    assert clerk.post(page_of(school), data).status_code in (200, 302)
    assert stored(school) == {"symposium": 2}


def test_the_next_year_may_be_planned_and_no_later_one(clerk, school):
    assert clerk.get(page_of(school, 2018)).status_code == 200
    assert clerk.get(page_of(school, 2019)).status_code == 404
    assert clerk.get(page_of(school, 1948)).status_code == 404


def test_only_keepers_set_aims(client, cast, school):
    expected = {
        "clerk": 200,
        "secretary": 200,
        "viewer": 403,
        "auditor": 403,
        "administrator": 403,
        "colleague": 404,
    }
    found = {}
    for part, user in cast:
        client.force_login(user)
        found[part] = client.get(page_of(school)).status_code
    assert found == expected
